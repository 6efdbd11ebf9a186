"""Conditions: three-valued truth, and what they do to questions, criteria and scores."""

from fractions import Fraction
from typing import Any

import pytest
from pydantic import TypeAdapter

from questionnaires.conditions import NOT_ASKED, TIER, Condition, Truth
from questionnaires.conditions import test_of as evaluator
from questionnaires.document import Questionnaire
from questionnaires.questions import Proportion
from questionnaires.scoring import Asked, Status
from tests.questionnaires.build import (
    Raw,
    asking,
    criterion,
    multiple,
    questionnaire,
    score,
    single,
    yes_no,
)

T: Raw = {"question": "t", "is": "yes"}
F: Raw = {"question": "f", "is": "yes"}
U: Raw = {"question": "u", "is": "yes"}
KNOWN = {"t": "yes", "f": "no"}


def truth(condition: Raw, known: dict[str, Any]) -> Truth:
    adapter: TypeAdapter[Condition] = TypeAdapter(Condition)
    return evaluator(adapter.validate_python(condition))(known)


@pytest.mark.parametrize(
    ("parts", "all_hold", "one_holds"),
    [
        ([T], True, True),
        ([F], False, False),
        ([U], None, None),
        ([T, T], True, True),
        ([T, F], False, True),
        ([T, U], None, True),
        ([F, F], False, False),
        ([F, U], False, None),
        ([U, U], None, None),
        ([U, F, T], False, True),
    ],
)
def test_all_and_any_follow_kleenes_tables(
    parts: list[Raw], all_hold: Truth, one_holds: Truth
) -> None:
    for order in (parts, parts[::-1]):
        assert truth({"all": order}, KNOWN) is all_hold
        assert truth({"any": order}, KNOWN) is one_holds


@pytest.mark.parametrize(("part", "opposite"), [(T, False), (F, True), (U, None)])
def test_not_turns_certainty_round_and_leaves_doubt(part: Raw, opposite: Truth) -> None:
    assert truth({"not": part}, KNOWN) is opposite
    assert truth({"not": {"not": part}}, KNOWN) is truth(part, KNOWN)


@pytest.mark.parametrize(
    ("leaf", "value", "expected"),
    [
        ({"is": "a"}, "a", True),
        ({"is": "a"}, "b", False),
        ({"is": "a"}, ("a", "b"), True),
        ({"is": "a"}, ("b",), False),
        ({"is": 3}, 3, True),
        ({"is": 3}, 2, False),
        ({"in": ["a", "b"]}, "b", True),
        ({"in": ["a", "b"]}, ("c", "b"), True),
        ({"in": ["a", "b"]}, "c", False),
        ({"in": [4, 5]}, 5, True),
        ({"in": [4, 5]}, 3, False),
        ({"at_least": 3}, 3, True),
        ({"at_least": 3}, 2, False),
        ({"at_least": "2.5"}, Fraction(5, 2), True),
        ({"at_least": "2.5"}, Fraction(2), False),
        ({"at_least": "0.5"}, Proportion(Fraction(1), Fraction(2)), True),
        ({"at_least": "0.5"}, Proportion(Fraction(1), Fraction(3)), False),
        ({"at_least": 0}, Proportion(Fraction(0), Fraction(0)), False),
    ],
)
def test_a_leaf_looks_at_one_answer(leaf: Raw, value: Any, expected: Truth) -> None:
    condition = {"question": "q"} | leaf
    assert truth(condition, {"q": value}) is expected
    assert truth(condition, {}) is None
    assert truth(condition, {"q": None}) is None
    assert truth(condition, {"q": NOT_ASKED}) is False
    assert truth({"not": condition}, {"q": NOT_ASKED}) is True


def test_a_tier_is_undetermined_until_scoping_settles_it() -> None:
    assert truth({"tier": "key"}, {TIER: "key"}) is True
    assert truth({"tier": "key"}, {TIER: "general"}) is False
    assert truth({"tier": "key"}, {TIER: None}) is None


FOLLOW_UP = {"ask_if": {"question": "plan", "is": "yes"}}


def with_follow_up(**more: Any) -> Questionnaire:
    return questionnaire(criterion("c", yes_no("plan"), single("review", **FOLLOW_UP | more)))


def test_a_follow_up_that_a_scored_answer_hides_counts_0() -> None:
    found = score(with_follow_up(), {"plan": "no"})
    assert found.asked["review"] is Asked.BY_ANSWER
    assert found.score == 0
    other = score(with_follow_up(ask_if={"question": "plan", "is": "no"}), {"plan": "yes"})
    assert other.score == 50, "the hidden half counts 0"


def test_a_follow_up_may_say_that_it_is_left_out() -> None:
    asked = with_follow_up(ask_if={"question": "plan", "is": "no"}, if_hidden="leave_out")
    found = score(asked, {"plan": "yes"})
    assert found.asked["review"] is Asked.BY_ANSWER
    assert found.score == 100


def test_a_follow_up_waits_undetermined_for_its_answer() -> None:
    found = score(with_follow_up(), {"review": "full"})
    assert found.asked["review"] is Asked.UNDETERMINED
    assert found.score == 0
    assert found.missing == ["plan"]
    assert found.standings["c"].status is Status.UNANSWERED


def test_an_answer_hidden_by_a_condition_never_counts_and_is_back_when_shown_again() -> None:
    hidden = score(with_follow_up(), {"plan": "no", "review": "full"})
    assert hidden.score == 0
    assert hidden.sheet.values["review"] == "full", "it is kept"
    assert score(with_follow_up(), {"plan": "yes", "review": "full"}).score == 100


def test_a_question_behind_a_hidden_question_is_hidden_too() -> None:
    asked = questionnaire(
        criterion(
            "c",
            yes_no("plan"),
            yes_no("review", ask_if={"question": "plan", "is": "yes"}),
            yes_no("minutes", ask_if={"question": "review", "is": "yes"}),
        )
    )
    found = score(asked, {"plan": "no", "review": "yes", "minutes": "yes"})
    assert found.asked["minutes"] is Asked.BY_ANSWER
    assert found.score == 0


SCOPE = [yes_no("minors", None)]
MINORS = {"question": "minors", "is": "yes"}


def test_what_scoping_hides_does_not_count() -> None:
    asked = questionnaire(criterion("c", yes_no("a"), yes_no("b", ask_if=MINORS)), scoping=SCOPE)
    found = score(asked, {"minors": "no", "a": "yes"})
    assert found.asked["b"] is Asked.BY_SCOPE
    assert found.score == 100


def test_what_scoping_hides_does_not_count_even_where_a_scored_answer_would_hide_it_too() -> None:
    both = {"all": [MINORS, {"question": "a", "is": "yes"}]}
    asked = questionnaire(criterion("c", yes_no("a"), yes_no("b", ask_if=both)), scoping=SCOPE)
    assert score(asked, {"minors": "no", "a": "no"}).asked["b"] is Asked.BY_SCOPE
    assert score(asked, {"minors": "yes", "a": "no"}).asked["b"] is Asked.BY_ANSWER


def test_a_question_without_points_hides_what_does_not_count_then() -> None:
    outsourced = yes_no("outsourced", None)
    contract = yes_no("contract", ask_if={"question": "outsourced", "is": "yes"})
    asked = questionnaire(criterion("c", yes_no("a"), outsourced, contract))
    found = score(asked, {"a": "yes", "outsourced": "no"})
    assert found.asked["contract"] is Asked.BY_SCOPE
    assert found.score == 100


@pytest.mark.parametrize("kept", [{}, {"outsourced": "yes"}, {"outsourced": "no"}])
def test_a_scored_answer_hides_through_a_question_without_points(kept: Raw) -> None:
    outsourced = yes_no("outsourced", None, ask_if={"question": "a", "is": "yes"})
    contract = yes_no("contract", ask_if={"question": "outsourced", "is": "yes"})
    asked = questionnaire(criterion("c", yes_no("a", "no"), outsourced, contract))
    found = score(asked, {"a": "no"} | kept)
    assert found.asked["contract"] is Asked.BY_ANSWER
    assert found.score == 50


def test_a_criterion_that_scoping_leaves_out_is_not_applicable_by_rule() -> None:
    asked = questionnaire(
        criterion("a"), criterion("b", single("q"), applies_if=MINORS, weight=9), scoping=SCOPE
    )
    found = score(asked, {"minors": "no", "a": "full", "q": "none"})
    assert found.score == 100
    assert found.standings["b"].status is Status.NOT_APPLICABLE
    assert found.standings["b"].absence == "by_rule"
    assert "q" not in found.missing


def test_while_scoping_is_open_a_criterion_stays_in_with_nothing() -> None:
    asked = questionnaire(
        criterion("a"), criterion("b", single("q"), applies_if=MINORS), scoping=SCOPE
    )
    found = score(asked, {"a": "full", "q": "full"})
    assert found.score == 50
    assert found.standings["b"].achievement == 0
    assert found.standings["b"].status is Status.UNANSWERED
    assert found.missing == ["minors"]


def test_a_criterion_whose_questions_scoping_hides_is_not_applicable() -> None:
    asked = questionnaire(criterion("a"), criterion("b", single("q", ask_if=MINORS)), scoping=SCOPE)
    found = score(asked, {"minors": "no", "a": "half"})
    assert found.standings["b"].absence == "by_rule"
    assert found.score == 50


def test_a_scoping_question_may_hide_another() -> None:
    scoping = [*SCOPE, multiple("ages", dict.fromkeys(["under14", "from14"]), ask_if=MINORS)]
    young = criterion("b", single("q"), applies_if={"question": "ages", "is": "under14"})
    asked = questionnaire(criterion("a"), young, scoping=scoping)
    assert score(asked, {"minors": "no", "ages": ["under14"]}).asked["q"] is Asked.BY_SCOPE
    assert score(asked, {"minors": "yes", "ages": ["under14"]}).asked["q"] is Asked.YES
    assert score(asked, {"minors": "yes"}).asked["q"] is Asked.UNDETERMINED


def test_a_follow_up_on_a_criterion_that_is_claimed_away_does_not_count() -> None:
    other = criterion("b", yes_no("b1"), yes_no("b2", ask_if={"question": "a1", "is": "yes"}))
    asked = questionnaire(criterion("a", yes_no("a1"), claimable=True), other)
    found = score(asked, {"b1": "yes"}, {"a": "we have none"})
    assert found.asked["a1"] is Asked.BY_CLAIM
    assert found.asked["b2"] is Asked.BY_SCOPE
    assert found.score == 100
    assert not found.missing


@pytest.mark.parametrize("level", range(6))
def test_a_condition_may_look_at_a_level(level: int) -> None:
    reached = {"question": "s", "at_least": 3}
    named = {"question": "s", "in": [3, 4, 5]}
    asked = questionnaire(
        criterion("c", asking("scale", "s"), yes_no("a", ask_if=reached), yes_no("b", ask_if=named))
    )
    found = score(asked, {"s": level})
    assert found.asked["a"] is found.asked["b"]
    assert (found.asked["a"] is Asked.YES) == (level >= 3)
