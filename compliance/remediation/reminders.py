"""Remediation actions whose day comes near or has passed: those responsible are told."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from compliance.notices.events import Event
from compliance.notices.sending import notify
from compliance.remediation.models import RemediationAction

SOON = dt.timedelta(days=3)
ONCE_SOON = dt.timedelta(days=30)
ONCE_OVERDUE = dt.timedelta(days=7)


def remind(at: dt.datetime) -> None:
    """Tell those responsible, once before the day and once a week after it."""
    today = timezone.localtime(at).date()
    open_ones = RemediationAction.objects.filter(
        status__in=RemediationAction.CHANGEABLE, due_on__lte=today + SOON
    )
    for action in open_ones.for_list():
        late = action.due_on < today
        notify(
            Event.ACTION_OVERDUE if late else Event.ACTION_DUE_SOON,
            [action.owner],
            about=action.title,
            url=reverse("remediation:action", args=[action.pk]),
            organisation=action.assessment.subject.organisation,
            due=action.due_on,
            again_after=ONCE_OVERDUE if late else ONCE_SOON,
        )
