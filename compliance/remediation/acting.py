"""What happens to remediation actions: planned, reported, re-inspected, given more time."""

import datetime as dt
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from compliance.accounts.models import User
from compliance.assessments.models import Assessment
from compliance.assessments.moving import lock
from compliance.audit.actions import Action as Recorded
from compliance.audit.recording import record
from compliance.lifecycle import NotAllowed, Status, Step
from compliance.notices.events import Event
from compliance.notices.sending import notify
from compliance.organisations.models import Organisation
from compliance.organisations.people import colleagues
from compliance.permissions import LEAD, OFFICER, REINSPECT, REMEDY, REVIEWING
from compliance.remediation.demands import latest_day
from compliance.remediation.models import Extension, RemediationAction, Report
from compliance.reviews.models import Finding

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
        locked = lock(assessment)
        if locked.status not in REMEDY.statuses:
            raise NotAllowed(Step.REPORT, Status(locked.status))
        action = RemediationAction.objects.create(
            assessment=assessment,
            criterion=criterion,
            finding=finding,
            created_by=by,
            **planned,
        )
        _record(Recorded.ACTION_PLANNED, action, by, new=_written(action))
        _tell(Event.ACTION_ASSIGNED, action, [action.owner], _company(action), by)
    return action


def change_action(action: RemediationAction, planned: Mapping[str, Any], by: User) -> None:
    """Change what is planned; NotNow once it is reported, closed or given up.

    The day up to which it is to be done changes by an extension only, where a regulator demands it.
    """
    with transaction.atomic():
        action = changeable(action)
        before, owner = _written(action), action.owner
        for name, value in planned.items():
            if name == "due_on" and action.is_demanded:
                continue
            setattr(action, name, value)
        action.save(update_fields=list(PLANNED))
        if _written(action) != before:
            record_change(action, by, before, _written(action))
        if action.owner != owner:
            _tell(Event.ACTION_ASSIGNED, action, [action.owner], _company(action), by)


def begin(action: RemediationAction, by: User) -> None:
    """Say that it is under way."""
    _move(action, RemediationAction.Status.UNDER_WAY, by, RemediationAction.Status.PLANNED)


def give_up(action: RemediationAction, by: User) -> None:
    """Give an action up; its gap stays open, and what is demanded needs another action."""
    _move(action, RemediationAction.Status.GIVEN_UP, by, *RemediationAction.CHANGEABLE)


def _move(action: RemediationAction, after: str, by: User, *before: str) -> None:
    with transaction.atomic():
        action = _lock(action, *before)
        old, action.status = action.status, after
        action.save(update_fields=["status"])
        record_change(action, by, {"status": old}, {"status": after})


def report(action: RemediationAction, text: str, by: User) -> Report:
    """Report an action as done; those who re-inspect it are told."""
    with transaction.atomic():
        action = changeable(action)
        action.status = RemediationAction.Status.REPORTED
        action.save(update_fields=["status"])
        made = Report.objects.create(action=action, text=text, by=by)
        _record(Recorded.ACTION_REPORTED, action, by, new={"text": text})
        if action.finding:
            regulator = action.finding.review.regulator
            people = colleagues(regulator, REVIEWING)
            _tell(Event.ACTION_REPORTED, action, people, regulator, by)
        else:
            company = _company(action)
            _tell(Event.ACTION_REPORTED, action, colleagues(company, OFFICER), company, by)
    return made


def inspect(action: RemediationAction, closes: bool, note: str, by: User) -> None:
    """Close a reported action, or send it back with a note of what is still to be done."""
    with transaction.atomic():
        action = _lock(action, RemediationAction.Status.REPORTED)
        if action.is_demanded and action.assessment.status not in REINSPECT.statuses:
            raise NotAllowed(Step.CLOSE, Status(action.assessment.status))
        states = RemediationAction.Status
        action.status = states.CLOSED if closes else states.SENT_BACK
        action.save(update_fields=["status"])
        last = action.reports.filter(closes=None).order_by("-at")[:1].get()
        last.closes, last.note = closes, note
        last.inspected_by, last.inspected_at = by, timezone.now()
        last.save(update_fields=["closes", "note", "inspected_by", "inspected_at"])
        _record(Recorded.ACTION_INSPECTED, action, by, new={"closes": closes, "note": note})
        event = Event.ACTION_CLOSED if closes else Event.ACTION_SENT_BACK
        people = {action.owner, last.by, *colleagues(_company(action), OFFICER)}
        _tell(event, action, people, _company(action), by)


def ask_for_time(action: RemediationAction, until: dt.date, reason: str, by: User) -> Extension:
    """Ask for more time; NotNow where one request waits already."""
    with transaction.atomic():
        action = changeable(action)
        if action.extensions.filter(answer="").exists():
            raise NotNow(action)
        made = Extension.objects.create(action=action, until=until, reason=reason, asked_by=by)
        said = {"until": until.isoformat(), "reason": reason}
        _record(Recorded.EXTENSION_ASKED, action, by, new=said)
        if action.finding:
            regulator = action.finding.review.regulator
            _tell(Event.EXTENSION_ASKED, action, colleagues(regulator, LEAD), regulator, by)
        else:
            company = _company(action)
            _tell(Event.EXTENSION_ASKED, action, colleagues(company, OFFICER), company, by)
    return made


def answer_extension(extension: Extension, grants: bool, note: str, by: User) -> None:
    """Grant or refuse more time; NotNow where it is answered already, or the action has ended."""
    with transaction.atomic():
        open_ = set(RemediationAction.Status.values) - set(RemediationAction.DONE)
        action = _lock(extension.action, *open_)
        extension = action.extensions.get(pk=extension.pk)
        if extension.answer:
            raise NotNow(action)
        answers = Extension.Answer
        extension.answer = answers.GRANTED if grants else answers.REFUSED
        extension.note, extension.answered_by = note, by
        extension.answered_at = timezone.now()
        extension.save(update_fields=["answer", "note", "answered_by", "answered_at"])
        if grants:
            action.due_on = extension.until
            action.save(update_fields=["due_on"])
        said = {"answer": extension.answer, "note": note}
        _record(Recorded.EXTENSION_ANSWERED, action, by, new=said)
        event = Event.EXTENSION_GRANTED if grants else Event.EXTENSION_REFUSED
        _tell(event, action, {action.owner, extension.asked_by}, _company(action), by)


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
        before = _written(action)
        action.owner = heir
        action.save(update_fields=["owner"])
        record_change(action, by, before, _written(action))
        _tell(Event.ACTION_ASSIGNED, action, [heir], organisation, by)


def target_of(percent: Any) -> str:
    """Return a target as it is stored; it comes in percent, above 0 and up to 100."""
    return str(Fraction(percent) / 100)


def changeable(action: RemediationAction) -> RemediationAction:
    """Lock the assessment until the transaction ends; return the action read anew.

    Raises NotNow once it is reported, closed or given up.
    """
    return _lock(action, *RemediationAction.CHANGEABLE)


def record_change(action: RemediationAction, by: User, old: Any, new: Any) -> None:
    """Record that something about an action has changed."""
    _record(Recorded.ACTION_CHANGED, action, by, old=old, new=new)


def _lock(action: RemediationAction, *statuses: str) -> RemediationAction:
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


def _company(action: RemediationAction) -> Organisation:
    return action.assessment.subject.organisation


def _written(action: RemediationAction) -> dict[str, str]:
    return {name: str(getattr(action, name)) for name in PLANNED}


def _record(
    what: Recorded, action: RemediationAction, by: User, *, old: Any = None, new: Any = None
) -> None:
    record(
        what,
        by=by,
        chain=action.assessment,
        about=action,
        key=action.criterion,
        old=old,
        new=new,
    )


def _tell(
    event: Event, action: RemediationAction, people: Iterable[User], whose: Organisation, by: User
) -> None:
    notify(
        event,
        people,
        about=action.title,
        url=reverse("remediation:action", args=[action.pk]),
        organisation=whose,
        by=by,
        company=_company(action),
        due=action.due_on,
    )
