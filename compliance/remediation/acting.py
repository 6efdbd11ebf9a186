"""What a company does about its gaps: actions planned, changed, begun, given up, passed on."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.db import transaction

from compliance.accounts.models import User
from compliance.assessments.models import Assessment
from compliance.assessments.moving import lock
from compliance.audit.actions import Action as Recorded
from compliance.lifecycle import NotAllowed, Status, Step
from compliance.notices.events import Event
from compliance.organisations.models import Organisation
from compliance.organisations.people import colleagues
from compliance.permissions import OFFICER, REMEDY
from compliance.remediation.changing import (
    PLANNED,
    changeable,
    company_of,
    locked,
    record_change,
    record_step,
    tell,
    written,
)
from compliance.remediation.demands import latest_day
from compliance.remediation.models import RemediationAction
from compliance.reviews.models import Finding


def plan_action(
    assessment: Assessment,
    criterion: str,
    finding: Finding | None,
    planned: Mapping[str, Any],
    by: User,
) -> RemediationAction:
    """Plan an action against a gap; `planned` holds the fields of a plan.

    Raises NotAllowed while the assessment is a draft or after it is archived, ValueError for a day
    after the time that the demand gives: more is asked for, and granted.
    """
    latest = latest_day(finding)
    if latest and planned["due_on"] > latest:
        raise ValueError("The demand gives less time.")
    with transaction.atomic():
        status = lock(assessment).status
        if status not in REMEDY.statuses:
            raise NotAllowed(Step.REPORT, Status(status))
        action = RemediationAction.objects.create(
            assessment=assessment,
            criterion=criterion,
            finding=finding,
            created_by=by,
            **planned,
        )
        record_step(Recorded.ACTION_PLANNED, action, by, new=written(action))
        tell(Event.ACTION_ASSIGNED, action, [action.owner], company_of(action), by)
    return action


def change_action(action: RemediationAction, planned: Mapping[str, Any], by: User) -> None:
    """Change what is planned; NotNow once it is reported, closed or given up.

    The day up to which it is to be done changes by an extension only, where a regulator demands it.
    """
    with transaction.atomic():
        action = changeable(action)
        before, owner = written(action), action.owner
        for name, value in planned.items():
            if name == "due_on" and action.is_demanded:
                continue
            setattr(action, name, value)
        action.save(update_fields=list(PLANNED))
        if written(action) != before:
            record_change(action, by, before, written(action))
        if action.owner != owner:
            tell(Event.ACTION_ASSIGNED, action, [action.owner], company_of(action), by)


def begin(action: RemediationAction, by: User) -> None:
    """Say that it is under way."""
    _move(action, RemediationAction.Status.UNDER_WAY, by, RemediationAction.Status.PLANNED)


def give_up(action: RemediationAction, by: User) -> None:
    """Give an action up; its gap stays open, and what is demanded needs another action."""
    _move(action, RemediationAction.Status.GIVEN_UP, by, *RemediationAction.CHANGEABLE)


def _move(action: RemediationAction, after: str, by: User, *before: str) -> None:
    with transaction.atomic():
        action = locked(action, *before)
        old, action.status = action.status, after
        action.save(update_fields=["status"])
        record_change(action, by, {"status": old}, {"status": after})


def pass_actions_on(
    person: User, organisation: Organisation, successor: User | None, by: User
) -> None:
    """Give someone's open actions to a colleague; without one, to an officer who stays.

    Someone always answers for an action: whoever ends the membership, where they are an officer
    here, else the first that there is. Runs in the transaction in which the membership ends, after
    it has ended.
    """
    mine = RemediationAction.objects.open().filter(
        owner=person, assessment__subject__organisation=organisation
    )
    officers = [each for each in colleagues(organisation, OFFICER) if each != person]
    heir = successor or (by if by in officers else next(iter(officers), None))
    if heir is None:  # nobody is left who could answer for it
        return
    for action in mine.for_list():
        before = written(action)
        action.owner = heir
        action.save(update_fields=["owner"])
        record_change(action, by, before, written(action))
        tell(Event.ACTION_ASSIGNED, action, [heir], organisation, by)


def target_of(percent: Any) -> str:
    """Return a target as it is stored; it comes in percent, above 0 and up to 100."""
    return str(Fraction(percent) / 100)
