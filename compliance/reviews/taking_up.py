"""Taking a submission up for review, and giving it to someone."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from compliance.accounts.models import User
from compliance.assessments.models import Submission
from compliance.assessments.moving import lock, move
from compliance.audit.actions import Action
from compliance.audit.recording import record
from compliance.deadlines import Unit, due
from compliance.lifecycle import NotAllowed, Status, Step
from compliance.notices.events import Event
from compliance.notices.sending import notify
from compliance.organisations.models import Organisation
from compliance.organisations.people import colleagues
from compliance.permissions import OFFICER, REVIEWING
from compliance.reviews.models import Review
from compliance.reviews.rounds import carry, reviewed_before
from compliance.reviews.under_way import lock_review


def take_up(submission: Submission, regulator: Organisation, by: User) -> Review:
    """Begin the review of a current submission; from now on it cannot be withdrawn.

    In a later round, findings on what has not changed are carried over, and whoever had the review
    has it again.

    Raises NotAllowed where it was withdrawn or taken up meanwhile.
    """
    with transaction.atomic():
        assessment = lock(submission.assessment)
        submission.refresh_from_db(fields=["status"])
        if not submission.is_current:
            raise NotAllowed(Step.TAKE_UP, Status(assessment.status))
        move(assessment, Step.TAKE_UP)
        review = Review.objects.create(
            submission=submission,
            regulator=regulator,
            taken_up_by=by,
            taken_up_at=timezone.now(),
        )
        if former := reviewed_before(submission):
            carry(review, former)
            if former.assigned_to in colleagues(regulator, REVIEWING):
                review.assigned_to = former.assigned_to
                review.save(update_fields=["assigned_to"])
        record(Action.REVIEW_TAKEN_UP, by=by, chain=assessment, about=review)
        notify(
            Event.TAKEN_UP,
            colleagues(submission.organisation, OFFICER),
            about=submission.assessment.subject.name,
            url=reverse("assessments:result", args=[assessment.pk]),
            organisation=submission.organisation,
            number=submission.number,
        )
    return review


def assign(review: Review, to: User, working_days: int | None, by: User) -> None:
    """Give an undecided review to one of the regulator's reviewers, for so many days from now.

    Without a number of days the date that it has stays.

    Raises ValueError for someone who reviews nothing there, ReviewOver once it is decided.
    """
    with transaction.atomic():
        assessment = lock_review(review)
        if to not in colleagues(review.regulator, REVIEWING):
            raise ValueError("Only a reviewer of the regulator can have the review.")
        before = {"assigned_to": str(review.assigned_to or ""), "due": str(review.due_at or "")}
        review.assigned_to = to
        if working_days is not None:
            review.due_from, review.due_days = timezone.now(), working_days
            review.due_at = due(review.due_from, working_days, Unit.WORKING_DAYS).at
        review.save(update_fields=["assigned_to", "due_at", "due_from", "due_days"])
        after = {"assigned_to": str(to), "due": str(review.due_at or "")}
        record(
            Action.REVIEW_ASSIGNED,
            by=by,
            chain=assessment,
            about=review,
            old=before,
            new=after,
            details={"assigned_to": str(to.pk)},
        )
        notify(
            Event.REVIEW_ASSIGNED,
            [to],
            about=review.submission.assessment.subject.name,
            url=reverse("reviews:review", args=[review.submission_id]),
            organisation=review.regulator,
            by=by,
            number=review.submission.number,
            due=review.due_at,
        )


def pass_reviews_on(person: User, regulator: Organisation, successor: User | None, by: User) -> int:
    """Give a person's undecided reviews to another; return how many that were.

    Without a successor they wait for the lead to assign them. Raises ValueError as `assign`.
    """
    rows = Review.objects.undecided().filter(regulator=regulator, assigned_to=person)
    found = list(rows.select_related("submission__assessment__subject", "regulator"))
    with transaction.atomic():
        for review in found:
            if successor is None:
                _release(review, by)
            else:
                assign(review, successor, None, by)
    return len(found)


def _release(review: Review, by: User) -> None:
    assessment = lock_review(review)
    before = {"assigned_to": str(review.assigned_to), "due": str(review.due_at or "")}
    review.assigned_to = None
    review.save(update_fields=["assigned_to"])
    after = {"assigned_to": "", "due": str(review.due_at or "")}
    record(Action.REVIEW_ASSIGNED, by=by, chain=assessment, about=review, old=before, new=after)
