"""The gaps, what does not apply, and the instruments, as a report lists them."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from compliance.reports.answers import LONG, QuestionRow, SectionRows
from questionnaires.document import Article, Instrument, InstrumentStatus
from questionnaires.exact import largest_remainder
from questionnaires.explanation import CitedArticle, CriterionExplanation, Rule
from questionnaires.gaps import Gap
from questionnaires.law import status_on
from questionnaires.parts import Bilingual
from questionnaires.scoring import Absence, Score, Status
from questionnaires.summary import DomainSummary, Summary

_Cited = TypeVar("_Cited", Bilingual, CitedArticle)


@dataclass(frozen=True, slots=True)
class GapEntry:
    """A gap with everything that is said about it; numbered in the order of importance."""

    number: int
    gap: Gap
    explanation: CriterionExplanation
    worth: Decimal
    """How many of the 100 points the criterion carries, as printed."""
    rows: tuple[QuestionRow, ...]
    """The questions below full points."""

    @property
    def requirements(self) -> list[tuple[Instrument, list[Bilingual]]]:
        """Return the items that the criterion serves, by instrument, each of them once."""
        return _by_instrument((found.item, plan) for found, plan in self.explanation.requirements)

    @property
    def law(self) -> list[tuple[Instrument, list[CitedArticle]]]:
        """Return the articles that stand behind the criterion, by instrument, in its order."""
        found = _by_instrument((cited, cited.instrument) for cited in self.explanation.articles)
        for _, articles in found:
            articles.sort(key=_place)
        return found


def _place(cited: CitedArticle) -> int:
    return [article.id for article in cited.instrument.articles].index(cited.article.id)


def _by_instrument(
    found: Iterable[tuple[_Cited, Instrument]],
) -> list[tuple[Instrument, list[_Cited]]]:
    groups: dict[str, tuple[Instrument, list[_Cited]]] = {}
    for cited, instrument in found:
        group = groups.setdefault(instrument.id, (instrument, []))[1]
        if cited not in group:
            group.append(cited)
    return list(groups.values())


def gap_entries(
    summary: Summary,
    explanations: dict[str, CriterionExplanation],
    sections: tuple[SectionRows, ...],
    worth: dict[str, Decimal],
) -> tuple[GapEntry, ...]:
    """Return the gaps in their order."""
    rows = {
        criterion.explanation.criterion.id: criterion.rows
        for section in sections
        for criterion in section.criteria
    }
    return tuple(
        GapEntry(
            number,
            gap,
            explanations[gap.criterion.id],
            worth[gap.criterion.id],
            tuple(row for row in rows[gap.criterion.id] if row.below_full),
        )
        for number, gap in enumerate(summary.gaps, start=1)
    )


def printed_worth(explanations: dict[str, CriterionExplanation]) -> dict[str, Decimal]:
    """Return the points that each applicable criterion carries; as printed they add up to 100."""
    worth = {name: found.worth for name, found in explanations.items() if found.worth is not None}
    return dict(zip(worth, largest_remainder(list(worth.values())), strict=True))


@dataclass(frozen=True, slots=True)
class DomainLosses:
    """What a domain lost, gap by gap; its printed figures add up."""

    summary: DomainSummary
    entries: tuple[GapEntry, ...]
    full_worth: Decimal
    """The points that the criteria in full carry together, as printed."""
    worth: Decimal

    @property
    def full(self) -> int:
        """Return the number of criteria in full."""
        return self.summary.counts[Status.FULL]


def losses(
    summary: Summary,
    entries: tuple[GapEntry, ...],
    explanations: dict[str, CriterionExplanation],
    worth: dict[str, Decimal],
) -> tuple[DomainLosses, ...]:
    """Return the points lost by domain, for domains in which something applies."""
    found = []
    for domain in summary.domains:
        if domain.score is None:
            continue
        mine = tuple(e for e in entries if e.gap.criterion.domain == domain.domain.id)
        carried = [
            worth[name]
            for name, explanation in explanations.items()
            if name in worth and explanation.domain.id == domain.domain.id
        ]
        total = sum(carried, Decimal(0))
        lost = sum((entry.worth for entry in mine), Decimal(0))
        found.append(DomainLosses(domain, mine, total - lost, total))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Absent:
    """A criterion that is not applicable."""

    explanation: CriterionExplanation
    claimed: bool
    justification: str
    """The company's, where it claims so."""

    @property
    def long(self) -> bool:
        """Tell whether the justification takes so much room that it must break over pages."""
        return len(self.justification) > LONG


def absent(score: Score, explanations: dict[str, CriterionExplanation]) -> tuple[Absent, ...]:
    """Return the criteria that are not applicable, by domain, in file order."""
    order = [domain.id for domain in score.questionnaire.domains]
    found_in_order = sorted(explanations.items(), key=lambda item: order.index(item[1].domain.id))
    return tuple(
        Absent(
            found,
            found.standing.absence is Absence.CLAIMED,
            score.sheet.not_applicable.get(name, ""),
        )
        for name, found in found_in_order
        if found.standing.status is Status.NOT_APPLICABLE
    )


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A question of an applicable criterion that is not asked or does not count."""

    row: QuestionRow
    explanation: CriterionExplanation


def left_out(sections: tuple[SectionRows, ...]) -> tuple[LeftOut, ...]:
    """Return such questions in order."""
    return tuple(
        LeftOut(row, criterion.explanation)
        for section in sections
        for criterion in section.criteria
        if criterion.explanation.standing.achievement is not None
        for row in criterion.rows
        if not row.asked or row.rule is Rule.NOTHING_TO_COUNT
    )


@dataclass(frozen=True, slots=True)
class CitedInstrument:
    """An instrument with the articles that criteria or requirements cite."""

    number: int
    instrument: Instrument
    articles: tuple[Article, ...]
    status: InstrumentStatus
    """On the reference date."""


def cited_instruments(score: Score) -> tuple[CitedInstrument, ...]:
    """Return what the criteria and their requirements cite, binding instruments first."""
    questionnaire = score.questionnaire
    required = {requirement.id: requirement for requirement in questionnaire.requirements}
    criteria = [standing.criterion for standing in score.standings.values()]
    cited: set[tuple[str, str]] = {
        (citation.instrument, citation.article)
        for criterion in criteria
        for citation in criterion.law
    }
    sources = {name for name, _ in cited} | {
        required[name].instrument for criterion in criteria for name in criterion.requirements
    }
    instruments = sorted(
        (found for found in questionnaire.instruments if found.id in sources),
        key=lambda found: not found.binding,
    )
    return tuple(
        CitedInstrument(
            number,
            instrument,
            tuple(a for a in instrument.articles if (instrument.id, a.id) in cited),
            status_on(instrument, score.sheet.reference_date),
        )
        for number, instrument in enumerate(instruments, start=1)
    )
