"""Requirements that leave a company nothing to do or to show, each with its reason."""

from pathlib import Path

from compliance.library.sources import FOLDER, ROOT
from questionnaires.document import RequirementId
from questionnaires.faults import Fault, Refused, near
from questionnaires.library import Library
from questionnaires.parts import Bilingual, Part
from questionnaires.reading import check, read_source

FILE = FOLDER / "no_company_duty.yaml"
MOST = 10
"""How many requirements may be set aside like this."""


class Exempt(Part):
    """One such requirement."""

    requirement: RequirementId
    reason: Bilingual


class ExemptFile(Part):
    """The file as it is written."""

    no_company_duty: tuple[Exempt, ...]


def no_company_duty(library: Library, path: Path = FILE) -> dict[str, Bilingual]:
    """Return the reasons by requirement; raise Refused with every fault of the file.

    Refused are more than MOST entries, a requirement that the library does not have, that is named
    twice, or that a criterion tests.
    """
    name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    source = read_source(path, str(name))
    entries = check(source, ExemptFile).no_company_duty
    tested = {
        requirement: criterion.id
        for criterion in library.criteria.values()
        for requirement in criterion.requirements
    }
    reasons: dict[str, Bilingual] = {}
    faults: list[Fault] = []
    for index, entry in enumerate(entries):
        found = entry.requirement
        message = ""
        if found not in library.requirements:
            message = f"the library has no requirement “{found}”{near(found, library.requirements)}"
        elif found in reasons:
            message = f"requirement “{found}” is named twice"
        elif found in tested:
            message = f"requirement “{found}” is tested by the criterion “{tested[found]}”"
        elif index >= MOST:
            message = f"at most {MOST} requirements may stand here"
        if message:
            place = ("no_company_duty", index, "requirement")
            faults.append(source.fault(place, message))
        reasons[found] = entry.reason
    if faults:
        raise Refused(faults)
    return reasons
