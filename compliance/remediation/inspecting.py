"""Between those who do an action and those who re-inspect it: reported, closed, given more time."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from compliance.accounts.models import User
from compliance.audit.actions import Action as Recorded
from compliance.lifecycle import NotAllowed, Status, Step
from compliance.notices.events import Event
from compliance.organisations.people import colleagues
from compliance.permissions import LEAD, OFFICER, REINSPECT, REVIEWING
from compliance.remediation.changing import (
    NotNow,
    changeable,
    company_of,
    locked,
    record_step,
    tell,
)
from compliance.remediation.models import Extension, RemediationAction, Report


def report(action: RemediationAction, text: str, by: User) -> Report:
    """Report an action as done; those who re-inspect it are told."""
    with transaction.atomic():
        action = changeable(action)
        action.status = RemediationAction.Status.REPORTED
        action.save(update_fields=["status"])
        made = Report.objects.create(action=action, text=text, by=by)
        record_step(Recorded.ACTION_REPORTED, action, by, new={"text": text})
        if action.finding:
            regulator = action.finding.review.regulator
            people = colleagues(regulator, REVIEWING)
            tell(Event.ACTION_REPORTED, action, people, regulator, by)
        else:
            company = company_of(action)
            tell(Event.ACTION_REPORTED, action, colleagues(company, OFFICER), company, by)
    return made


def inspect(action: RemediationAction, closes: bool, note: str, by: User) -> None:
    """Close a reported action, or send it back with a note of what is still to be done."""
    with transaction.atomic():
        action = locked(action, RemediationAction.Status.REPORTED)
        if action.is_demanded and action.assessment.status not in REINSPECT.statuses:
            raise NotAllowed(Step.CLOSE, Status(action.assessment.status))
        states = RemediationAction.Status
        action.status = states.CLOSED if closes else states.SENT_BACK
        action.save(update_fields=["status"])
        last = action.reports.filter(closes=None).order_by("-at")[:1].get()
        last.closes, last.note = closes, note
        last.inspected_by, last.inspected_at = by, timezone.now()
        last.save(update_fields=["closes", "note", "inspected_by", "inspected_at"])
        record_step(Recorded.ACTION_INSPECTED, action, by, new={"closes": closes, "note": note})
        event = Event.ACTION_CLOSED if closes else Event.ACTION_SENT_BACK
        people = {action.owner, last.by, *colleagues(company_of(action), OFFICER)}
        tell(event, action, people, company_of(action), by)


def ask_for_time(action: RemediationAction, until: dt.date, reason: str, by: User) -> Extension:
    """Ask for more time; NotNow where one request waits already."""
    with transaction.atomic():
        action = changeable(action)
        if action.extensions.filter(answer="").exists():
            raise NotNow(action)
        made = Extension.objects.create(action=action, until=until, reason=reason, asked_by=by)
        said = {"until": until.isoformat(), "reason": reason}
        record_step(Recorded.EXTENSION_ASKED, action, by, new=said)
        if action.finding:
            regulator = action.finding.review.regulator
            tell(Event.EXTENSION_ASKED, action, colleagues(regulator, LEAD), regulator, by)
        else:
            company = company_of(action)
            tell(Event.EXTENSION_ASKED, action, colleagues(company, OFFICER), company, by)
    return made


def answer_extension(extension: Extension, grants: bool, note: str, by: User) -> None:
    """Grant or refuse more time; NotNow where it is answered already, or the action has ended."""
    with transaction.atomic():
        open_ = set(RemediationAction.Status.values) - set(RemediationAction.DONE)
        action = locked(extension.action, *open_)
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
        record_step(Recorded.EXTENSION_ANSWERED, action, by, new=said)
        event = Event.EXTENSION_GRANTED if grants else Event.EXTENSION_REFUSED
        tell(event, action, {action.owner, extension.asked_by}, company_of(action), by)
