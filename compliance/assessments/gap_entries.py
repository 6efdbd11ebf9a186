"""The gaps, and what does not apply, as the result page lists them."""

from dataclasses import dataclass

from compliance.assessments.draft import Draft
from compliance.assessments.links import question_label, question_url, section_url
from compliance.assessments.verdict import limit_of
from questionnaires.exact import short
from questionnaires.explanation import CriterionExplanation, Rule
from questionnaires.gaps import Gap
from questionnaires.parts import Language
from questionnaires.questions import FULL, NOTHING, Means
from questionnaires.scoring import Absence, Status

UNANSWERED = frozenset({Rule.UNANSWERED, Rule.UNDETERMINED})


@dataclass(frozen=True, slots=True)
class Advice:
    """What would close a gap, as far as one question goes."""

    text: str
    means: Means | None
    number: str
    url: str


@dataclass(frozen=True, slots=True)
class Link:
    """An address with its words."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class GapEntry:
    """A gap with what to do about it."""

    gap: Gap
    title: str
    domain: str
    because: str
    """Why the veto or cap bites; empty where none does, or where it bites for want of an answer."""
    advice: tuple[Advice, ...]
    unanswered: tuple[Link, ...]
    achievement: str
    risk: str
    ticked: bool


def gap_entry(
    draft: Draft, gap: Gap, found: CriterionExplanation, ticked: bool, language: Language
) -> GapEntry:
    """Return a gap as the list shows it."""
    outline = draft.outline
    bites = (gap.veto or gap.cap) and gap.standing.status is not Status.UNANSWERED
    below = [t for t in found.questions if t.points is not None and t.points < FULL]
    answered = [trace.question for trace in below if trace.rule not in UNANSWERED]
    return GapEntry(
        gap=gap,
        title=gap.criterion.title.to(language),
        domain=found.domain.title.to(language),
        because=limit_of(gap.criterion).because.to(language) if bites else "",
        advice=tuple(
            Advice(q.advice.to(language), q.means, outline.numbers[q.id], question_url(draft, q.id))
            for q in answered
            if q.advice
        ),
        unanswered=tuple(
            Link(question_label(draft, t.question.id, language), question_url(draft, t.question.id))
            for t in below
            if t.rule in UNANSWERED
        ),
        achievement=short(gap.standing.achievement or NOTHING),
        risk=short(gap.risk),
        ticked=ticked,
    )


@dataclass(frozen=True, slots=True)
class AbsentEntry:
    """A criterion that is not applicable."""

    id: str
    title: str
    domain: str
    claimed: bool
    reason: str
    """The rule's; the company's justification where it claims so; may be empty."""
    url: str


def absent_entries(
    draft: Draft, explanations: dict[str, CriterionExplanation], language: Language
) -> list[AbsentEntry]:
    """Return the criteria that are not applicable, in file order."""
    return [
        _absent(draft, found, language)
        for found in explanations.values()
        if found.standing.status is Status.NOT_APPLICABLE
    ]


def _absent(draft: Draft, found: CriterionExplanation, language: Language) -> AbsentEntry:
    criterion = found.criterion
    claimed = found.standing.absence is Absence.CLAIMED
    section = section_url(draft.assessment.pk, draft.outline.section_of_criterion[criterion.id])
    return AbsentEntry(
        id=criterion.id,
        title=criterion.title.to(language),
        domain=found.domain.title.to(language),
        claimed=claimed,
        reason=absence_reason(draft, found, language),
        url=f"{section}#claimed-{criterion.id}" if claimed else "",
    )


def absence_reason(draft: Draft, found: CriterionExplanation, language: Language) -> str:
    """Return why a criterion is not applicable, in the questionnaire's or the company's words."""
    criterion = found.criterion
    if found.standing.absence is Absence.CLAIMED:
        return draft.sheet.not_applicable.get(criterion.id, "")
    return criterion.not_applicable.to(language) if criterion.not_applicable else ""
