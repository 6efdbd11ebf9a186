"""What was answered or claimed before: read backwards from what stands there now."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from compliance.accounts.models import User
from compliance.assessments.companywide import meanings, shares
from compliance.assessments.models import Assessment
from compliance.assessments.outline import outline_of
from compliance.assessments.revisions import KINDS, Row, content_of
from compliance.audit.actions import Action
from compliance.audit.models import Event

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Step:
    """One thing that someone entered, newest first; None is what can no longer be told."""

    number: int
    """That of the event in the chain of the assessment, or of the company."""
    action: Action
    by: str
    at: dt.datetime
    before: Content | None
    after: Content | None
    subject: str = ""
    """For which subject it was entered, where it counts for the company."""

    @property
    def counted(self) -> bool:
        """Whether it became the answer or the claim; else it was kept beside another one."""
        return self.action != Action.CONFLICT_KEPT


def history(assessment: Assessment, key: str, row: Row | None, name: str = "answer") -> list[Step]:
    """Return what was entered, the newest first; `row` is what stands there.

    `key` is the question of an answer, or with `name` "claim" the criterion. What is about the
    company stands in the company's chain, whichever subject it was entered for; of an assessment
    that no longer takes answers, up to what it kept.
    """
    kind = KINDS[name]
    meaning = meanings(outline_of(assessment.version), kind.company_rows).get(key)
    chain = assessment.subject.organisation_id if meaning else assessment.pk
    # A question and a criterion may have the same key: what was kept beside says whose it is.
    beside = [rows._meta.label_lower for rows in (kind.conflicts, kind.company_conflicts)]
    changes = Q(action=kind.action) | Q(action=Action.CONFLICT_KEPT, about__in=beside)
    found = Event.objects.filter(changes, chain=chain, key=key)
    events = list(found.select_related("value").order_by("-sequence"))
    if meaning:
        kept = None if shares(assessment) or row is None else row.at
        events = [
            event
            for event in events
            if event.details.get("meaning") == meaning and (kept is None or event.at <= kept)
        ]
    names = dict(
        User.objects.filter(pk__in={event.actor for event in events}).values_list("pk", "name")
    )
    subjects = _subjects(events) if meaning else {}
    return list(_steps(events, names, subjects, content_of(name, row)))


def _subjects(events: Iterable[Event]) -> dict[str, str]:
    """Return the subject of each assessment in which something was entered for the company."""
    where = {event.details["assessment"] for event in events}
    found = Assessment.objects.filter(pk__in=where).values_list("pk", "subject__name")
    return {str(pk): name for pk, name in found}


def _steps(
    events: Iterable[Event], names: Mapping[Any, str], subjects: Mapping[str, str], now: Content
) -> Iterator[Step]:
    """Yield the events with what stood there before and after each.

    The record holds of each change only what differed; the rest is as it was after the change.
    Where rules of retention have erased values, nothing can be told before them.
    """
    state: Content | None = now
    nothing = content_of("answer", None)
    for event in events:
        value = getattr(event, "value", None)
        old, new = (value.old, value.new) if value else (None, None)
        by = names.get(event.actor) or (value.actor_name if value else "")
        action = Action(event.action)
        where = subjects.get(event.details.get("assessment", ""), "")
        if action == Action.CONFLICT_KEPT:
            yield Step(event.sequence, action, by, event.at, None, new, where)
            continue
        # A value without a former one is the first that was given; one that is gone was erased.
        if value and old is None:
            old = nothing
        before = None if state is None or old is None else {**state, **old}
        yield Step(event.sequence, action, by, event.at, before, state, where)
        state = before
