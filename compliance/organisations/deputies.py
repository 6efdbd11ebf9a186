"""Naming who stands in for someone absent, and ending that."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from compliance.accounts.models import User
from compliance.audit.actions import Action
from compliance.audit.recording import record
from compliance.organisations.models import Deputyship, Organisation


def name_deputy(deputyship: Deputyship, *, by: User) -> None:
    """Store a deputyship that is complete and checked."""
    with transaction.atomic():
        deputyship.created_by = by
        deputyship.save()
        record(
            Action.DEPUTY_NAMED,
            by=by,
            chain=deputyship.organisation,
            about=deputyship,
            new={
                "absent": str(deputyship.absent),
                "deputy": str(deputyship.deputy),
                "first_day": deputyship.first_day.isoformat(),
                "last_day": deputyship.last_day.isoformat(),
            },
            details={"absent": str(deputyship.absent_id), "deputy": str(deputyship.deputy_id)},
        )


def end_deputyship(deputyship: Deputyship, *, by: User) -> None:
    """End a deputyship at once: its last day was yesterday."""
    with transaction.atomic():
        old = deputyship.last_day
        deputyship.last_day = timezone.localdate() - dt.timedelta(days=1)
        deputyship.save(update_fields=["last_day"])
        record(
            Action.DEPUTY_ENDED,
            by=by,
            chain=deputyship.organisation,
            about=deputyship,
            old={"last_day": old.isoformat()},
            new={"last_day": deputyship.last_day.isoformat()},
        )


def end_deputyships_of(organisation: Organisation, person: User, *, by: User) -> None:
    """End every deputyship for this person there, and by them."""
    rows = Deputyship.objects.not_over().filter(organisation=organisation)
    for row in rows.filter(Q(absent=person) | Q(deputy=person)):
        end_deputyship(row, by=by)
