"""The steps on the way of a remediation action."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from compliance.accounts.models import User
from compliance.remediation.changing import changeable, record_change
from compliance.remediation.models import Milestone, RemediationAction


def add_milestone(action: RemediationAction, title: str, due_on: dt.date, by: User) -> Milestone:
    """Add a step; NotNow once the action is reported, closed or given up."""
    with transaction.atomic():
        action = changeable(action)
        made = Milestone.objects.create(action=action, title=title, due_on=due_on)
        record_change(action, by, None, {"milestone": title, "due_on": due_on.isoformat()})
    return made


def tick(milestone: Milestone, by: User) -> None:
    """Say that a step is reached, or that it is not; NotNow as above."""
    with transaction.atomic():
        action = changeable(milestone.action)
        milestone.refresh_from_db()
        before = _written(milestone)
        milestone.done_on = None if milestone.done_on else timezone.localdate()
        milestone.save(update_fields=["done_on"])
        record_change(action, by, before, _written(milestone))


def _written(milestone: Milestone) -> dict[str, str]:
    return {"milestone": milestone.title, "done_on": str(milestone.done_on or "")}
