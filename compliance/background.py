"""Work that a request need not wait for: after its transaction, here or in a worker.

    @background.job
    def send(notice_id: str) -> None: ...

    background.later(send, str(notice.pk))

Without a broker the job runs in the same process as soon as the transaction is committed. With
CELERY_BROKER_URL it goes to a worker (`celery --app compliance.celery worker`); where the broker
does not take it, it is done here after all. A worker may do a job twice: a job must bear that.
"""

import json
import logging
from collections.abc import Callable
from importlib import import_module
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction

log = logging.getLogger(__name__)
jobs: dict[str, Callable[..., object]] = {}
Job = TypeVar("Job", bound=Callable[..., object])


def job(function: Job) -> Job:
    """Declare a function of a module that may be done later, and by a worker."""
    jobs[path_of(function)] = function
    return function


def path_of(function: Callable[..., object]) -> str:
    """Return the dotted path by which workers know the function."""
    return f"{function.__module__}.{function.__qualname__}"


def later(function: Callable[..., object], *args: Any) -> None:
    """Call the job with these arguments once the transaction is committed, if it is.

    The arguments are what JSON can hold: ids, not rows. A job that fails is logged; the request
    that asked for it never notices.
    """
    path = path_of(function)
    if jobs.get(path) is not function:
        raise ValueError(f"{path} is not declared with @background.job.")
    text = json.dumps(args)  # raises TypeError here, where the mistake is, not in the worker
    transaction.on_commit(lambda: _hand_over(path, text), robust=True)


def run(path: str, text: str) -> None:
    """Do the job at this path with the arguments that JSON names; what it raises goes on.

    Raises LookupError for anything else than a declared job of the site: what comes from a broker
    must not be able to call any function there is.
    """
    if path not in jobs and path.startswith("compliance."):
        import_module(path.rpartition(".")[0])
    if path not in jobs:
        raise LookupError(f"{path} is not a job of this site.")
    jobs[path](*json.loads(text))


def _hand_over(path: str, text: str) -> None:
    if settings.CELERY_BROKER_URL:
        from compliance.celery import run_job  # Celery is not loaded where nobody uses it

        try:
            run_job.delay(path, text)
        except Exception:
            log.warning("The broker does not take it: %s is done here.", path, exc_info=True)
        else:
            return
    try:
        run(path, text)
    except Exception:
        log.exception("%s failed.", path)  # the arguments may hold what no log should
