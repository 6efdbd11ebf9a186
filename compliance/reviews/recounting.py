"""Dates that were counted while a year's holidays were not known: counted anew each night.

Nobody is given less time than they were told: only a later date counts.
"""

import datetime as dt

from django.db import transaction
from django.urls import reverse

from compliance.assessments.moving import lock
from compliance.audit.actions import Action
from compliance.audit.recording import record
from compliance.deadlines import Unit, due
from compliance.notices.events import Event
from compliance.notices.sending import notify
from compliance.organisations.people import colleagues
from compliance.permissions import OFFICER, REPLY
from compliance.reviews.models import Review
from compliance.reviews.under_way import ReviewOver, lock_review


def recount(at: dt.datetime) -> None:
    """Give the later date where holidays that have become known since lead to one."""
    running = Review.objects.exclude(respond_unknown_year=None).filter(
        submission__assessment__status__in=REPLY.statuses
    )
    for review in running.select_related("submission__assessment__subject"):
        with transaction.atomic():
            _recount(review)
    for review in Review.objects.undecided().exclude(due_days=None).select_related("submission"):
        if review.due_at is not None and review.due_at < _due(review):
            with transaction.atomic():
                _give_reviewer_time(review)


def _due(review: Review) -> dt.datetime:
    """Return until when the reviewer has time, by the holidays that are known today."""
    assert review.due_from is not None
    assert review.due_days is not None
    return due(review.due_from, review.due_days, Unit.WORKING_DAYS).at


def _give_reviewer_time(review: Review) -> None:
    """Let whoever has the review have it until the later date, and say so in the record."""
    try:
        assessment = lock_review(review)
    except ReviewOver:
        return
    before, end = review.due_at, _due(review)
    if before is None or end <= before:
        return
    review.due_at = end
    review.save(update_fields=["due_at"])
    record(
        Action.REVIEW_ASSIGNED,
        by=None,
        chain=assessment,
        about=review,
        old={"due": str(before)},
        new={"due": str(end)},
    )


def _recount(review: Review) -> None:
    """Count a company's time anew, and say so in the record and to the company's officers."""
    assessment = lock(review.submission.assessment)
    review.refresh_from_db(fields=["respond_by", "respond_told"])
    assert review.decided_at is not None
    assert review.respond_days is not None
    assert review.respond_by is not None
    before, end = review.respond_by, due(review.decided_at, review.respond_days, Unit.WORKING_DAYS)
    if end.at <= before:
        return
    review.respond_by, review.respond_told = end.at, review.respond_told or before
    review.save(update_fields=["respond_by", "respond_told"])
    said = {"before": before.isoformat(), "after": end.at.isoformat()}
    record(Action.DEADLINE_RECOUNTED, by=None, chain=assessment, about=review, details=said)
    notify(
        Event.DEADLINE_RECOUNTED,
        colleagues(review.submission.organisation, OFFICER),
        about=assessment.subject.name,
        url=reverse("reviews:outcome", args=[review.submission_id]),
        organisation=review.submission.organisation,
        number=review.submission.number,
        due=end.at,
    )
