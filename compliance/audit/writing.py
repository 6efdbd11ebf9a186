"""The statements that write the record.

They are worded here by hand: at every answer that is saved the ORM took three times as long to
word them as the database to carry them out.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.backends.utils import CursorWrapper

from compliance.audit.models import Chain, Event, EventValue
from compliance.row_locks import lock_row

AT_ONCE = 500
"""Rows in one statement: SQLite takes 32,766 values."""


def locked(pk: UUID, kind: str) -> Chain:
    """Return a thing's chain, begun where there is none; others wait until we are done."""
    for _ in range(2):
        if found := lock_row(Chain, pk, "kind", "sequence", "head"):
            of_kind, sequence, head = found
            return Chain(pk, of_kind, sequence, head)
        Chain.objects.bulk_create([Chain(id=pk, kind=kind)], ignore_conflicts=True)
    raise RuntimeError(f"The chain of {kind} {pk} is there for others only.")


def write(chain: Chain, events: Sequence[Event], values: Sequence[EventValue]) -> None:
    """Append events with their values, and move the chain on to the last one."""
    with connection.cursor() as cursor:
        for start in range(0, len(events), AT_ONCE):
            some = slice(start, start + AT_ONCE)
            numbers = _insert(cursor, events[some], " RETURNING id")
            for event, value, (number,) in zip(events[some], values[some], numbers, strict=True):
                event.pk, event._state.adding = number, False
                value.event = event
            _insert(cursor, values[some])
        cursor.execute(
            "UPDATE audit_chain SET sequence = %s, head = %s WHERE id = %s",
            [chain.sequence, chain.head, _adapted(Chain._meta.pk, chain.pk)],
        )


def _insert(
    cursor: CursorWrapper, rows: Sequence[models.Model], returning: str = ""
) -> list[tuple[int]]:
    """Insert rows of one model with one statement; return what it returns, in their order."""
    meta = rows[0]._meta
    fields = [field for field in meta.concrete_fields if not isinstance(field, models.AutoField)]
    columns = ", ".join(str(field.column) for field in fields)
    places = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * len(rows))
    cursor.execute(
        f"INSERT INTO {meta.db_table} ({columns}) VALUES {places}{returning}",  # noqa: S608
        [_adapted(field, getattr(row, field.attname)) for row in rows for field in fields],
    )
    return cursor.fetchall() if returning else []


def _adapted(field: "models.Field[Any, Any]", value: object) -> Any:
    """Return a value as the database's driver takes it."""
    return field.get_db_prep_save(value, connection=connection)
