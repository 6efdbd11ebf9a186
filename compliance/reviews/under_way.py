"""Who has a review, and changing it: only while it is under way, one after the other."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from django.utils.translation import gettext as _

from compliance.accounts.models import User
from compliance.assessments.models import Assessment, Submission
from compliance.assessments.moving import lock
from compliance.lifecycle import NotAllowed, Status, Step
from compliance.organisations.people import colleagues
from compliance.permissions import LEAD, REVIEWING
from compliance.reviews.models import Review


class NotTakenUp(NotAllowed):
    """Nobody has taken the submission up, or it does not stand any more: a 409 with the reason."""

    def __init__(self, submission: Submission) -> None:
        super().__init__(Step.TAKE_UP, Status(submission.assessment.status))
        self.submission = submission

    def __str__(self) -> str:
        if self.submission.is_current:
            return _("This is not possible yet: take the submission up for review first.")
        return _("This is not possible any more: %(state)s.") % {
            "state": self.submission.get_status_display()
        }


class ReviewOver(NotAllowed):
    """The review is decided: a 409 with the reason, also while a later round is under review."""

    def __str__(self) -> str:
        return _("This is not possible: the review is decided.")


class RoundOver(NotAllowed):
    """The round whose findings it is about has ended: a 409 with the reason."""

    def __str__(self) -> str:
        return _("This is not possible any more: the round has ended.")


def lock_outcome(review: Review, statuses: AbstractSet[Status]) -> Assessment:
    """Lock the assessment of a decided review until the transaction ends, and return it.

    Raises RoundOver in another status than these, and where a later round has taken its place.
    """
    assessment = lock(review.submission.assessment)
    stands = assessment.submissions.current().filter(pk=review.submission_id).exists()
    if assessment.status not in statuses or not stands:
        raise RoundOver(Step.RETURN, Status(assessment.status))
    return assessment


def lock_review(review: Review) -> Assessment:
    """Lock a review's assessment until the transaction ends, and return it.

    The review is brought up to date. Raises ReviewOver once it is decided.
    """
    assessment = lock(review.submission.assessment)
    review.refresh_from_db(fields=["decision", "assigned_to", "due_at", "due_from", "due_days"])
    if review.is_decided or assessment.status != Status.UNDER_REVIEW:
        raise ReviewOver(Step.TAKE_UP, Status(assessment.status))
    return assessment


def in_charge(review: Review) -> Iterable[User]:
    """Return who is told about a review: whoever has it, else the leads of the regulator."""
    person = review.assigned_to
    if person and person in colleagues(review.regulator, REVIEWING):
        return [person]
    return colleagues(review.regulator, LEAD)
