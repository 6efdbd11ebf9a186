"""A real worker behind a real RabbitMQ does what requests leave to it."""

import datetime as dt
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils import timezone
from kombu import pools

from compliance.celery import app
from compliance.notices.events import Event
from compliance.notices.models import Notice
from compliance.notices.sending import notify
from tests.cast import make_user

pytestmark = [pytest.mark.server, pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).resolve().parents[2]
BROKER = os.environ.get("RABBITMQ_URL", "amqp://guest:guest@127.0.0.1:5672//")


def database_url():
    """Return the address of the test's database, for another process."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    host = f"{found['USER']}:{found['PASSWORD']}@{found['HOST']}:{found['PORT'] or 5432}"
    return f"postgres://{host}/{found['NAME']}"


@pytest.fixture
def queue(settings):
    """A queue of this test alone, into which the site puts its jobs."""
    settings.CELERY_BROKER_URL = BROKER
    name = f"ziping-test-{os.getpid()}-{time.monotonic_ns()}"
    before = app.conf.task_default_queue, app.conf.broker_url
    app.conf.update(task_default_queue=name, broker_url=BROKER)
    forget_connections()
    yield name
    with app.connection_for_write(BROKER) as broker:
        broker.default_channel.queue_delete(name)
    app.conf.task_default_queue, app.conf.broker_url = before
    forget_connections()


def forget_connections():
    """Let the site look at its settings of the broker again: it keeps what it has opened."""
    pools.reset()
    app._pool = None
    vars(app).pop("amqp", None)


@pytest.fixture
def start_worker(queue, tmp_path):
    """Return what starts a worker on the test's database, whose e-mail goes to files."""
    workers = []
    log = (tmp_path / "worker.log").open("w")

    def start(**environment):
        settings = {
            "CELERY_BROKER_URL": BROKER,
            "DATABASE_URL": database_url(),
            "ZIPING_DATA_DIR": str(tmp_path),
            "EMAIL_HOST": "",
        }
        arguments = (
            *("--app", "compliance.celery", "worker", "--pool", "solo", "--queues", queue),
            *("--hostname", f"{queue}-{len(workers)}", "--without-gossip", "--without-mingle"),
        )
        worker = subprocess.Popen(
            [sys.executable, "-m", "celery", *arguments],
            cwd=ROOT,
            env=os.environ | settings | environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        workers.append(worker)
        return worker

    yield start
    for worker in workers:
        worker.terminate()
        worker.wait(timeout=20)
    log.close()
    print((tmp_path / "worker.log").read_text())


def tell():
    with transaction.atomic():
        (notice,) = notify(Event.CAMPAIGN_OVERDUE, [make_user()], about="专项", url="/")
    return notice


def wait_until(notice, field):
    """Wait for a worker to write the field of the notice."""
    until = time.monotonic() + 60
    while getattr(notice, field) is None and time.monotonic() < until:
        time.sleep(0.1)
        notice.refresh_from_db()
    assert getattr(notice, field) is not None


def test_a_worker_mails_a_notice(start_worker, tmp_path):
    start_worker()
    notice = tell()
    assert notice.mailed_at is None
    wait_until(notice, "mailed_at")
    (written,) = (tmp_path / "mail").iterdir()
    assert "Content-Type: text/plain" in written.read_text()


def test_a_job_waits_for_a_worker(start_worker):
    notice = tell()
    start_worker()
    wait_until(notice, "mailed_at")


def test_what_a_worker_had_begun_when_it_was_killed_is_done_by_another(start_worker):
    with socket.create_server(("127.0.0.1", 0)) as silent:  # a mail server that never answers
        port = str(silent.getsockname()[1])
        worker = start_worker(EMAIL_HOST="127.0.0.1", EMAIL_PORT=port, EMAIL_USE_TLS="0")
        notice = tell()
        wait_until(notice, "tried_at")
        worker.kill()
        worker.wait()
    assert notice.mailed_at is None
    # As if ten minutes had passed: until then it might still be on its way.
    Notice.objects.update(tried_at=timezone.now() - dt.timedelta(hours=1))
    start_worker()
    wait_until(notice, "mailed_at")
