"""Locking one row until the transaction ends.

The statement is worded by hand: each answer that is saved locks up to four rows, and Django takes
far longer to word such a statement than a database to carry it out.
"""

from typing import Any

from django.db import connection, models


def lock_row(model: type[models.Model], pk: object, *columns: str) -> tuple[Any, ...] | None:
    """Lock the row with this key; return the named columns of it, or None where there is none.

    Whoever else locks it waits until the transaction ends. On SQLite, where a transaction has the
    whole database to itself, it only reads. Columns come as the database's driver has them. Raises
    RuntimeError outside of a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A lock outside of a transaction holds nothing.")
    key = model._meta.pk
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(columns) or '1'} FROM {model._meta.db_table} "  # noqa: S608
            f"WHERE {key.column} = %s{lock}",
            [key.get_db_prep_value(pk, connection)],
        )
        found: tuple[Any, ...] | None = cursor.fetchone()
    return found
