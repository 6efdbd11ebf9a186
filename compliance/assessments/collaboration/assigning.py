"""Giving sections to people, and taking note of when they are done with them."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from compliance.accounts.models import User
from compliance.assessments.models import Assessment, SectionAssignment
from compliance.assessments.moving import lock
from compliance.assessments.outline import outline_of
from compliance.audit.actions import Action
from compliance.audit.recording import Entry, record, record_all
from compliance.lifecycle import OPEN_FOR_ANSWERS
from compliance.notices.events import Event
from compliance.notices.sending import notify
from compliance.organisations.models import Organisation
from compliance.organisations.people import colleagues
from compliance.permissions import ANSWER


class Outdated(Exception):
    """Somebody else has assigned sections since the page was shown: nothing is stored."""


@dataclass(frozen=True)
class Wanted:
    """Who is to answer a section, until when."""

    people: frozenset[UUID]
    due_on: dt.date | None


def who_can_answer(company: Organisation) -> QuerySet[User]:
    """Return those to whom the company's sections can be assigned, by name."""
    return colleagues(company, ANSWER.roles)


def state_of(assignments: Iterable[SectionAssignment]) -> str:
    """Return a token of what a page shows, which tells whether it is out of date."""
    rows = sorted([one.section, str(one.person_id), str(one.due_on)] for one in assignments)
    return blake2b(json.dumps(rows).encode(), digest_size=8).hexdigest()


def assign(assessment: Assessment, wanted: Mapping[str, Wanted], shown: str, by: User) -> None:
    """Let each of these sections be answered by these people, and by nobody else.

    `shown` is the `state_of` what the page showed. Who receives a section is told; who keeps it
    keeps what they reported. Raises Outdated, and moving.lock's errors.
    """
    with transaction.atomic():
        lock(assessment)
        rows = list(assessment.section_assignments.select_related("person"))
        if state_of(rows) != shown:
            raise Outdated
        held = {(row.section, row.person_id): row for row in rows}
        events, given = [], list[SectionAssignment]()
        for section, wish in wanted.items():
            for person in wish.people:
                row = held.pop((section, person), None)
                if row is not None and row.due_on == wish.due_on:
                    continue
                before = row and _said(row)
                if row is None:
                    row = SectionAssignment(assessment=assessment, section=section)
                    row.person_id, row.by, row.due_on = person, by, wish.due_on
                    row.save()
                    given.append(row)
                else:
                    row.by, row.at, row.due_on = by, timezone.now(), wish.due_on
                    row.save(update_fields=["by", "at", "due_on"])
                events.append(_event(Action.SECTION_ASSIGNED, row, before, _said(row)))
        for row in held.values():
            if row.section in wanted:
                events.append(_event(Action.SECTION_UNASSIGNED, row, _said(row), None))
                row.delete()
        record_all(events, by=by, chain=assessment)
        _tell(assessment, given, by)


def report_done(assignments: Iterable[SectionAssignment], done: bool, by: User) -> None:
    """Note that sections are done, or that they are taken up again; who assigned them is told."""
    with transaction.atomic():
        for row in assignments:
            if (row.done_at is not None) == done:
                continue
            row.done_at = timezone.now() if done else None
            row.save(update_fields=["done_at"])
            action = Action.SECTION_REPORTED if done else Action.SECTION_TAKEN_UP
            record(action, by=by, chain=row.assessment, about=row, key=row.section)
            if done:
                notify(
                    Event.SECTION_DONE,
                    to=[row.by],
                    by=by,
                    organisation=row.assessment.subject.organisation,
                    about=str(row.assessment.subject),
                    section=titles(row.assessment, [row.section]),
                    url=reverse("assessments:section", args=[row.assessment.pk, row.section]),
                )


def pass_on(person: User, organisation: Organisation, successor: User, by: User) -> int:
    """Give a person's open sections in an organisation to another; return how many that were.

    What the successor has already stays theirs, with the earlier of the two dates.
    """
    rows = open_sections(person, organisation)
    passed: dict[Assessment, list[SectionAssignment]] = {}
    with transaction.atomic():
        for row in rows.order_by("assessment", "at", "id"):
            before = _said(row)
            own = SectionAssignment.objects.filter(
                assessment=row.assessment, section=row.section, person=successor
            ).first()
            if own is None:
                row.person, row.by, row.at = successor, by, timezone.now()
                row.save(update_fields=["person", "by", "at"])
                kept = row
            else:
                own.due_on = min(filter(None, [own.due_on, row.due_on]), default=None)
                own.save(update_fields=["due_on"])
                row.delete()
                kept = own
            event = _event(Action.SECTION_PASSED_ON, kept, before, _said(kept))
            record_all([event], by=by, chain=row.assessment)
            passed.setdefault(row.assessment, []).append(kept)
        for assessment, given in passed.items():
            _tell(assessment, given, by)
    return sum(map(len, passed.values()))


def take_back(person: User, organisation: Organisation, by: User) -> int:
    """Take a person's open sections in an organisation from them; return how many that were."""
    with transaction.atomic():
        rows = list(open_sections(person, organisation).order_by("assessment", "at", "id"))
        for row in rows:
            event = _event(Action.SECTION_UNASSIGNED, row, _said(row), None)
            record_all([event], by=by, chain=row.assessment)
            row.delete()
    return len(rows)


def open_sections(person: User, organisation: Organisation) -> QuerySet[SectionAssignment]:
    """Return what a person still has to answer for an organisation."""
    return SectionAssignment.objects.filter(
        person=person,
        assessment__subject__organisation=organisation,
        assessment__status__in=OPEN_FOR_ANSWERS,
    ).select_related("assessment__subject__organisation", "assessment__version", "person")


def titles(assessment: Assessment, sections: Sequence[str]) -> dict[str, str]:
    """Return the titles of sections in both languages, in the order of the questionnaire."""
    found = [
        section.title
        for section in outline_of(assessment.version).sections.values()
        if section.id in sections
    ]
    return {
        "zh": "”、“".join(title.zh for title in found),
        "en": "”, “".join(title.en for title in found),
    }


def _said(row: SectionAssignment) -> dict[str, str | None]:
    return {"person": str(row.person), "due_on": row.due_on.isoformat() if row.due_on else None}


def _event(action: Action, row: SectionAssignment, old: object, new: object) -> Entry:
    details = {"person": str(row.person_id)}
    return Entry(action, about=row, key=row.section, old=old, new=new, details=details)


def _tell(assessment: Assessment, given: Iterable[SectionAssignment], by: User) -> None:
    """Tell each person once which sections they have now, with the day by which to begin with."""
    per_person: dict[User, list[SectionAssignment]] = {}
    for row in given:
        per_person.setdefault(row.person, []).append(row)
    for person, rows in per_person.items():
        notify(
            Event.SECTION_ASSIGNED,
            to=[person],
            by=by,
            organisation=assessment.subject.organisation,
            about=str(assessment.subject),
            section=titles(assessment, [row.section for row in rows]),
            url=reverse("assessments:tasks", args=[assessment.pk]),
            due=min((row.due_on for row in rows if row.due_on), default=None),
        )
