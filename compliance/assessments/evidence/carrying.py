"""Evidence that comes along where an answer is taken over from another assessment."""

import uuid
from collections import Counter
from collections.abc import Iterator, Mapping

from django.conf import settings

from compliance.accounts.models import User
from compliance.assessments.draft import Draft
from compliance.assessments.models import AnswerEvidence, Assessment
from compliance.audit.actions import Action
from compliance.audit.recording import Entry, record_all


def carry_evidence(
    assessment: Assessment, taken: Mapping[str, tuple[uuid.UUID, object]], by: User
) -> None:
    """Put behind the answers what stands behind them where they come from, in a transaction.

    `taken` names by question the assessment that an answer comes from, and its value: nothing
    comes along where another answer stands here now. An answer gets no more than it may have.
    """
    answers = Draft(assessment).answers
    sources = {
        question: source
        for question, (source, value) in taken.items()
        if question in answers and answers[question].value == value
    }
    added = [
        AnswerEvidence(assessment=assessment, question=use.question, evidence=use.evidence, by=by)
        for use in _lacking(assessment, sources)
    ]
    AnswerEvidence.objects.bulk_create(added)
    record_all(
        [
            Entry(
                Action.EVIDENCE_ATTACHED,
                use.evidence,
                use.question,
                new=str(use.evidence),
                details={"sha256": use.evidence.sha256, "through": "reuse"},
            )
            for use in added
        ],
        by=by,
        chain=assessment,
    )


def _lacking(assessment: Assessment, sources: Mapping[str, uuid.UUID]) -> Iterator[AnswerEvidence]:
    """Yield what stands behind these questions in their sources and not here, as far as fits."""
    here = set(assessment.answer_evidence.values_list("question", "evidence"))
    room = Counter(dict.fromkeys(sources, settings.EVIDENCE_MOST_PER_ANSWER))
    room.subtract(question for question, _evidence in here)
    uses = AnswerEvidence.objects.filter(
        assessment__in=sources.values(), question__in=sources, evidence__removed_at=None
    )
    for use in uses.select_related("evidence"):
        new = (use.question, use.evidence_id) not in here
        if sources[use.question] == use.assessment_id and new and room[use.question] > 0:
            room[use.question] -= 1
            yield use
