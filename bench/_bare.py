"""The least that saving can cost: one row updated through the ORM, and nothing else.

Served by the same gunicorn; the row's number is the request's body.
"""

from collections.abc import Callable, Iterable
from typing import Any

import django
from django.db.models import F

django.setup()

from compliance.assessments.models import Answer  # noqa: E402


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Update the row and say so."""
    row = int(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
    done = Answer.objects.filter(pk=row).update(revision=F("revision") + 1)
    start_response("200 OK", [("Content-Length", "2"), ("Content-Type", "text/plain")])
    return [b"ok" if done else b"no"]
