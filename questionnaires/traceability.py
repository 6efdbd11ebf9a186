"""Traceability: from each requirement to the criteria, questions and articles that bear on it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from questionnaires.document import (
    Citation,
    Criterion,
    Frame,
    Instrument,
    Questionnaire,
    Requirement,
)
from questionnaires.explanation import CitedArticle
from questionnaires.library import Library, resolve
from questionnaires.parts import Bilingual


@dataclass(frozen=True, slots=True)
class TracedCriterion:
    """A criterion that tests a requirement."""

    criterion: Criterion
    articles: tuple[CitedArticle, ...]
    questionnaires: tuple[Frame, ...]
    """Those that ask it for this requirement, by id; none where only the bank names it."""


@dataclass(frozen=True, slots=True)
class TracedRequirement:
    """A requirement with everything that tests it."""

    requirement: Requirement
    instrument: Instrument
    articles: tuple[CitedArticle, ...]
    """The law that gives it force; `requirement.weak` says that none of it binds directly."""
    criteria: tuple[TracedCriterion, ...]
    reason: Bilingual | None
    """Why it leaves a company nothing to do, where that is so."""

    @property
    def open(self) -> bool:
        """Tell whether no criterion of a questionnaire tests it and no reason says why."""
        return self.reason is None and not any(each.questionnaires for each in self.criteria)

    def asked_by(self, questionnaire: str) -> tuple[TracedCriterion, ...]:
        """Return the criteria that this questionnaire asks."""
        return tuple(
            each
            for each in self.criteria
            if questionnaire in {asking.id for asking in each.questionnaires}
        )


def trace_library(
    library: Library, reasons: Mapping[str, Bilingual]
) -> tuple[TracedRequirement, ...]:
    """Return every requirement of the library, in order, with the criteria of the whole bank.

    `reasons` says by requirement why it leaves a company nothing to do.
    """
    asked = [
        (questionnaire, criterion)
        for name in sorted(library.questionnaires)
        for questionnaire in (resolve(library, name),)
        for section in questionnaire.sections
        for criterion in section.criteria
    ]
    uses = [*((None, criterion) for criterion in library.criteria.values()), *asked]
    return _trace(library.requirements, library.instruments, uses, reasons)


def trace_published(
    questionnaires: Iterable[Questionnaire], library: Library, reasons: Mapping[str, Bilingual]
) -> tuple[TracedRequirement, ...]:
    """Return the same for published questionnaires; `library` adds what none of them tests.

    Where two of them hold different texts of one criterion, each stands by itself.
    """
    ordered = sorted(questionnaires, key=lambda each: each.id)
    requirements = dict(library.requirements)
    instruments = dict(library.instruments)
    for questionnaire in ordered:
        requirements |= {each.id: each for each in questionnaire.requirements}
        instruments |= dict(_with_articles(instruments, questionnaire.instruments))
    uses = [
        (questionnaire, criterion)
        for questionnaire in ordered
        for section in questionnaire.sections
        for criterion in section.criteria
    ]
    return _trace(requirements, instruments, uses, reasons)


def as_data(traced: Iterable[TracedRequirement], domains: Mapping[str, str]) -> dict[str, Any]:
    """Return the matrix as JSON-ready data, sorted by id with numbers in their order.

    `domains` gives the domain for each of the register's words.
    """
    ordered = sorted(traced, key=lambda each: _natural(each.requirement.id))
    asking = {
        frame.id: frame for each in ordered for c in each.criteria for frame in c.questionnaires
    }
    return {
        "questionnaires": [
            {"id": name, "version": frame.version, "title": frame.title.model_dump()}
            for name, frame in sorted(asking.items())
        ],
        "requirements": [_requirement(each, domains) for each in ordered],
        "open": [each.requirement.id for each in ordered if each.open],
    }


def _trace(
    requirements: Mapping[str, Requirement],
    instruments: Mapping[str, Instrument],
    uses: Iterable[tuple[Frame | None, Criterion]],
    reasons: Mapping[str, Bilingual],
) -> tuple[TracedRequirement, ...]:
    articles = {
        (instrument.id, article.id): CitedArticle(instrument, article)
        for instrument in instruments.values()
        for article in instrument.articles
    }

    def cited(law: tuple[Citation, ...]) -> tuple[CitedArticle, ...]:
        return tuple(articles[each.instrument, each.article] for each in law)

    found: dict[str, list[tuple[Criterion, list[tuple[Frame | None, Criterion]]]]] = {}
    for frame, criterion in uses:
        same = found.setdefault(criterion.id, [])
        entry = next((each for each in same if _content(each[0]) == _content(criterion)), None)
        if entry is None:
            entry = (criterion, [])
            same.append(entry)
        entry[1].append((frame, criterion))
    under: dict[str, list[TracedCriterion]] = {name: [] for name in requirements}
    for same in found.values():
        for criterion, users in same:
            for name in dict.fromkeys(name for _, used in users for name in used.requirements):
                frames = tuple(f for f, used in users if f and name in used.requirements)
                under[name].append(TracedCriterion(criterion, cited(criterion.law), frames))
    return tuple(
        TracedRequirement(
            requirement,
            instruments[requirement.instrument],
            cited(requirement.law),
            tuple(under[name]),
            reasons.get(name),
        )
        for name, requirement in requirements.items()
    )


def _with_articles(
    known: Mapping[str, Instrument], published: Iterable[Instrument]
) -> Iterator[tuple[str, Instrument]]:
    """Yield instruments that hold the articles of both: a questionnaire keeps those it cites."""
    for instrument in published:
        before = known.get(instrument.id)
        articles = {each.id: each for each in (before.articles if before else ())}
        articles |= {each.id: each for each in instrument.articles}
        kept = {"articles": tuple(articles.values())}
        yield instrument.id, instrument.model_copy(update=kept)


def _content(criterion: Criterion) -> tuple[object, ...]:
    """Return what a criterion says and asks, whatever its weight and the plan that it serves."""
    return tuple(
        getattr(criterion, name) for name in Criterion.model_fields if name != "requirements"
    )


def _natural(name: str) -> list[tuple[int, str]]:
    """Return a key that sorts item 2 before item 10."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", name)]


def _requirement(each: TracedRequirement, domains: Mapping[str, str]) -> dict[str, Any]:
    requirement = each.requirement
    return {
        "id": requirement.id,
        "instrument": requirement.instrument,
        "item": requirement.item.model_dump(),
        "text": requirement.text.model_dump(),
        "domain": domains.get(requirement.domain or ""),
        "register_domain": requirement.domain,
        "strength": requirement.strength,
        "weak": requirement.weak,
        "articles": [_article(cited) for cited in each.articles],
        "criteria": sorted(
            (_criterion(found) for found in each.criteria), key=lambda found: str(found["id"])
        ),
        "no_company_duty": each.reason.model_dump() if each.reason else None,
        "open": each.open,
    }


def _criterion(found: TracedCriterion) -> dict[str, Any]:
    criterion = found.criterion
    return {
        "id": criterion.id,
        "domain": criterion.domain,
        "title": criterion.title.model_dump(),
        "impact": criterion.impact,
        "limit": "veto" if criterion.veto else "cap" if criterion.cap else None,
        "questionnaires": [frame.id for frame in found.questionnaires],
        "questions": [
            {"id": question.id, "text": question.text.model_dump()}
            for question in criterion.questions
        ],
        "articles": [_article(cited) for cited in found.articles],
    }


def _article(cited: CitedArticle) -> dict[str, Any]:
    return {
        "instrument": cited.instrument.id,
        "article": cited.article.id,
        "label": cited.article.label.model_dump(),
        "grade": "B" if cited.secondary else "A",
        "binding": cited.instrument.binding,
    }
