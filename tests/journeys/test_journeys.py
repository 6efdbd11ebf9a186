"""Whatever people do in whatever order: no state that the table does not have, and nothing lost."""

import logging
from collections.abc import Iterator

import hypothesis
import pytest
from django.template.backends.django import Template
from hypothesis.stateful import run_state_machine_as_test

from compliance.lifecycle import Status
from compliance.reviews.models import Decision
from tests.journeys.machine import Journey
from tests.journeys.regulator import Guided
from tests.journeys.stage import Stage

pytestmark = pytest.mark.django_db

STARTS = [
    Status.DRAFT,
    Status.AWAITING_SIGNATURE,
    Status.SUBMITTED,
    Status.UNDER_REVIEW,
    Status.RETURNED,
    Status.REMEDIATION_DEMANDED,
    Status.REPORTED,
    Status.CLOSED,
]
STEPS = 10


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest.fixture
def empty_pages(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Leave pages and logs empty: what they say is for other tests, and takes most of the time."""
    monkeypatch.setattr(Template, "render", lambda *args, **kwargs: "")
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


def travel(stage: Stage, start: Status, journeys: int) -> None:
    """Try so many journeys that begin in this status."""
    guide = Guided(stage)
    if start == Status.RETURNED:
        guide.go_on_until(start, decision=Decision.RETURN)
    elif start in (Status.REMEDIATION_DEMANDED, Status.REPORTED, Status.CLOSED):
        guide.go_on_until(Status.REMEDIATION_DEMANDED)
        guide.furnish()
    guide.go_on_until(start)
    guide.check()
    run_state_machine_as_test(
        lambda: Journey(guide),
        settings=hypothesis.settings(max_examples=journeys, stateful_step_count=STEPS),
    )


@pytest.mark.parametrize("start", STARTS)
def test_some_journeys(stage: Stage, empty_pages: None, start: Status) -> None:
    travel(stage, start, 3)


@pytest.mark.drill
@pytest.mark.parametrize("start", STARTS)
def test_two_thousand_journeys(stage: Stage, empty_pages: None, start: Status) -> None:
    travel(stage, start, 2000 // len(STARTS))
