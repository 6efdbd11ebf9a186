"""Taking back what was handed in, as long as nobody has begun to review it."""

from django.db import transaction
from django.utils import timezone

from compliance.accounts.models import User
from compliance.assessments.models import Submission
from compliance.assessments.moving import lock_anew, move
from compliance.assessments.submissions.telling import tell_withdrawn
from compliance.audit.actions import Action
from compliance.audit.recording import record
from compliance.lifecycle import NotAllowed, Status, Step


def withdraw(submission: Submission, by: User, reason: str) -> Submission:
    """Withdraw a submission; the assessment can be taken up again.

    Raises NotAllowed where a review has begun, or it does not stand any more.
    """
    with transaction.atomic():
        assessment = lock_anew(submission.assessment_id)
        found = assessment.submissions.current().filter(pk=submission.pk).first()
        if found is None:
            raise NotAllowed(Step.WITHDRAW, Status(assessment.status))
        move(assessment, Step.WITHDRAW)
        found.status = Submission.Status.WITHDRAWN
        found.withdrawn_at, found.withdrawn_by = timezone.now(), by
        found.withdrawal_reason = reason
        found.save(update_fields=["status", "withdrawn_at", "withdrawn_by", "withdrawal_reason"])
        details = {"number": found.number}
        new = {"reason": reason}
        record(
            Action.SUBMISSION_WITHDRAWN,
            by=by,
            chain=assessment,
            about=found,
            new=new,
            details=details,
        )
        tell_withdrawn(found)
    return found
