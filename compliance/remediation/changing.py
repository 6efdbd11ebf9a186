"""Changing a remediation action: in a status that allows it, one after the other, on record."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from compliance.accounts.models import User
from compliance.assessments.moving import lock
from compliance.audit.actions import Action as Recorded
from compliance.audit.recording import record
from compliance.lifecycle import NotAllowed, Status, Step
from compliance.notices.events import Event
from compliance.notices.sending import notify
from compliance.organisations.models import Organisation
from compliance.remediation.models import RemediationAction

PLANNED = (
    "title",
    "detail",
    "department",
    "owner",
    "means",
    "cost",
    "due_on",
    "target",
)
"""What a plan says of an action, and may change until it is reported."""


class NotNow(NotAllowed):
    """The action is in a status that does not allow it: a 409 with the reason."""

    def __init__(self, action: RemediationAction) -> None:
        super().__init__(Step.REPORT, Status(action.assessment.status))
        self.action = action

    def __str__(self) -> str:
        return _("This is not possible: the action is in status “%(status)s”.") % {
            "status": self.action.get_status_display()
        }


def changeable(action: RemediationAction) -> RemediationAction:
    """Lock the assessment until the transaction ends; return the action read anew.

    Raises NotNow once it is reported, closed or given up.
    """
    return locked(action, *RemediationAction.CHANGEABLE)


def locked(action: RemediationAction, *statuses: str) -> RemediationAction:
    """Lock the assessment; return the action read anew, which is in one of these statuses."""
    lock(action.assessment)
    found = (
        RemediationAction.objects.for_list()
        .select_related("finding__review__regulator")
        .get(pk=action.pk)
    )
    if found.status not in statuses:
        raise NotNow(found)
    return found


def record_change(action: RemediationAction, by: User, old: Any, new: Any) -> None:
    """Record that something about an action has changed."""
    record_step(Recorded.ACTION_CHANGED, action, by, old=old, new=new)


def record_step(
    what: Recorded, action: RemediationAction, by: User, *, old: Any = None, new: Any = None
) -> None:
    """Record what someone has done with an action."""
    record(
        what,
        by=by,
        chain=action.assessment,
        about=action,
        key=action.criterion,
        old=old,
        new=new,
    )


def tell(
    event: Event, action: RemediationAction, people: Iterable[User], whose: Organisation, by: User
) -> None:
    """Tell people of an organisation, the company or its regulator, of an action."""
    notify(
        event,
        people,
        about=action.title,
        url=reverse("remediation:action", args=[action.pk]),
        organisation=whose,
        by=by,
        company=company_of(action),
        due=action.due_on,
    )


def company_of(action: RemediationAction) -> Organisation:
    """Return the company whose action it is."""
    return action.assessment.subject.organisation


def written(action: RemediationAction) -> dict[str, str]:
    """Return what its plan says, for the record."""
    return {name: str(getattr(action, name)) for name in PLANNED}
