"""Killed in the middle of submitting: what is found afterwards is nothing, or the whole of it."""

import hashlib
import json
import os
import random
import signal
import time
from collections.abc import Callable

import pytest
from django.db import connection, connections

from compliance.assessments.models import Assessment, SignOff, Submission
from compliance.assessments.submissions.content import canonical, digest
from compliance.assessments.submissions.freezing import submit
from compliance.assessments.submissions.numbers import is_number
from compliance.audit.actions import Action
from compliance.audit.models import Event
from compliance.audit.verifying import Verification
from compliance.lifecycle import Status
from tests.submissions.world import World, approved, finished

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.drill]

POINTS = 10
TIMES = 20


def statements_of(do: Callable[[], object]) -> int:
    """Return how many statements it sends to the database."""
    count = 0

    def counting(execute, *args):
        nonlocal count
        count += 1
        return execute(*args)

    with connection.execute_wrapper(counting):
        do()
    return count


def child(sign_off, world, point, pipe):
    """Submit, and say so before the statement at this point, or when all is done."""
    sent = 0

    def saying(execute, *args):
        nonlocal sent
        if sent == point:
            os.write(pipe, b".")
            time.sleep(0.001)  # the killer may need a moment, or come a little later
        sent += 1
        return execute(*args)

    with connection.execute_wrapper(saying):
        submit(sign_off, world.officer)
    os.write(pipe, b".")
    time.sleep(0.001)


def killed_while_submitting(sign_off, world, point):
    """Let a process submit, and kill it with SIGKILL about at this point."""
    connections.close_all()
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            child(sign_off, world, point, writing)
        finally:
            os._exit(0)
    os.close(writing)
    os.read(reading, 1)
    time.sleep(random.uniform(0, 0.002))
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(reading)


def whole_or_nothing(world) -> bool:
    """Return whether it was submitted; fail where it was by half."""
    assessment = Assessment.objects.get(pk=world.assessment.pk)
    sign_off = SignOff.objects.get(assessment=assessment)
    found = list(Submission.objects.filter(assessment=assessment))
    events = Event.objects.filter(chain_id=assessment.pk, action=Action.SUBMITTED)
    assert not list(Verification(assessment.pk).faults())
    if not found:
        assert assessment.status == Status.AWAITING_SIGNATURE
        assert (sign_off.state, sign_off.submission) == ("approved", None)
        assert not events.exists()
        return False
    (submission,) = found
    document = json.loads(submission.document)
    assert assessment.status == Status.SUBMITTED
    assert (sign_off.state, sign_off.submission) == ("submitted", submission)
    assert is_number(submission.number)
    assert document["number"] == submission.number
    assert canonical(document).decode() == submission.document
    assert hashlib.sha256(submission.document.encode()).hexdigest() == submission.sha256
    assert digest(document["content"]) == sign_off.content_sha256
    assert [event.details["sha256"] for event in events] == [submission.sha256]
    return True


@pytest.fixture(scope="module")
def statements():
    return {}


@pytest.mark.parametrize("point", range(POINTS))
def test_a_killed_submit_leaves_nothing_or_the_whole(point, statements):
    if "all" not in statements:
        world = World()
        sign_off = approved(world)
        statements["all"] = statements_of(lambda: submit(sign_off, world.officer))
    at = round(point * statements["all"] / (POINTS - 1))
    done, world = 0, World()
    for _ in range(TIMES):
        world.assessment = finished(world.company, world.colleague, world.assessment.version)
        sign_off = approved(world)
        killed_while_submitting(sign_off, world, at)
        done += whole_or_nothing(world)
        # Nothing that the killed one left behind keeps anyone from submitting.
        assert submit(sign_off, world.officer).is_current
        assert whole_or_nothing(world)
    assert point > 0 or done == 0
