"""Law that changes: the status of an instrument on a day, and what may rest on it then."""

import datetime
from dataclasses import dataclass

from questionnaires.document import Instrument, InstrumentStatus
from questionnaires.parts import Bilingual

BINDS: frozenset[InstrumentStatus] = frozenset({"in_force", "amended"})
"""The statuses in which an instrument can be relied on."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A day on which the status of an instrument turns from one to another."""

    instrument: Instrument
    on: datetime.date
    before: InstrumentStatus
    after: InstrumentStatus
    note: Bilingual | None


def turns(instrument: Instrument) -> tuple[Turn, ...]:
    """Return every turn whose day is known, the earliest first; coming into force is one."""
    found = []
    status = instrument.status
    if begins := _begins(instrument):
        first: InstrumentStatus = "in_force" if status == "not_yet" else status
        found.append(Turn(instrument, begins, "not_yet", first, None))
        status = first
    for change in instrument.changes:
        on = datetime.date.fromisoformat(change.on)
        found.append(Turn(instrument, on, status, change.status, change.note))
        status = change.status
    return tuple(found)


def status_on(instrument: Instrument, day: datetime.date) -> InstrumentStatus:
    """Return the status that the instrument has on that day."""
    status: InstrumentStatus = "not_yet" if _begins(instrument) else instrument.status
    for turn in turns(instrument):
        if turn.on <= day:
            status = turn.after
    return status


def carries_limit(instrument: Instrument, article: str, day: datetime.date | None = None) -> bool:
    """Tell whether a veto or cap may rest on the article: binding, grade A, in force.

    Without a day the written status decides, whatever the changes ahead.
    """
    return (
        instrument.binding
        and instrument.grade == "A"
        and (instrument.status if day is None else status_on(instrument, day)) in BINDS
        and any(found.id == article and found.grade == "A" for found in instrument.articles)
    )


def _begins(instrument: Instrument) -> datetime.date | None:
    """Return the day on which it comes into force; None where only a year or month is known."""
    try:
        return datetime.date.fromisoformat(instrument.in_force or "")
    except ValueError:
        return None
