"""Reading chains again: whether anything was changed, removed or put elsewhere since.

Whoever can write to the database and recomputes every hash after a change leaves chains that hold
together. Against that helps a head that is printed in a report: see `place_of`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Exists, Max, Min, OuterRef, TextField
from django.db.models.functions import Cast

from compliance.audit import digests
from compliance.audit.actions import Action
from compliance.audit.models import Chain, Event, EventValue
from compliance.audit.recording import SITE

UNREADABLE = (ValueError, TypeError, AttributeError, ArithmeticError, RecursionError)
"""What a row raises that holds something else than its columns should."""


@dataclass(frozen=True)
class Fault:
    """One thing that is not as it was written: where, and what."""

    chain: str
    sequence: int | None
    what: str

    def __str__(self) -> str:
        return f"{self.chain}{f' #{self.sequence}' if self.sequence else ''}: {self.what}"


class Verification:
    """One walk over all chains, or over one; `chains`, `events` and `erased` count what it read.

    Memory does not grow with the number of events. The site stays in use meanwhile: what is
    added during the walk is no fault.
    """

    def __init__(self, chain: UUID | None = None) -> None:
        self.only = chain
        self.chains = self.events = self.erased = 0

    def faults(self) -> Iterator[Fault]:
        """Yield everything that does not hold, in the order of the chains."""
        self.values_erased_before = _values_erased_before()
        if self.only:
            yield from self._chain(Chain.objects.get(pk=self.only))
            return
        for text in Chain.objects.values_list(Cast("id", TextField()), flat=True).iterator():
            try:
                chain = Chain.objects.get(pk=UUID(text))
            except (*UNREADABLE, ObjectDoesNotExist):
                yield Fault(f"chain {text}", None, "its row cannot be read")
            else:
                yield from self._chain(chain)
        yield from _without_chain()

    def _chain(self, chain: Chain) -> Iterator[Fault]:
        self.chains += 1
        walk = _ChainWalk(chain, self)
        try:
            yield from walk.faults()
        except UNREADABLE as error:
            what = f"the events after this one cannot be read ({error})"
            yield Fault(walk.name, walk.sequence, what)


class _ChainWalk:
    """The walk over one chain."""

    def __init__(self, chain: Chain, whole: Verification) -> None:
        self.chain, self.whole = chain, whole
        self.kind = chain.kind
        self.name = f"{chain.kind} {chain.pk}"
        self.sequence = 0
        self.previous: str | None = digests.START
        """The hash of the event before; None where that one was changed."""

    def faults(self) -> Iterator[Fault]:
        events = Event.objects.filter(chain=self.chain).order_by("sequence", "id")
        read = events.select_related("value").iterator(chunk_size=1000)
        for event, following in pairwise(_and_none(read)):
            assert event is not None
            self.whole.events += 1
            yield from self._place(event)
            yield from self._content(event, following)
            yield from self._value(event)
            if event.sequence == self.chain.sequence and event.hash != self.chain.head:
                yield self._fault("the head of the chain is not the hash of this event", event)
        yield from self._end()

    def _fault(self, what: str, event: Event | None = None) -> Fault:
        return Fault(self.name, event.sequence if event else None, what)

    def _place(self, event: Event) -> Iterator[Fault]:
        """Check the number of the event."""
        expected = self.sequence + 1
        if event.sequence > expected:
            yield self._fault(_missing(expected, event.sequence - 1))
            self.previous = None
        elif event.sequence < expected:
            yield self._fault("this number occurs more than once", event)
        self.sequence = event.sequence

    def _content(self, event: Event, following: Event | None) -> Iterator[Fault]:
        """Check that the event is what its hash says, and follows the one before."""
        fields = event.chained(self.kind)
        actual = _hash_of(fields)
        if actual and event.hash == actual:
            if self.previous is not None and event.previous != self.previous:
                what = "it does not follow the event before it: that one was changed or replaced"
                yield self._fault(what, event)
            self.previous = event.hash
            return
        if self.sequence == 1 and (kind := _kind_by(event, fields)):
            yield self._fault(f"the kind of the chain was changed: it was {kind}")
            self.kind, self.previous = kind, event.hash
            return
        yield self._fault(self._explain(event, fields, actual, following), event)
        self.previous = None

    def _explain(
        self, event: Event, fields: dict[str, Any], actual: str, following: Event | None
    ) -> str:
        """Say which field of an event was changed, where that can be found out."""
        after = following.previous if following else self.chain.head
        if actual and actual == after:
            return "its hash was changed"
        for number in _numbers(event):
            if _hash_of(fields | {"sequence": number}) == event.hash:
                return f"its number was changed: it was {number}"
        if _hash_of(fields | {"previous": self.previous}) == event.hash:
            return "its previous was changed"
        value = _value_of(event)
        if value and _hash_of(fields | {"value_digest": _digest_of(value)}) == event.hash:
            return "its value_digest was changed"
        return "its content was changed: when, who, what, about what, the key or the details"

    def _value(self, event: Event) -> Iterator[Fault]:
        value, before = _value_of(event), self.whole.values_erased_before
        if value is None:
            self.whole.erased += 1
            if before is None or event.at >= before:
                yield self._fault("its values were removed, and no erasure is recorded", event)
        elif _digest_of(value) != event.value_digest:
            what = "its values are not those of its digest: name, old, new or salt was changed"
            yield self._fault(what, event)

    def _end(self) -> Iterator[Fault]:
        """Check that the chain ends where its row says."""
        if self.sequence < self.chain.sequence:
            yield self._fault(_missing(self.sequence + 1, self.chain.sequence))
        elif self.sequence > self.chain.sequence:
            self.chain.refresh_from_db()  # someone may have added events since
            if self.sequence > self.chain.sequence:
                what = f"its row says that it ends at #{self.chain.sequence}"
                yield self._fault(f"{what}, but there are events up to #{self.sequence}")
        elif not self.sequence:
            yield self._fault("it has no events")


def place_of(head: str, chain: UUID | None = None) -> Event | None:
    """Return the event with this hash, in one chain or in any; None where there is none."""
    events = Event.objects.select_related("chain").filter(hash=head.lower())
    return (events.filter(chain=chain) if chain else events).first()


def _values_erased_before() -> datetime | None:
    """Return the moment before which values were erased by retention rules."""
    erasures = Event.objects.filter(chain=SITE.pk, action=Action.OLD_VALUES_ERASED)
    moments = [datetime.fromisoformat(event.details["before"]) for event in erasures]
    return max(moments, default=None)


def _without_chain() -> Iterator[Fault]:
    """Yield what has lost its chain, or its event."""
    orphans = Event.objects.filter(~Exists(Chain.objects.filter(pk=OuterRef("chain_id"))))
    found = orphans.annotate(text=Cast("chain_id", TextField())).order_by()
    for text, last in found.values_list("text").annotate(Max("sequence")).iterator():
        yield Fault(f"chain {text}", last, "the row of the chain is missing; its events are there")
    values = EventValue.objects.filter(~Exists(Event.objects.filter(pk=OuterRef("event_id"))))
    for number in values.values_list("event_id", flat=True).iterator():
        yield Fault(f"values of event row {number}", None, "there is no such event")
    since = Event.objects.aggregate(first=Min("at"))["first"]
    for model in apps.get_models():
        # What is older than the record has a chain only if something was done to it since.
        if since and (made := getattr(model, "begins_with_an_event", "")):
            rows = model._default_manager.filter(
                ~Exists(Chain.objects.filter(pk=OuterRef("pk"))), **{f"{made}__gt": since}
            )
            for pk in rows.values_list("pk", flat=True).iterator():
                yield Fault(f"{model._meta.label_lower} {pk}", None, "its whole chain is missing")


def _hash_of(fields: dict[str, Any]) -> str:
    """Return the hash, or nothing for what cannot be written canonically."""
    try:
        return digests.hash_of(fields)
    except UNREADABLE:
        return ""


def _digest_of(value: EventValue) -> str | None:
    """Return the digest of the values, or None for what cannot be written canonically."""
    try:
        return value.digest()
    except UNREADABLE:
        return None


def _value_of(event: Event) -> EventValue | None:
    return getattr(event, "value", None)


def _numbers(event: Event) -> Iterator[int]:
    """Yield the numbers that an event may have had: after the one that it follows, or nearby."""
    before = Event.objects.filter(chain=event.chain_id, hash=event.previous).first()
    yield before.sequence + 1 if before else 1
    yield from range(max(event.sequence - 9, 1), event.sequence + 10)


def _kind_by(event: Event, fields: dict[str, Any]) -> str | None:
    """Return the kind of chain with which the event's hash holds."""
    kinds = [SITE.kind, *(model._meta.label_lower for model in apps.get_models())]
    return next((kind for kind in kinds if _hash_of(fields | {"kind": kind}) == event.hash), None)


def _missing(first: int, last: int) -> str:
    return f"event #{first} is missing" if first == last else f"events #{first} to #{last} missing"


def _and_none(events: Iterator[Event]) -> Iterator[Event | None]:
    yield from events
    yield None
