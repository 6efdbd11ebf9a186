"""Contradictions: answers that cannot all be true."""

import pytest

from questionnaires.contradictions import contradictions
from tests.questionnaires.build import (
    Raw,
    criterion,
    questionnaire,
    score,
    words,
    yes_no,
)

CLASH = {
    "id": "clash",
    "if": {"all": [{"question": "a", "is": "yes"}, {"not": {"question": "b", "is": "yes"}}]},
    "message": words("a without b"),
}


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({"a": "yes", "b": "no"}, True),
        ({"a": "yes", "b": "yes"}, False),
        ({"a": "no", "b": "no"}, False),
        ({"a": "yes"}, False),
        ({"b": "no"}, False),
        ({}, False),
    ],
)
def test_a_contradiction_is_found_among_answers_that_were_given(answers: Raw, found: bool) -> None:
    asked = questionnaire(criterion("c", yes_no("a"), yes_no("b")), contradictions=[CLASH])
    named = [(one.contradiction.id, one.questions) for one in contradictions(score(asked, answers))]
    assert named == ([("clash", ("a", "b"))] if found else [])


def test_a_question_that_may_yet_be_asked_contradicts_nothing() -> None:
    hidden = yes_no("b", ask_if={"question": "s", "is": "yes"})
    asked = questionnaire(
        criterion("c", yes_no("a"), hidden), scoping=[yes_no("s", None)], contradictions=[CLASH]
    )
    assert not contradictions(score(asked, {"a": "yes"}))
    (found,) = contradictions(score(asked, {"a": "yes", "s": "no"}))
    assert found.questions == ("a",), "only what is asked can be put right"
