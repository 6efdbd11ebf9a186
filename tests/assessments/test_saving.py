"""What people enter is stored once, and two of them never overwrite each other unseen."""

import threading

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import connections

from compliance.assessments.changes import Outcome
from compliance.assessments.models import (
    Answer,
    ConflictingAnswer,
    ConflictingClaim,
    NotApplicableClaim,
)
from compliance.assessments.revisions import content_of, seen
from compliance.assessments.saving import choose, store
from questionnaires.forms import Entry
from tests.cast import make_answer, make_assessment, make_subject, make_user

pytestmark = pytest.mark.django_db

EMPTY = str(seen("answer", None))


def says(value, comment="", token=EMPTY, question="users", typed=None):
    said = {"value": value, "typed": typed, "comment": comment, "trade_secret": False}
    return Entry("answer", question, token, said)


def claims(claimed, justification, token):
    return Entry("claim", "consent", token, {"claimed": claimed, "justification": justification})


def test_a_first_answer_is_stored(assessment, cast):
    outcome, token = store(assessment, says(3, "约数"), cast.colleague)
    row = Answer.objects.get()
    assert outcome is Outcome.SAVED
    assert (row.value, row.typed, row.comment, row.revision) == (3, None, "约数", 1)
    assert row.by == cast.colleague
    assert token == seen("answer", row)


def test_an_empty_page_stores_nothing(assessment, cast):
    assert store(assessment, says(None), cast.colleague)[0] is Outcome.UNCHANGED
    assert not Answer.objects.exists()


def test_a_change_raises_the_revision_and_names_who_made_it(assessment, cast):
    _, token = store(assessment, says(3), cast.officer)
    outcome, _ = store(assessment, says(4, token=str(token)), cast.colleague)
    row = Answer.objects.get()
    assert outcome is Outcome.SAVED
    assert (row.value, row.revision, row.by) == (4, 2, cast.colleague)


def test_what_was_not_changed_is_not_written_again(assessment, cast, django_assert_num_queries):
    _, token = store(assessment, says(3), cast.officer)
    with django_assert_num_queries(0):
        outcome, _ = store(assessment, says(3, token=str(token)), cast.colleague)
    assert outcome is Outcome.UNCHANGED
    assert Answer.objects.get().by == cast.officer


@pytest.mark.parametrize(
    "value", [None, "", 0, "1/3", [], ["a"], {"numerator": 0, "denominator": 0}], ids=repr
)
def test_every_value_and_what_was_typed_come_back_as_they_were(assessment, cast, value):
    store(assessment, says(value, "x"), cast.officer)
    store(assessment, says(None, "x", question="minors", typed=value), cast.officer)
    rows = {row.question: row for row in Answer.objects.all()}
    assert rows["users"].value == value
    assert rows["minors"].typed == value
    assert rows["minors"].invalid is (value is not None)


def test_what_is_unreadable_takes_the_place_of_the_answer_and_can_be_mended(assessment, cast):
    _, token = store(assessment, says(3), cast.officer)
    _, token = store(assessment, says(None, typed="drei", token=str(token)), cast.officer)
    assert Answer.objects.get().invalid
    store(assessment, says(5, token=str(token)), cast.officer)
    row = Answer.objects.get()
    assert (row.value, row.typed, row.invalid) == (5, None, False)


def test_a_part_left_out_stays_as_it_is(assessment, cast):
    _, token = store(assessment, says(3, "旧"), cast.officer)
    store(assessment, Entry("answer", "users", str(token), {"comment": "新"}), cast.officer)
    row = Answer.objects.get()
    assert (row.value, row.comment) == (3, "新")


def test_a_change_on_an_outdated_page_is_kept_beside(assessment, cast):
    store(assessment, says(3), cast.officer)
    outcome, token = store(assessment, says(4, "我的"), cast.colleague)
    assert outcome is Outcome.CONFLICT
    assert str(token) == EMPTY
    assert Answer.objects.get().value == 3
    beside = ConflictingAnswer.objects.get()
    assert (beside.value, beside.comment, beside.by) == (4, "我的", cast.colleague)


def test_sending_the_outdated_page_again_adds_nothing(assessment, cast):
    store(assessment, says(3), cast.officer)
    for _ in range(3):
        store(assessment, says(4), cast.colleague)
    assert ConflictingAnswer.objects.count() == 1


def test_an_outdated_page_that_changes_nothing_does_not_conflict(assessment, cast):
    _, token = store(assessment, says(3), cast.officer)
    store(assessment, says(4, token=str(token)), cast.officer)
    assert store(assessment, says(3, token=str(token)), cast.colleague)[0] is Outcome.UNCHANGED
    assert Answer.objects.get().value == 4


def test_two_pages_that_say_the_same_do_not_conflict(assessment, cast):
    _, first = store(assessment, says(3), cast.officer)
    outcome, token = store(assessment, says(3), cast.colleague)
    assert outcome is Outcome.UNCHANGED
    assert token == first


def button(chosen):
    conflict = ConflictingAnswer.objects.get()
    return f"answer.{conflict.pk}.{chosen}.{seen('answer', Answer.objects.get())}"


def test_choosing_the_other_answer(assessment, cast):
    store(assessment, says(3), cast.officer)
    store(assessment, says(4, "我的"), cast.colleague)
    assert choose(assessment, button("other"), cast.colleague)
    row = Answer.objects.get()
    assert (row.value, row.comment, row.revision, row.by) == (4, "我的", 2, cast.colleague)
    assert not ConflictingAnswer.objects.exists()


def test_choosing_the_stored_answer(assessment, cast):
    store(assessment, says(3), cast.officer)
    store(assessment, says(4), cast.colleague)
    assert choose(assessment, button("stored"), cast.colleague)
    assert Answer.objects.get().value == 3
    assert not ConflictingAnswer.objects.exists()


@pytest.mark.parametrize("chosen", ["other", "stored"])
def test_a_choice_on_an_outdated_page_settles_nothing(assessment, cast, chosen):
    _, token = store(assessment, says(3), cast.officer)
    store(assessment, says(4), cast.colleague)
    pressed = button(chosen)
    store(assessment, says(5, token=str(token)), cast.officer)
    assert not choose(assessment, pressed, cast.colleague)
    assert Answer.objects.get().value == 5
    assert ConflictingAnswer.objects.count() == 1


def test_pressing_twice_settles_once(assessment, cast):
    store(assessment, says(3), cast.officer)
    store(assessment, says(4), cast.colleague)
    pressed = button("other")
    assert choose(assessment, pressed, cast.colleague)
    assert choose(assessment, pressed, cast.colleague)
    assert Answer.objects.get().revision == 2


def test_a_conflict_of_another_assessment_is_out_of_reach(assessment, cast):
    store(assessment, says(3), cast.officer)
    store(assessment, says(4), cast.colleague)
    other = make_assessment(make_subject(cast.other_company))
    choose(other, button("other"), cast.stranger)
    assert ConflictingAnswer.objects.count() == 1
    assert Answer.objects.get().value == 3


def test_claims_are_stored_and_conflict_like_answers(assessment, cast):
    token = str(seen("claim", None))
    store(assessment, claims(True, "无真人", token), cast.officer)
    outcome, _ = store(assessment, claims(True, "另有理由", token), cast.colleague)
    assert outcome is Outcome.CONFLICT
    row = NotApplicableClaim.objects.get()
    assert content_of("claim", row) == {"claimed": True, "justification": "无真人"}
    conflict = ConflictingClaim.objects.get()
    assert choose(assessment, f"claim.{conflict.pk}.other.{seen('claim', row)}", cast.officer)
    assert NotApplicableClaim.objects.get().justification == "另有理由"


@pytest.mark.parametrize(
    "token",
    ["", "1", "1.", "x.0123456789abcdef", "-1.0123456789abcdef", "9" * 12 + ".0123456789abcdef"],
)
def test_a_token_that_is_none_is_refused(assessment, cast, token):
    with pytest.raises(SuspiciousOperation):
        store(assessment, says(3, token=token), cast.officer)
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    "choice", ["", "answer", "answer.1.mine.1.x", "thing.1.other.0.0123456789abcdef"]
)
def test_a_choice_that_is_none_is_refused(assessment, cast, choice):
    with pytest.raises(SuspiciousOperation):
        choose(assessment, choice, cast.officer)


def test_a_revision_that_never_was_is_a_conflict_not_an_error(assessment, cast):
    make_answer(assessment, "users", 3)
    outcome, _ = store(assessment, says(4, token="999999999.0123456789abcdef"), cast.officer)
    assert outcome is Outcome.CONFLICT


def test_as_many_queries_whatever_else_is_stored(assessment, cast, django_assert_num_queries):
    for question in ("minors", "assessed", "maturity"):
        make_answer(assessment, question, "no")
    _, token = store(assessment, says(3), cast.officer)
    # Two savepoints; the status, the row and its change; the chain, event, values, the new head.
    with django_assert_num_queries(9):
        store(assessment, says(4, token=str(token)), cast.officer)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("answered_before", [False, True])
def test_of_many_at_once_one_wins_and_the_others_are_kept(answered_before):
    assessment = make_assessment()
    people = [make_user() for _ in range(5)]
    token = EMPTY
    if answered_before:
        token = str(seen("answer", make_answer(assessment, "users", 100)))
    together = threading.Barrier(len(people))
    outcomes = []

    def answer(number, person):
        try:
            together.wait(10)
            outcomes.append(store(assessment, says(number, token=token), person)[0])
        finally:
            connections.close_all()

    threads = [threading.Thread(target=answer, args=pair) for pair in enumerate(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == [Outcome.CONFLICT] * 4 + [Outcome.SAVED]
    stored = Answer.objects.get().value
    beside = set(ConflictingAnswer.objects.values_list("value", flat=True))
    assert beside | {stored} == set(range(5))
