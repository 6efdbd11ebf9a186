"""Which answers must have evidence behind them."""

import datetime as dt

import pytest
from pydantic import TypeAdapter

from questionnaires.point_table import point_table
from questionnaires.publishing import canonical
from questionnaires.questions import Question
from tests.questionnaires.build import words
from tests.samples import sample_questionnaire

DAY = dt.date(2026, 11, 21)


def question(**fields):
    return TypeAdapter(Question).validate_python({"id": "q", "text": words("q"), **fields})


def option(name, points=None, **fields):
    scored = {} if points is None else {"points": points}
    return {"id": name, "text": words(name), **scored, **fields}


SINGLE = {
    "type": "single",
    "options": (option("filed", 100, evidence_required=True), option("asked", 60), option("no", 0)),
}
MULTIPLE = {
    "type": "multiple",
    "options": (option("a", 50, evidence_required=True), option("b", 50), option("none", 0)),
}
NUMBER = {
    "type": "number",
    "unit": words("u"),
    "linear": {"worst": 0, "best": 10},
    "cannot_show": words("none"),
    "evidence_required": True,
}


@pytest.mark.parametrize(
    ("fields", "given", "demanded"),
    [
        (SINGLE, "filed", True),
        (SINGLE, "asked", False),
        (SINGLE, "no", False),
        (MULTIPLE, ["a"], True),
        (MULTIPLE, ["b", "a"], True),
        (MULTIPLE, ["b"], False),
        ({"type": "yes_no", "full_for": "yes", "evidence_required": True}, "yes", True),
        ({"type": "yes_no", "full_for": "yes", "evidence_required": True}, "no", False),
        ({"type": "yes_no", "full_for": "no", "evidence_required": True}, "no", True),
        ({"type": "yes_no", "full_for": "yes"}, "yes", False),
        ({"type": "scale", "evidence_required": True}, 3, True),
        ({"type": "scale", "evidence_required": True}, 2, False),
        (NUMBER, "10", True),
        (NUMBER, "9.9", False),
        (NUMBER, "cannot_show", False),
        ({"type": "date", "fresh_within": 12, "evidence_required": True}, "2026-01-01", True),
        ({"type": "date", "fresh_within": 12, "evidence_required": True}, "2020-01-01", False),
        ({"type": "text", "evidence_required": True}, "沪网信备 1 号", True),
        ({"type": "files", "evidence_required": True}, ["备案证明"], True),
        ({"type": "files"}, ["备案证明"], False),
    ],
)
def test_an_answer_demands_evidence_or_does_not(fields, given, demanded):
    asked = question(**fields)
    assert asked.demands_evidence(asked.read(given), DAY) is demanded


def test_a_question_knows_whether_any_of_its_answers_may():
    assert question(**SINGLE).may_demand_evidence
    assert question(**NUMBER).may_demand_evidence
    assert not question(type="files").may_demand_evidence
    assert not question(type="yes_no").may_demand_evidence


@pytest.mark.parametrize(
    ("fields", "rows"),
    [
        (SINGLE, [True, False, False]),
        (MULTIPLE, [True, False, False]),
        (NUMBER, [False, False, True, False]),
        ({"type": "yes_no", "evidence_required": True}, [True, True]),
        ({"type": "yes_no", "full_for": "no", "evidence_required": True}, [False, True]),
        ({"type": "yes_no", "full_for": "no"}, [False, False]),
    ],
)
def test_the_table_of_answers_says_which_demand_it(fields, rows):
    assert [row.evidence_required for row in point_table(question(**fields), "zh")] == rows


def test_what_says_nothing_about_it_is_published_as_before():
    assert b"evidence_required" not in canonical(sample_questionnaire())
