"""Databases of one's own on a real PostgreSQL server, gone afterwards."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg

SERVER = "postgres://postgres@127.0.0.1:5432/postgres"


@contextmanager
def throw_away_databases() -> Iterator[Callable[..., str]]:
    """Yield what makes a database, a copy of another if one is given, and returns its address.

    They lie on the server of DATABASE_URL, or on this machine's. Raises psycopg.OperationalError
    where no server answers there.
    """
    server = urlsplit(os.environ.get("DATABASE_URL") or SERVER)
    made: list[str] = []
    with psycopg.connect(urlunsplit(server), autocommit=True) as admin:

        def make(copied: str = "") -> str:
            name = f"ziping_bench_{os.getpid()}_{len(made)}"
            template = urlsplit(copied).path.removeprefix("/") or "template0"
            admin.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
            made.append(name)
            return urlunsplit(server._replace(path=f"/{name}"))

        try:
            yield make
        finally:
            for name in made:
                admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
