"""What nearly every request asks about memberships, as statements worded by hand.

Django takes longer to word them than a database to answer.
"""

import datetime as dt
import uuid
from typing import Any

from django.db import connection as default_connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, CharField, UUIDField
from django.db.models.expressions import RawSQL
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

# A union, not an OR: PostgreSQL would look at every membership of the installation.
OWN_AND_LENT = """
SELECT own.id FROM organisations_membership own WHERE own.user_id = %s AND own.active
UNION ALL
SELECT lent.id FROM organisations_deputyship away
JOIN organisations_membership lent
  ON lent.user_id = away.absent_id AND lent.organisation_id = away.organisation_id
WHERE away.deputy_id = %s AND away.first_day <= %s AND away.last_day >= %s AND lent.active
AND EXISTS (SELECT 1 FROM organisations_membership own
  WHERE own.user_id = %s AND own.active AND own.organisation_id = away.organisation_id)
"""
BELONGS = """
SELECT EXISTS (SELECT 1 FROM organisations_membership own
  JOIN organisations_organisation there ON there.id = own.organisation_id
  WHERE own.user_id = %s AND own.active AND there.kind = %s)
"""
KEY = UUIDField()


class HeldBy(RawSQL):
    """The keys of the memberships that someone holds on a day: their own, and those of colleagues
    for whom they stand in, as long as they belong to the same organisation themselves.
    """

    def __init__(self, person: uuid.UUID, day: dt.date) -> None:
        super().__init__(OWN_AND_LENT, [person, person, day, day, person], BooleanField())

    def as_sql(  # type: ignore[override]
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, list[Any]]:
        """Return the statement, with its parameters as this database writes keys and days."""
        person, _again, day, *_rest = self.params
        key = KEY.get_db_prep_value(person, connection, prepared=False)
        on = connection.ops.adapt_datefield_value(day)
        return f"({self.sql})", [key, key, on, on, key]


class RolesHeld(HeldBy):
    """The roles that someone holds today in an organisation, with commas between; "" for none.

    `organisation` is the column of the statement around it in which the organisation stands.
    """

    def __init__(self, organisation: str, person: uuid.UUID) -> None:
        super().__init__(person, timezone.localdate())
        self.organisation = organisation
        self.output_field = CharField()

    def as_sql(  # type: ignore[override]
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, list[Any]]:
        """Return the statement as this database joins texts."""
        held, params = super().as_sql(compiler, connection)
        joined = "group_concat(held.role)"
        if connection.vendor == "postgresql":
            joined = "string_agg(held.role, ',')"
        there = f"held.organisation_id = {self.organisation} AND held.id IN {held}"
        roles = f"SELECT {joined} FROM organisations_membership held WHERE {there}"  # noqa: S608
        return f"COALESCE(({roles}), '')", params


def belongs_to(person: uuid.UUID, kind: str) -> bool:
    """Whether someone belongs to an organisation of this kind themselves."""
    with default_connection.cursor() as cursor:
        key = KEY.get_db_prep_value(person, default_connection)
        cursor.execute(BELONGS, [key, kind])
        return bool(cursor.fetchone()[0])
