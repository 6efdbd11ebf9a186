"""One world for all the tests of a module: to make it takes longer than to ask it anything."""

import logging
from collections.abc import Callable, Generator
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from compliance import urls
from compliance.reports.pdf import rendering
from tests.access.world import World

QUIET = {"django.request": logging.ERROR, "django.security": logging.CRITICAL}
"""A refusal is no news here; to write each with its traceback takes longer than to refuse."""


@pytest.fixture(scope="module", autouse=True)
def refusals_are_not_written() -> Generator[None]:
    """Let the log have failures only."""
    loggers = {logging.getLogger(name): level for name, level in QUIET.items()}
    before = {logger: logger.level for logger in loggers}
    for logger, level in loggers.items():
        logger.setLevel(level)
    yield
    for logger, level in before.items():
        logger.setLevel(level)


def refused(status: int) -> Callable[..., HttpResponse]:
    """A bare page for a refusal: the site's own takes most of the time that it takes to refuse."""

    def page(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
        return HttpResponse(status=status)

    return page


@pytest.fixture(scope="module", autouse=True)
def pages_are_printed_once() -> Generator[None]:
    """Print for the first visitor of several who ask for the same: the bytes would be the same."""
    printed: dict[str, bytes] = {}

    original = rendering.render

    def render(html: str, *more: Any) -> bytes:
        key = f"{html}{more}"
        if key not in printed:
            printed[key] = original(html, *more)
        return printed[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rendering, "render", render)
        yield


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Generator[World]:
    """Make it in a transaction that is taken back after the module; each test has a savepoint."""
    settings = {  # they all come at once, and by a word
        "ACCOUNT_RATE_LIMITS": False,
        "MFA_RATE_LIMITS": False,
        "REQUIRE_SECOND_FACTOR": "none",
    }
    with (
        django_db_blocker.unblock(),
        override_settings(**settings),
        pytest.MonkeyPatch.context() as patch,
        transaction.atomic(),
    ):
        for status in (403, 404):
            patch.setattr(urls, f"handler{status}", refused(status), raising=False)
        yield World()
        transaction.set_rollback(True)
