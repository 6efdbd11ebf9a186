"""What was answered to a question before: read backwards from what stands there now."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from compliance.accounts.models import User
from compliance.assessments.companywide import shares
from compliance.assessments.models import Assessment
from compliance.assessments.outline import outline_of
from compliance.assessments.revisions import Row, content_of
from compliance.audit.actions import Action
from compliance.audit.models import Event

CHANGES = (Action.ANSWER_CHANGED, Action.CONFLICT_KEPT)

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
        """Whether it became the answer; else it was kept beside another one."""
        return self.action == Action.ANSWER_CHANGED


def history(assessment: Assessment, question: str, row: Row | None) -> list[Step]:
    """Return what was entered, the newest first; `row` is what stands there.

    What is about the company stands in the company's chain, whichever subject it was entered for;
    of an assessment that no longer takes answers, up to what it kept.
    """
    meaning = outline_of(assessment.version).company_questions.get(question)
    chain = assessment.subject.organisation_id if meaning else assessment.pk
    found = Event.objects.filter(chain=chain, key=question, action__in=CHANGES)
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
    return list(_steps(events, names, subjects, content_of("answer", row)))


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
