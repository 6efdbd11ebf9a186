"""gunicorn with two workers, and eight clients that send it one request after the other."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Protocol

WORKERS = 2
CLIENTS = 8
PATIENCE = 30.0
"""Seconds in which the server has to answer first, and each request after that."""


class Client(Protocol):
    """One client: what it sends next, and what it learns from the answer."""

    def request(self) -> tuple[str, bytes, Mapping[str, str]]:
        """Return the path, body and headers of the next request."""

    def answered(self, status: int, body: bytes) -> None:
        """Take the answer in; raise where it is not what was asked for."""


@dataclass(frozen=True)
class Server:
    """A gunicorn that runs."""

    port: int
    group: int

    @property
    def processor_time(self) -> float:
        """The seconds that its processes have computed so far."""
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:  # a process that has just ended
                continue
            if int(fields[2]) == self.group:
                ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(database_url: str, application: str = "") -> Iterator[Server]:
    """Serve the site, or another application, as an installation does."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    environment = {"PORT": str(port), "WEB_CONCURRENCY": str(WORKERS), "DATABASE_URL": database_url}
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
    server = subprocess.Popen(
        [*command, *([application] if application else [])],
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait_for(port, server)
        yield Server(port, server.pid)
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("gunicorn did not start.")


def rate(server: Server, clients: Sequence[Client], seconds: float) -> float:
    """Return how many requests a second all clients together got answered."""
    counts = [0] * len(clients)
    failures: list[Exception] = []
    start = threading.Barrier(len(clients) + 1)

    def run(number: int, client: Client) -> None:
        connection = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        start.wait()
        until = time.monotonic() + seconds
        try:
            while time.monotonic() < until:
                path, body, headers = client.request()
                connection.request("POST", path, body, dict(headers))
                answer = connection.getresponse()
                client.answered(answer.status, answer.read())
                counts[number] += 1
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair, daemon=True) for pair in enumerate(clients)]
    for thread in threads:
        thread.start()
    start.wait()
    started = time.monotonic()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return sum(counts) / (time.monotonic() - started)
