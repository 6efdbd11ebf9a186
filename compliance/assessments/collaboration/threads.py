"""Talking about a question inside the company. A submission holds nothing of it."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from compliance.accounts.models import User
from compliance.assessments.models import Assessment, Message, Thread, ThreadReading
from compliance.assessments.outline import outline_of
from compliance.audit.actions import Action
from compliance.audit.recording import record
from compliance.notices.events import Event
from compliance.notices.sending import notify
from compliance.organisations.models import Organisation, Visitor
from compliance.organisations.people import colleagues
from compliance.permissions import DISCUSS


@dataclass(frozen=True)
class Beside:
    """What is said about a question, as its page counts it."""

    messages: int
    unread: int
    open: bool


def threads_beside(assessment: Assessment, visitor: Visitor) -> dict[str, Beside]:
    """Return by question what is said about it. One query."""
    return {
        thread.question: Beside(thread.said, thread.unread, thread.resolved_at is None)
        for thread in assessment.threads.counted_for(visitor)
    }


def who_discusses(company: Organisation) -> QuerySet[User]:
    """Return who may read and write in the company's threads, by name."""
    return colleagues(company, DISCUSS.roles)


def mentioned(text: str, people: Iterable[User]) -> set[User]:
    """Return whom a text names after an @. Of names that begin alike the longest counts."""
    by_name: dict[str, set[User]] = {}
    for person in people:
        for name in filter(None, (person.name, person.email)):
            by_name.setdefault(name.casefold(), set()).add(person)
    if not by_name:
        return set()
    names = "|".join(re.escape(name) for name in sorted(by_name, key=len, reverse=True))
    found = re.findall(rf"[@＠]\s?({names})", text.casefold())
    return set().union(*(by_name[name] for name in found))


def say(assessment: Assessment, question: str, text: str, by: User) -> Message:
    """Add a message to the thread of a question, which it begins or opens again.

    Whom it mentions is told so; whoever takes part in the thread is told that there is a message.
    """
    with transaction.atomic():
        thread, _made = Thread.objects.get_or_create(assessment=assessment, question=question)
        message = Message.objects.create(thread=thread, by=by, text=text)
        company = assessment.subject.organisation
        people = set(who_discusses(company))
        named = mentioned(text, people) - {by}
        message.mentioned.set(named)
        about = {"details": {"thread": str(thread.pk)}, "about": message, "key": question}
        record(Action.MESSAGE_WRITTEN, by=by, chain=assessment, **about)  # type: ignore[arg-type]
        if thread.resolved_at is not None:
            reopen(assessment, thread, by)
        words = {
            "by": by,
            "organisation": company,
            "about": _about(assessment, question),
            "url": f"{thread_url(assessment, question)}#message-{message.pk}",
        }
        taking_part = Q(pk__in=thread.messages.values("by"))
        taking_part |= Q(
            pk__in=Message.mentioned.through.objects.filter(message__thread=thread).values("user")
        )
        others = people.intersection(User.objects.filter(taking_part)) - named
        notify(Event.MENTIONED, to=named, **words)  # type: ignore[arg-type]
        notify(Event.MESSAGE, to=others, **words)  # type: ignore[arg-type]
        mark_read(thread, by, message.at)
    return message


def withdraw(assessment: Assessment, message: Message, by: User) -> None:
    """Take back what was said: the message then says only that it was withdrawn."""
    with transaction.atomic():
        record(
            Action.MESSAGE_WITHDRAWN,
            by=by,
            chain=assessment,
            about=message,
            key=message.thread.question,
            old={"text": message.text},
        )
        message.text, message.withdrawn_at = "", timezone.now()
        message.save(update_fields=["text", "withdrawn_at"])


def resolve(assessment: Assessment, thread: Thread, by: User) -> None:
    """Note that nothing is left to discuss."""
    _settle(assessment, thread, Action.THREAD_RESOLVED, timezone.now(), by)


def reopen(assessment: Assessment, thread: Thread, by: User) -> None:
    """Note that there is something left to discuss."""
    _settle(assessment, thread, Action.THREAD_REOPENED, None, by)


def _settle(
    assessment: Assessment, thread: Thread, action: Action, at: dt.datetime | None, by: User
) -> None:
    if (thread.resolved_at is None) == (at is None):
        return
    with transaction.atomic():
        thread.resolved_at, thread.resolved_by = at, by if at else None
        thread.save(update_fields=["resolved_at", "resolved_by"])
        record(action, by=by, chain=assessment, about=thread, key=thread.question)


def mark_read(thread: Thread, person: Visitor, until: dt.datetime) -> None:
    """Note until which message someone has read a thread."""
    reading, made = ThreadReading.objects.get_or_create(
        thread=thread, person_id=person.pk, defaults={"until": until}
    )
    if not made and reading.until < until:
        reading.until = until
        reading.save(update_fields=["until"])


def thread_url(assessment: Assessment, question: str) -> str:
    """Return the address of what is said about a question."""
    return reverse("assessments:thread", args=[assessment.pk, question])


def _about(assessment: Assessment, question: str) -> str:
    number = outline_of(assessment.version).numbers[question]
    return f"{assessment.subject} · {number}"
