"""Every change of an answer is recorded with it, and none comes after the assessment was closed."""

import threading

import pytest
from django.db import connections, transaction

from compliance.assessments.changes import Outcome, TooLate
from compliance.assessments.models import Answer, ConflictingAnswer
from compliance.assessments.moving import move
from compliance.assessments.revisions import content_of, seen
from compliance.assessments.saving import choose, store, store_all
from compliance.audit.actions import Action
from compliance.audit.models import Event
from compliance.audit.verifying import Verification
from compliance.lifecycle import OPEN_FOR_ANSWERS, Status, Step
from questionnaires.forms import Entry
from tests.cast import Cast, make_answer, make_assessment, make_subject

pytestmark = pytest.mark.django_db

EMPTY = str(seen("answer", None))


def says(value, comment="", token=EMPTY, question="users"):
    return Entry(
        "answer", question, str(token), {"value": value, "typed": None, "comment": comment}
    )


def recorded(assessment):
    """What the record says of the assessment: action, key, old, new."""
    events = Event.objects.filter(chain=assessment.pk).select_related("value")
    return [(event.action, event.key, event.value.old, event.value.new) for event in events]


def test_an_answer_is_recorded_with_what_it_was(cast, assessment):
    _, token = store(assessment, says(3, "三"), cast.officer)
    _, token = store(assessment, says(4, "三", token), cast.colleague)
    store(assessment, says(4, "三", token), cast.officer)
    assert recorded(assessment) == [
        ("answer_changed", "users", {"value": None, "comment": ""}, {"value": 3, "comment": "三"}),
        ("answer_changed", "users", {"value": 3}, {"value": 4}),
    ]
    first, second = Event.objects.select_related("value")
    assert (first.actor, second.actor) == (cast.officer.pk, cast.colleague.pk)
    assert second.value.actor_name == str(cast.colleague)
    assert (second.about, second.about_id) == (
        "assessments.answer",
        str(Answer.objects.get().pk),
    )
    assert second.details == {"revision": 2}


def test_a_claim_is_recorded(cast, assessment):
    content = {"claimed": True, "justification": "没有用户"}
    store(assessment, Entry("claim", "consent", str(seen("claim", None)), content), cast.officer)
    assert recorded(assessment) == [
        (
            "claim_changed",
            "consent",
            {"claimed": False, "justification": ""},
            {"claimed": True, "justification": "没有用户"},
        )
    ]


def test_what_met_a_newer_answer_is_recorded_once(cast, assessment):
    store(assessment, says(3), cast.officer)
    for _ in range(2):
        store(assessment, says(5), cast.colleague)
    assert recorded(assessment)[1:] == [("conflict_kept", "users", {"value": None}, {"value": 5})]


@pytest.mark.parametrize("chosen", ["other", "stored"])
def test_a_choice_is_recorded_with_what_was_dropped(cast, assessment, chosen):
    store(assessment, says(3), cast.officer)
    store(assessment, says(5), cast.colleague)
    conflict = ConflictingAnswer.objects.get()
    token = seen("answer", Answer.objects.get())
    assert choose(assessment, f"answer.{conflict.pk}.{chosen}.{token}", cast.officer)
    *changed, settled = recorded(assessment)[2:]
    assert settled == ("conflict_settled", "users", {"value": 5}, {"value": None})
    expected = [("answer_changed", "users", {"value": 3}, {"value": 5})]
    assert changed == (expected if chosen == "other" else [])
    assert Event.objects.last().details == {"chosen": chosen, "by": str(cast.colleague.pk)}
    assert list(Verification().faults()) == []


def test_a_page_says_where_its_answers_come_from(cast, assessment):
    store_all(assessment, [says(3)], cast.officer, {"workbook": "7"})
    assert Event.objects.get().details == {"revision": 1, "workbook": "7"}


def test_a_page_costs_a_write_for_each_answer_and_no_more(
    cast, assessment, django_assert_num_queries
):
    store(assessment, says(1, question="maturity"), cast.officer)
    two = [says(3), says("yes", question="minors")]
    three = [says(4, token=seen("answer", None), question=f"q{number}") for number in range(3)]
    with django_assert_num_queries(10):
        store_all(assessment, two, cast.officer)
    with django_assert_num_queries(11):
        store_all(assessment, three, cast.officer)


@pytest.mark.parametrize("status", [status for status in Status if status not in OPEN_FOR_ANSWERS])
def test_an_answer_after_the_assessment_was_closed_is_too_late(cast, assessment, status):
    _, token = store(assessment, says(3), cast.officer)
    type(assessment).objects.update(status=status)
    for change in (
        lambda: store(assessment, says(4, token=token), cast.officer),
        lambda: store_all(assessment, [says(4, token=token)], cast.officer),
        lambda: choose(assessment, f"answer.1.other.{token}", cast.officer),
    ):
        with pytest.raises(TooLate):
            change()
    assert assessment.status == status
    assert Answer.objects.get().value == 3
    assert len(recorded(assessment)) == 1


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_meets_a_step_waits_and_is_then_too_late():
    cast = Cast()
    assessment = make_assessment(make_subject(cast.company), created_by=cast.officer)
    make_answer(assessment, "users", 3)
    token = seen("answer", Answer.objects.get())
    stepping, outcomes = threading.Event(), []

    def answer():
        stepping.wait()
        try:
            fresh = type(assessment).objects.get(pk=assessment.pk)
            outcomes.append(store(fresh, says(4, token=token), cast.officer)[0])
        except TooLate as late:
            outcomes.append(late)
        finally:
            connections.close_all()

    thread = threading.Thread(target=answer)
    thread.start()
    with transaction.atomic():
        move(assessment, Step.FINISH)
        stepping.set()
        thread.join(0.3)
        assert outcomes == []
    thread.join()
    assert [type(outcome) for outcome in outcomes] == [TooLate]
    assert Answer.objects.get().value == 3


@pytest.mark.django_db(transaction=True)
def test_a_step_waits_for_the_answer_that_was_first():
    cast = Cast()
    assessment = make_assessment(make_subject(cast.company), created_by=cast.officer)
    stored, seen_at_the_step = threading.Event(), []

    def finish():
        stored.wait()
        try:
            with transaction.atomic():
                move(type(assessment).objects.get(pk=assessment.pk), Step.FINISH)
                seen_at_the_step.extend(Answer.objects.values_list("value", flat=True))
        finally:
            connections.close_all()

    thread = threading.Thread(target=finish)
    thread.start()
    with transaction.atomic():
        assert store(assessment, says(4), cast.officer)[0] is Outcome.SAVED
        stored.set()
        thread.join(0.3)
    thread.join()
    assert seen_at_the_step == [4]
    assert content_of("answer", Answer.objects.get())["value"] == 4
    assert Event.objects.get().action == Action.ANSWER_CHANGED
