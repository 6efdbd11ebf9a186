"""Disputes that wait for an opinion: the panel is asked again, and then the lead is told."""

import datetime as dt

from compliance.reviews.disputing import ask_the_panel, tell_the_leads
from compliance.reviews.models import Dispute

SOON = dt.timedelta(days=3)
ONCE_SOON = dt.timedelta(days=5)
ONCE_LATE = dt.timedelta(days=7)


def remind(at: dt.datetime) -> None:
    """Ask the panel once more before its time is up; once a week after it tell the leads."""
    for dispute in Dispute.objects.filter(status=Dispute.Status.OPEN).with_parties():
        if dispute.can_be_decided(at):
            tell_the_leads(dispute, again_after=ONCE_LATE)
        elif dispute.opinion_by.at <= at + SOON:
            ask_the_panel(dispute, again_after=ONCE_SOON)
