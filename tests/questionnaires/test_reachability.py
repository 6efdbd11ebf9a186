"""What the search finds possible is what some combination of answers brings about."""

import itertools
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from questionnaires.conditions import NOT_ASKED, Condition
from questionnaires.conditions import test_of as evaluator
from questionnaires.questions import Question
from questionnaires.reachability import Search
from tests.questionnaires.build import Raw, asking, multiple, question, single, yes_no
from tests.questionnaires.strategies import conditions

ADAPTER: TypeAdapter[Condition] = TypeAdapter(Condition)
RAW: list[Raw] = [
    yes_no("a", None),
    single("b", {"x": None, "y": None, "z": None}),
    multiple("m", {"p": None, "q": None, "none": None}, exclusive=("none",)),
    asking("scale", "s"),
    asking("number", "n", maximum=100, whole=True),
]
VALUES: dict[str, list[Any]] = {
    "a": ["yes", "no"],
    "b": ["x", "y", "z"],
    "m": [("p",), ("q",), ("p", "q"), ("none",)],
    "s": list(range(6)),
    "n": [Fraction(n) for n in (0, 1, 33, 34, 49, 50, 100)],
}


@st.composite
def trees(draw: st.DrawFn) -> dict[str, Raw]:
    """Conditions of some questions, each over those before it."""
    found = {}
    for index, raw in enumerate(RAW):
        if index and draw(st.booleans()):
            found[raw["id"]] = draw(conditions(RAW[:index], depth=1))
    return found


@given(conditions(RAW, depth=3), trees())
def test_a_condition_can_hold_where_some_answers_satisfy_it(
    condition: Raw, tree: dict[str, Raw]
) -> None:
    questions: dict[str, Question] = {raw["id"]: question(raw) for raw in RAW}
    needs = {name: ADAPTER.validate_python(raw) for name, raw in tree.items()}
    wanted = ADAPTER.validate_python(condition)
    found = Search(questions, needs).can_hold(wanted)
    assert found == _some_answers_satisfy(wanted, needs)


def _some_answers_satisfy(wanted: Condition, needs: dict[str, Condition]) -> bool:
    test = evaluator(wanted)
    asked = {name: evaluator(condition) for name, condition in needs.items()}
    for values in itertools.product(*VALUES.values()):
        known: dict[str, Any] = {}
        for name, value in zip(VALUES, values, strict=True):
            known[name] = value if name not in asked or asked[name](known) else NOT_ASKED
        if test(known):
            return True
    return False


def test_a_claim_can_take_a_question_away() -> None:
    questions = {raw["id"]: question(raw) for raw in RAW}
    neither = {"all": [{"not": {"question": "a", "is": option}} for option in ("yes", "no")]}
    wanted = ADAPTER.validate_python(neither)
    assert not Search(questions, {}).can_hold(wanted)
    assert Search(questions, {}, frozenset({"a"})).can_hold(wanted)


def test_a_figure_may_be_missing_where_the_question_says_so() -> None:
    shown = asking("number", "n", bands=[{"to": 1, "points": 0}, {"from": 1, "points": 100}])
    hidden = shown | {"cannot_show": {"zh": "没有", "en": "None"}}
    ratio = asking("ratio", "n")
    wanted = ADAPTER.validate_python({"not": {"question": "n", "at_least": 0}})
    for raw, possible in ((shown, False), (hidden, True), (ratio, True)):
        assert Search({"n": question(raw)}, {}).can_hold(wanted) is possible
