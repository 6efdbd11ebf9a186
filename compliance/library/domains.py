"""The table that takes the register's words for domains to the four domains."""

from functools import cache

from pydantic import Field

from compliance.library.sources import FOLDER, ROOT
from questionnaires.faults import Fault, Refused, near
from questionnaires.library import Library
from questionnaires.parts import Bilingual, Key, Part
from questionnaires.reading import Source, check, read_source


class Word(Part):
    """A domain in the register's own terms."""

    id: Key
    title: Bilingual


class MappedDomain(Part):
    """One of the four domains, with the register's words that it takes in."""

    id: Key
    title: Bilingual
    words: tuple[Word, ...] = Field(min_length=1)


class DomainTable(Part):
    """The table as it is written."""

    domains: tuple[MappedDomain, ...]

    def of(self, word: str | None) -> MappedDomain | None:
        """Return the domain that takes in the register's word; None where none does."""
        return next((d for d in self.domains if word in {each.id for each in d.words}), None)


@cache
def domain_table() -> DomainTable:
    """Return the table; raise Refused with every fault of its file."""
    source = _source()
    table = check(source, DomainTable)
    if faults := _named_twice(source, table):
        raise Refused(faults)
    return table


def check_domains(library: Library) -> list[Fault]:
    """Return the requirements that no domain takes in, at their lines."""
    table = domain_table()
    known = [word.id for domain in table.domains for word in domain.words]
    faults = []
    for requirement in library.requirements.values():
        if requirement.domain is None:
            message = "“domain” is missing: the register's word for what it is about"
            faults.append(library.fault("requirement", requirement.id, message))
        elif table.of(requirement.domain) is None:
            hint = near(requirement.domain, known)
            message = f"domains.yaml has no “{requirement.domain}”{hint}"
            faults.append(library.fault("requirement", requirement.id, message, "domain"))
    return faults


def _source() -> Source:
    path = FOLDER / "domains.yaml"
    return read_source(path, str(path.relative_to(ROOT)))


def _named_twice(source: Source, table: DomainTable) -> list[Fault]:
    seen: set[str] = set()
    faults = []
    for index, domain in enumerate(table.domains):
        for place, word in enumerate(domain.words):
            if word.id in seen:
                path = ("domains", index, "words", place, "id")
                faults.append(source.fault(path, f"“{word.id}” is mapped twice"))
            seen.add(word.id)
    return faults
