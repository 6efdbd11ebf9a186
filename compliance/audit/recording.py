"""Adding events to a chain, in the transaction of the change that they tell of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction
from django.http import HttpRequest
from django.utils import timezone

from compliance.audit import digests
from compliance.audit.actions import Action
from compliance.audit.models import Event, EventValue
from compliance.audit.writing import locked, write

Actor = AbstractBaseUser | AnonymousUser | None


@dataclass(frozen=True)
class Thing:
    """What has a chain: its kind, as "app.model", and its key."""

    kind: str
    pk: UUID

    @classmethod
    def of(cls, thing: "models.Model | Thing") -> "Thing":
        """Return what names a row that has a UUID for its key."""
        return thing if isinstance(thing, Thing) else cls(thing._meta.label_lower, thing.pk)


SITE = Thing("site", UUID(int=0))
"""What is done to the site as a whole goes into a chain of its own."""


@dataclass(frozen=True)
class Entry:
    """One thing to be recorded. `old` and `new` can be erased later; `details` never."""

    action: Action
    about: models.Model | None = None
    key: str = ""
    old: Any = None
    new: Any = None
    details: Mapping[str, Any] = field(default_factory=dict)


def record(
    action: Action,
    *,
    by: Actor,
    chain: models.Model | Thing,
    about: models.Model | None = None,
    key: str = "",
    old: Any = None,
    new: Any = None,
    details: Mapping[str, Any] | None = None,
) -> Event:
    """Add one event to the chain of a row (or of SITE); return it.

    `about` is the row that it tells of, `key` e.g. the question, `old` and `new` are values that
    JSON can hold. Names and contents belong into `old` and `new`, which can be erased; `details`
    holds identifiers and numbers only. Raises RuntimeError outside a transaction: an event stands
    and falls with its change.
    """
    return record_all([Entry(action, about, key, old, new, details or {})], by=by, chain=chain)[0]


def record_download(
    action: Action,
    request: HttpRequest,
    *,
    chain: models.Model | Thing,
    about: models.Model | None = None,
    **details: Any,
) -> None:
    """Record that someone takes something away: an event without a change. HEAD takes nothing."""
    if request.method == "GET":
        with transaction.atomic():
            record(action, by=request.user, chain=chain, about=about, details=details)


def record_all(entries: Iterable[Entry], *, by: Actor, chain: models.Model | Thing) -> list[Event]:
    """Add events to one chain, in the order given, with as many statements as for one."""
    entries = list(entries)
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() is called outside a transaction: put the change into one too.")
    if not entries:
        return []
    thing = Thing.of(chain)
    row = locked(thing.pk, thing.kind)
    actor = by.pk if by is not None and by.is_authenticated else None
    name, at = (str(by) if actor else ""), timezone.now()
    events, values = [], []
    for entry in entries:
        value = EventValue(salt=digests.new_salt(), actor_name=name, old=entry.old, new=entry.new)
        event = Event(
            chain=row,
            sequence=row.sequence + 1,
            at=at,
            actor=actor,
            action=entry.action,
            about=entry.about._meta.label_lower if entry.about else "",
            about_id=str(entry.about.pk) if entry.about else "",
            key=entry.key,
            details=dict(entry.details),
            value_digest=value.digest(),
            previous=row.head,
        )
        event.hash = digests.hash_of(event.chained(row.kind))
        row.sequence, row.head = event.sequence, event.hash
        events.append(event)
        values.append(value)
    write(row, events, values)
    return events
