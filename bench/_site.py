"""A site to measure: an empty database of its own, and people and assessments to put into it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def site(database_url: str = "") -> Iterator[None]:
    """Set Django up on a database that is made and migrated; SQLite unless an address is given.

    Only once in a process. What is kept in files is gone afterwards.
    """
    with tempfile.TemporaryDirectory(prefix="ziping-bench-") as folder:
        os.environ |= {
            "ZIPING_DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "compliance.settings",
            "DATABASE_URL": database_url or f"sqlite:///{folder}/bench.sqlite3",
            "DEBUG": "0",
            "LOG_LEVEL": "ERROR",
        }
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        yield
        from django.db import connections

        connections.close_all()
