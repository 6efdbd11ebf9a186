"""Which memberships count for a person, as one statement worded by hand.

Nearly every request asks for it, and Django takes longer to word it than a database to answer.
"""

import datetime as dt
import uuid
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, UUIDField
from django.db.models.expressions import RawSQL
from django.db.models.sql.compiler import SQLCompiler

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
