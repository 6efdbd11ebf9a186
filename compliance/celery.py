"""The worker: `celery --app compliance.celery worker`. Only with CELERY_BROKER_URL."""

import os

from celery import Celery
from django.conf import settings

from compliance import background

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "compliance.settings")

app = Celery("ziping", broker=settings.CELERY_BROKER_URL)
app.conf.update(
    accept_content=["json"],
    task_serializer="json",
    task_ignore_result=True,
    # A job that was begun by a worker that died is done by another.
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_default_queue="ziping",
    task_time_limit=300,
    # A request does not wait long for a broker that is away: the job is then done there.
    task_publish_retry_policy={"max_retries": 1, "interval_start": 0.1},
    broker_transport_options={"socket_timeout": 5, "confirm_publish": True},
    broker_connection_timeout=2,
    broker_connection_retry_on_startup=True,
    worker_hijack_root_logger=False,
    timezone=settings.TIME_ZONE,
)


@app.task(  # type: ignore[untyped-decorator]
    name="ziping.run_job",
    autoretry_for=(Exception,),
    dont_autoretry_for=(LookupError,),
    retry_backoff=10,
    max_retries=3,
)
def run_job(path: str, text: str) -> None:
    """Do one job of `background.later`; try again three times, each after a longer pause."""
    background.run(path, text)
