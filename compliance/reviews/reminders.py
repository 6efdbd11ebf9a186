"""Who keeps others waiting after a review: the panel, and the company."""

import datetime as dt
from typing import Any

from django.urls import reverse

from compliance.notices.events import Event
from compliance.notices.sending import notify
from compliance.organisations.people import colleagues
from compliance.permissions import OFFICER
from compliance.reviews.disputing import ask_the_panel, tell_the_leads
from compliance.reviews.models import Dispute, Review
from compliance.reviews.under_way import in_charge

SOON = dt.timedelta(days=3)
ONCE_SOON = dt.timedelta(days=5)
ONCE_LATE = dt.timedelta(days=7)


def remind(at: dt.datetime) -> None:
    """Remind once before a time is up; once a week after it tell those who wait, too."""
    for dispute in Dispute.objects.filter(status=Dispute.Status.OPEN).with_parties():
        if dispute.can_be_decided(at):
            tell_the_leads(dispute, again_after=ONCE_LATE)
        elif dispute.opinion_by.at <= at + SOON:
            ask_the_panel(dispute, again_after=ONCE_SOON)
    near = Review.objects.awaiting_response().filter(respond_by__lte=at + SOON)
    for review in near.select_related("submission__assessment__subject"):
        _remind_of_response(review, at)


def _remind_of_response(review: Review, at: dt.datetime) -> None:
    submission = review.submission
    late = review.respond_by is not None and review.respond_by <= at
    words: dict[str, Any] = {
        "about": submission.assessment.subject.name,
        "number": submission.number,
        "due": review.respond_by,
        "again_after": ONCE_LATE if late else ONCE_SOON,
    }
    notify(
        Event.RESPONSE_OVERDUE if late else Event.RESPONSE_DUE_SOON,
        colleagues(submission.organisation, OFFICER),
        url=reverse("reviews:outcome", args=[submission.pk]),
        organisation=submission.organisation,
        **words,
    )
    if late:
        notify(
            Event.RESPONSE_OVERDUE,
            in_charge(review),
            url=reverse("reviews:review", args=[submission.pk]),
            organisation=review.regulator,
            **words,
        )
