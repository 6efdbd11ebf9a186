"""Triggers by which the database itself refuses a change, on SQLite and on PostgreSQL."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True)
class Guards:
    """The triggers of one matter. A trigger is its name and when it refuses.

    A migration that alters a guarded table on SQLite remakes it without its triggers: it must put
    them up again.
    """

    name: str
    """Its functions on PostgreSQL are called after it."""
    refusal: str
    """What the database says when it refuses."""
    sqlite: Mapping[str, str]
    postgresql: Mapping[str, str]
    postgresql_unless: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Those that refuse unless a condition holds that a WHEN cannot express: when, and unless."""

    def put_up(self, connection: BaseDatabaseWrapper) -> None:
        """Create the triggers, where there are none yet."""
        with connection.cursor() as cursor:
            for statement in self._creating(connection.vendor):
                cursor.execute(statement)

    def take_down(self, connection: BaseDatabaseWrapper) -> None:
        """Drop the triggers: only a migration that alters a table, and tests, have a reason to."""
        with connection.cursor() as cursor:
            for statement in self._dropping(connection.vendor):
                cursor.execute(statement)

    @contextmanager
    def lifted(self, connection: BaseDatabaseWrapper) -> Iterator[None]:
        """Do without the triggers for a while."""
        self.take_down(connection)
        try:
            yield
        finally:
            self.put_up(connection)

    def _creating(self, vendor: str) -> Iterator[str]:
        if vendor == "sqlite":
            for name, when in self.sqlite.items():
                yield (
                    f"CREATE TRIGGER IF NOT EXISTS {name} {when} "
                    f"BEGIN SELECT RAISE(ABORT, '{self.refusal}'); END"
                )
        elif vendor == "postgresql":
            yield self._function(f"{self.name}_refuse", "")
            for name, when in self.postgresql.items():
                yield self._trigger(name, when, f"{self.name}_refuse")
            for name, (when, unless) in self.postgresql_unless.items():
                yield self._function(f"{name}_or_refuse", f"IF {unless} THEN RETURN NEW; END IF; ")
                yield self._trigger(name, when, f"{name}_or_refuse")
        else:
            raise RuntimeError(f"There are no triggers for {vendor}: use SQLite or PostgreSQL.")

    def _dropping(self, vendor: str) -> Iterator[str]:
        if vendor == "sqlite":
            for name in self.sqlite:
                yield f"DROP TRIGGER IF EXISTS {name}"
        else:
            conditional = {name: when for name, (when, _) in self.postgresql_unless.items()}
            for name, when in {**self.postgresql, **conditional}.items():
                table = when.partition(" ON ")[2].split()[0]
                yield f"DROP TRIGGER IF EXISTS {name} ON {table}"

    def _function(self, name: str, first: str) -> str:
        return (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"{first}RAISE EXCEPTION '{self.refusal}' USING ERRCODE = 'restrict_violation'; END $$"
        )

    @staticmethod
    def _trigger(name: str, when: str, function: str) -> str:
        return f"CREATE OR REPLACE TRIGGER {name} {when} EXECUTE FUNCTION {function}()"
