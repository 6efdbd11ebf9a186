"""Work that a request does not wait for."""

import logging
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from django.db import transaction

from compliance import background
from tests.cast import make_user

ROOT = Path(__file__).resolve().parents[2]
done = []


@background.job
def note(*args):
    done.append(args)


@background.job
def break_down(_token):
    raise RuntimeError("broken down")


def undeclared():
    done.append("undeclared")


@pytest.fixture(autouse=True)
def nothing_done_yet():
    done.clear()


@pytest.mark.django_db(transaction=True)
def test_a_job_is_done_once_the_transaction_is_committed():
    with transaction.atomic():
        background.later(note, 1, "二", [None, {"a": True}])
        assert done == []
    assert done == [(1, "二", [None, {"a": True}])]


@pytest.mark.django_db(transaction=True)
def test_a_job_is_not_done_where_the_transaction_fails():
    with transaction.atomic():
        background.later(note)
        transaction.set_rollback(True)
    assert done == []


@pytest.mark.django_db(transaction=True)
def test_a_job_that_fails_is_logged_and_the_others_are_done(caplog):
    logging.getLogger("compliance").addHandler(caplog.handler)
    with transaction.atomic():
        background.later(break_down, "let-me-in")
        background.later(note)
    logging.getLogger("compliance").removeHandler(caplog.handler)
    assert done == [()]
    assert "break_down failed." in caplog.text
    assert "let-me-in" not in caplog.text
    assert "RuntimeError: broken down" in caplog.text


@pytest.mark.django_db
def test_mistakes_are_told_where_they_are_made():
    with pytest.raises(ValueError, match=r"undeclared is not declared with @background\.job"):
        background.later(undeclared)
    with pytest.raises(TypeError):
        background.later(note, make_user())


@pytest.mark.parametrize(
    "path",
    [
        "os.system",
        "compliance.background.run",
        "compliance.no_such_module.f",
        f"{__name__}.undeclared",
    ],
)
def test_a_worker_does_declared_jobs_only(path):
    with pytest.raises((LookupError, ImportError)):
        background.run(path, "[]")


@pytest.fixture
def run_with_django(tmp_path):
    """Return what runs code in a process of its own, with a data folder of its own."""
    here = {"DJANGO_SETTINGS_MODULE": "compliance.settings", "ZIPING_DATA_DIR": str(tmp_path)}
    return partial(run, **here, DATABASE_URL="")


def run(code, **environment):
    """Run the code in a process of its own, and return what it printed."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_worker_finds_a_job_that_it_has_not_loaded(run_with_django):
    told = run_with_django(
        "import django; django.setup(); from compliance import background; "
        "background.run('compliance.notices.mailing.mail_notices', '[]')"
    )
    assert "mail_notices() missing 1 required positional argument" in told.stderr


def test_celery_is_not_loaded_where_nobody_uses_it(run_with_django):
    told = run_with_django(
        "import django; django.setup(); import compliance.urls, sys; print('celery' in sys.modules)"
    )
    assert (told.stdout, told.stderr) == ("False\n", "")


def test_a_broker_that_is_away_delays_a_job_by_seconds_and_loses_none(run_with_django):
    code = """
import django, time
django.setup()
from compliance import background
note = background.job(lambda word: print(word))
began = time.monotonic()
background.later(note, "done here")
print(time.monotonic() - began < 30)
"""
    told = run_with_django(code, CELERY_BROKER_URL="amqp://127.0.0.1:1//")
    assert told.stdout == "done here\nTrue\n"
    assert "The broker does not take it" in told.stderr
