"""The table of transitions: a step in a status leads where the table says, or is refused."""

import pytest
from django.db import transaction
from django.test import RequestFactory

from compliance import lifecycle
from compliance.assessments.moving import lock, move
from compliance.failures import ConflictPages
from compliance.lifecycle import TRANSITIONS, NotAllowed, Status, Step
from tests.cast import make_assessment


def test_every_step_leads_somewhere_and_every_status_is_reached():
    assert set(TRANSITIONS) == set(Step)
    reached = {after for table in TRANSITIONS.values() for after in table.values()}
    assert reached == set(Status)  # a draft, too, is reached: it is taken up again


def test_what_has_ended_is_only_archived():
    for status in lifecycle.ENDED:
        leaving = {step for step, table in TRANSITIONS.items() if status in table}
        assert leaving <= {Step.ARCHIVE}, status


def test_recalled_from_signature_it_is_returned_again_where_it_was_submitted_before():
    assert lifecycle.after(Step.RECALL, Status.AWAITING_SIGNATURE) == Status.FINISHED
    assert lifecycle.after(Step.RECALL, Status.AWAITING_SIGNATURE, round_=2) == Status.RETURNED


@pytest.mark.django_db
@pytest.mark.parametrize("step", Step)
def test_a_step_is_taken_or_refused_as_the_table_says(step):
    for status in Status:
        assessment = make_assessment(status=status)
        with transaction.atomic():
            if status in TRANSITIONS[step]:
                assert move(assessment, step) == status
            else:
                with pytest.raises(NotAllowed):
                    move(assessment, step)
        assessment.refresh_from_db()
        assert assessment.status == TRANSITIONS[step].get(status, status)


@pytest.mark.django_db
def test_the_status_in_the_database_counts_not_the_one_read_before():
    assessment = make_assessment()
    type(assessment).objects.update(status=Status.SUBMITTED)
    with transaction.atomic(), pytest.raises(NotAllowed):
        move(assessment, Step.FINISH)
    with transaction.atomic():
        assert lock(assessment).status == Status.SUBMITTED


@pytest.mark.django_db(transaction=True)
def test_a_lock_without_a_transaction_is_refused():
    with pytest.raises(RuntimeError):
        lock(make_assessment())


@pytest.mark.parametrize("accepts", ["text/html", "application/json"])
def test_a_step_that_is_not_allowed_is_a_409_with_the_reason(accepts, rf: RequestFactory):
    error = NotAllowed(Step.SUBMIT, Status.PASSED)
    answer = ConflictPages(lambda request: None).process_exception(
        rf.get("/", headers={"accept": accepts}), error
    )
    assert answer.status_code == 409
    text = (
        answer.content.decode().encode().decode("unicode_escape")
        if "json" in accepts
        else answer.content.decode()
    )
    assert "核查通过" in text


def test_other_failures_are_not_taken_for_conflicts(rf: RequestFactory):
    pages = ConflictPages(lambda request: None)
    assert pages.process_exception(rf.get("/"), ValueError()) is None
