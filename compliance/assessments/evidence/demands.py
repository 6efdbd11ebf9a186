"""Answers that must have evidence behind them, and evidence that does not last long enough."""

from django.utils.translation import ngettext

from compliance.assessments.draft import Draft
from compliance.assessments.models import AnswerEvidence


def missing_evidence(draft: Draft) -> list[str]:
    """Return the questions that count whose answer demands evidence and has none, in order.

    What has expired by the reference date shows nothing as of that day, and is none.
    """
    return [key for key in draft.outline.questions if draft.counts(key) and lacks(draft, key)]


def lacks(draft: Draft, question: str) -> bool:
    """Whether the answer to a question demands evidence and has none that is valid."""
    asked, day = draft.outline.questions[question], draft.assessment.reference_date
    if not asked.may_demand_evidence or question not in draft.sheet.values:
        return False
    if not asked.demands_evidence(draft.sheet.values[question], day):
        return False
    return all(use.evidence.has_expired(day) for use in draft.evidence.get(question, ()))


def expired_evidence(draft: Draft) -> list[AnswerEvidence]:
    """Return what stands behind answers that count and has expired by the reference date."""
    day = draft.assessment.reference_date
    return [
        use
        for question, uses in draft.evidence.items()
        if draft.counts(question)
        for use in uses
        if use.evidence.has_expired(day)
    ]


def obstacles(draft: Draft) -> list[str]:
    """Return in words what keeps an assessment from being signed for lack of evidence."""
    missing = len(missing_evidence(draft))
    if not missing:
        return []
    words = ngettext(
        "%(number)d answer demands evidence and has none that is valid.",
        "%(number)d answers demand evidence and have none that is valid.",
        missing,
    )
    return [words % {"number": missing}]
