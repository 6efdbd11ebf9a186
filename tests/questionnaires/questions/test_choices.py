"""Questions answered by choosing."""

from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from questionnaires.questions import AnswerError
from tests.questionnaires.build import TODAY, Raw, asking, multiple, question, single, yes_no

ONE = single("q", {"all": 100, "some": "12.5", "none": 0})
SEVERAL = multiple("q", {"a": 40, "b": "100/3", "c": 50, "none": 0}, exclusive=("none",))


def refusal(raw: Raw, given: Any) -> AnswerError:
    with pytest.raises(AnswerError) as caught:
        question(raw).read(given)
    return caught.value


def points(raw: Raw, given: Any) -> Fraction | None:
    asked = question(raw)
    value = asked.read(given)
    assert asked.read(asked.write(value)) == value, "what is written can be read"
    return asked.points(value, TODAY)


@pytest.mark.parametrize(("option", "earned"), [("all", 100), ("some", "12.5"), ("none", 0)])
def test_a_single_choice_earns_its_options_points(option: str, earned: Any) -> None:
    assert points(ONE, option) == Fraction(earned)


@pytest.mark.parametrize("given", [None, 1, True, ["all"], {"all": 1}])
def test_a_single_choice_takes_one_option(given: Any) -> None:
    assert refusal(ONE, given).code == "not_a_choice"


@pytest.mark.parametrize("given", ["", "All", "all ", "many", "a" * 9_000])
def test_a_single_choice_refuses_an_option_that_it_does_not_have(given: str) -> None:
    error = refusal(ONE, given)
    assert error.code == "unknown_option"
    assert len(str(error)) < 200, "what was given is not repeated at any length"


@pytest.mark.parametrize(
    ("given", "earned"),
    [
        (["none"], 0),
        (["a"], 40),
        (["b"], Fraction(100, 3)),
        (["a", "b"], Fraction(220, 3)),
        (["a", "c"], 90),
        (["a", "b", "c"], 100),
        (["c", "a", "c"], 90),
    ],
)
def test_a_multiple_choice_adds_up_to_100_at_the_most(given: list[str], earned: Any) -> None:
    assert points(SEVERAL, given) == earned


def test_a_multiple_choice_keeps_the_order_of_its_options() -> None:
    asked = question(SEVERAL)
    assert asked.read(["c", "a"]) == ("a", "c")
    assert asked.write(("a", "c")) == ["a", "c"]


@pytest.mark.parametrize("given", [None, "a", [], {}, 3])
def test_none_ticked_is_no_answer(given: Any) -> None:
    assert refusal(SEVERAL, given).code == "not_choices"


@pytest.mark.parametrize("given", [["a", "none"], ["none", "b", "c"]])
def test_an_exclusive_option_beside_another_is_an_error(given: list[str]) -> None:
    error = refusal(SEVERAL, given)
    assert error.code == "exclusive"
    assert error.params == {"option": "none"}


@pytest.mark.parametrize("given", [["a", "z"], [None], [["a"]], [{"a": 1}]])
def test_a_multiple_choice_refuses_an_option_that_it_does_not_have(given: list[Any]) -> None:
    assert refusal(SEVERAL, given).code == "unknown_option"


def test_an_exclusive_option_may_stand_for_all() -> None:
    asked = multiple("q", {"a": 30, "b": 30, "every": 100, "none": 0}, exclusive=("every", "none"))
    assert points(asked, ["every"]) == 100


@pytest.mark.parametrize("full_for", ["yes", "no"])
def test_yes_or_no_earns_all_or_nothing(full_for: str) -> None:
    asked = yes_no("q", full_for)
    assert points(asked, full_for) == 100
    assert points(asked, "no" if full_for == "yes" else "yes") == 0


@pytest.mark.parametrize("given", [True, False, None, "Yes", "是", 1, ["yes"]])
def test_yes_or_no_takes_no_other_word(given: Any) -> None:
    assert refusal(yes_no("q"), given).code == "not_a_choice"


@pytest.mark.parametrize(
    ("full_at", "earned"),
    [
        (3, [0, "100/3", "200/3", 100, 100, 100]),
        (5, [0, 20, 40, 60, 80, 100]),
        (1, [0, 100, 100, 100, 100, 100]),
    ],
)
def test_a_scale_is_full_at_its_level(full_at: int, earned: list[Any]) -> None:
    asked = asking("scale", "q", full_at=full_at)
    assert [points(asked, level) for level in range(6)] == [Fraction(p) for p in earned]


def test_a_scale_is_full_at_3_unless_said() -> None:
    assert points(asking("scale", "q"), 3) == 100


def test_a_level_may_come_as_text() -> None:
    assert question(asking("scale", "q")).read("4") == 4


@pytest.mark.parametrize(
    "given", [6, -1, True, "7", 3.0, "٣", "３", "²", "03", "", "4.0", 2.5, None, [], "9" * 5_000]
)
def test_a_scale_has_levels_0_to_5(given: Any) -> None:
    assert refusal(asking("scale", "q"), given).code == "not_a_level"


@pytest.mark.parametrize(
    ("raw", "given", "zh", "en"),
    [
        (ONE, "some", "some（中文）", "some"),
        (SEVERAL, ["c", "a"], "a（中文）；c（中文）", "a; c"),
        (yes_no("q"), "no", "否", "No"),
        (asking("scale", "q"), 3, "3 充分定义", "3 Well defined"),
        (asking("scale", "q"), 0, "0 未执行", "0 Not performed"),
    ],
)
def test_answers_are_put_into_words(raw: Raw, given: Any, zh: str, en: str) -> None:
    asked = question(raw)
    assert asked.words(asked.read(given), "zh") == zh
    assert asked.words(asked.read(given), "en") == en


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (single("q", {"a": 100, "b": 50}), "no answer earns 0 points"),
        (single("q", {"a": 90, "b": 0}), "no answer earns 100 points"),
        (single("q", {"a": 100, "b": None, "c": 0}), "option “b” has no points"),
        (single("q", {"a": 101, "b": 0}), "less than or equal to 100"),
        (single("q", {"a": 100, "b": -1}), "greater than or equal to 0"),
        (single("q", {"a": 100}), "at least 2 items"),
        (multiple("q", {"a": 40, "b": 50, "c": 0}), "all options together must reach 100"),
        (multiple("q", {"a": 40, "b": 60}), "one option must earn 0 points"),
        (asking("scale", "q", full_at=0), "greater than or equal to 1"),
        (asking("scale", "q", full_at=6), "less than or equal to 5"),
        (yes_no("q", "maybe"), "'yes' or 'no'"),
    ],
)
def test_a_scored_question_reaches_0_and_100(raw: Raw, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        question(raw)


def test_two_options_need_two_ids() -> None:
    raw = single("q", {"a": 100, "b": 0})
    raw["options"].append(raw["options"][0])
    with pytest.raises(ValidationError, match="two options have the id “a”"):
        question(raw)


@pytest.mark.parametrize(
    "raw",
    [single("q", {"a": None, "b": None}), multiple("q", {"a": None, "b": None}), yes_no("q", None)],
)
def test_a_question_without_points_is_not_scored(raw: Raw) -> None:
    assert not question(raw).scored
