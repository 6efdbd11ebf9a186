"""Dates of campaigns that were counted while a year's holidays were not known: counted anew.

A company is never given less time than it was told: only a later date counts.
"""

import datetime as dt

from django.db import transaction

from compliance.audit.actions import Action
from compliance.audit.recording import record
from compliance.deadlines import Unit, due
from compliance.oversight.models import Campaign


def recount(at: dt.datetime) -> None:
    """Give running campaigns the date that follows from the holidays known now.

    `unknown_year` is the first year that is still not known, if any is.
    """
    waiting = Campaign.objects.running().exclude(unknown_year=None)
    for known in waiting.values_list("pk", flat=True):
        with transaction.atomic():
            campaign = Campaign.objects.select_for_update().get(pk=known)
            before = campaign.due_at
            end = due(campaign.created_at, campaign.amount, Unit(campaign.unit))
            campaign.due_at, campaign.unknown_year = max(before, end.at), end.unknown_year
            campaign.save(update_fields=["due_at", "unknown_year"])
            if campaign.due_at != before:
                said = {"before": before.isoformat(), "after": campaign.due_at.isoformat()}
                record(
                    Action.DEADLINE_RECOUNTED,
                    by=None,
                    chain=campaign.regulator,
                    about=campaign,
                    details=said,
                )
