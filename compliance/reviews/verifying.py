"""The verified score of a submission, beside the self-assessed one; both are kept for ever."""

import datetime as dt
import uuid
from collections.abc import Mapping

from compliance.assessments.models import Submission
from compliance.assessments.submissions.frozen import Frozen
from compliance.reviews.models import Dispute, Finding
from questionnaires.verification import Verdict, Verified, verify


def verdicts_of(submission: Submission, until: dt.datetime | None = None) -> dict[str, Verdict]:
    """Return what counts for each criterion that a reviewer has checked.

    The decision of a dispute stands in the finding's place. Decisions after `until` are left out.
    """
    return {
        finding.criterion: dispute.settled(finding.verdict) if dispute else finding.verdict
        for finding, dispute in settled_findings(submission, until)
    }


def settled_findings(
    submission: Submission, until: dt.datetime | None = None
) -> list[tuple[Finding, Dispute | None]]:
    """Return the findings on a submission, each with the decided dispute over it.

    Also where that is about the finding of an earlier round that this one was carried over from.
    """
    rounds = Finding.objects.filter(review__submission__assessment=submission.assessment_id)
    known = {finding.pk: finding for finding in rounds.select_related("review", "dispute")}
    return [
        (finding, _decided(finding, known, until))
        for finding in known.values()
        if finding.review.submission_id == submission.pk
    ]


def _decided(
    finding: Finding | None, known: Mapping[uuid.UUID, Finding], until: dt.datetime | None
) -> Dispute | None:
    """Return the decided dispute over a finding, or over what it was carried over from."""
    while finding is not None:
        dispute = getattr(finding, "dispute", None)
        if dispute is not None and dispute.decided_at is not None:
            return None if until is not None and dispute.decided_at > until else dispute
        finding = known.get(finding.carried_from_id) if finding.carried_from_id else None
    return None


def verified(submission: Submission, until: dt.datetime | None = None) -> Verified:
    """Return the verified score: the self-assessed one with what the reviewers found in it.

    It reads the frozen document alone; findings that still wait for the second look are in it,
    decisions of disputes after `until` are not.
    """
    frozen = Frozen(submission)
    return verify(frozen.outline.scorer, frozen.sheet, verdicts_of(submission, until))
