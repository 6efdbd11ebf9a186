"""Made-up answers are answers, repeatable, and better where a company is better."""

import datetime
from fractions import Fraction
from random import Random

import pytest

from questionnaires import simulation
from questionnaires.answers import questions_of, read_answer
from questionnaires.document import Questionnaire
from questionnaires.scoring import Scorer
from questionnaires.simulation import Simulator
from tests.questionnaires.build import (
    TODAY,
    asking,
    criterion,
    multiple,
    questionnaire,
    single,
    words,
    yes_no,
)
from tests.samples import sample_questionnaire

BANDS = [{"to": "0.5", "points": 0}, {"from": "0.5", "to": 1, "points": 50}]
SHOWABLE = {"cannot_show": words("cannot show it")}


@pytest.fixture(scope="module")
def every_kind() -> Questionnaire:
    return questionnaire(
        criterion(
            "a", single("single"), multiple("multiple", {"x": 60, "y": 40, "no": 0}, ("no",))
        ),
        criterion("b", yes_no("yes-no"), asking("scale", "scale")),
        criterion(
            "c",
            asking("ratio", "ratio", bands=[*BANDS, {"from": 1, "points": 100}], **SHOWABLE),
            asking("number", "number", linear={"worst": 9, "best": 1}, whole=True, **SHOWABLE),
            asking("date", "date", fresh_within=12, **SHOWABLE),
        ),
        scoping=[
            single("s", {"a": None, "b": None}),
            multiple("m", {"a": None, "b": None, "none": None}, ("none",)),
            yes_no("y", full_for=None),
            asking("number", "n", minimum=3, maximum=9, whole=True),
            asking("ratio", "r"),
            asking("text", "t"),
        ],
    )


def drawn(questionnaire: Questionnaire, seed: int = 1, count: int = 100):
    random = Random(seed)
    simulator = Simulator(questionnaire, TODAY)
    return [simulator.draw(random) for _ in range(count)]


@pytest.mark.parametrize("name", ["every kind", "sample"])
def test_each_is_an_answer_that_the_question_takes(every_kind, name):
    asked = every_kind if name == "every kind" else sample_questionnaire()
    questions = {question.id: question for question in questions_of(asked)}
    for sheet in drawn(asked):
        for key, value in sheet.values.items():
            question = questions[key]
            assert read_answer(question, question.write(value), TODAY) == value


def test_all_that_is_scored_or_can_decide_is_answered(every_kind):
    for sheet in drawn(every_kind, count=5):
        assert set(sheet.values) == {q.id for q in questions_of(every_kind)} - {"t"}


def test_every_answer_comes_up_sooner_or_later(every_kind):
    sheets = drawn(every_kind, count=600)
    for key, least in {"single": 3, "multiple": 4, "yes-no": 2, "scale": 4, "m": 4, "n": 7}.items():
        assert len({sheet.values[key] for sheet in sheets}) >= least, key


def test_the_same_seed_gives_the_same_answers(every_kind):
    assert drawn(every_kind, seed=7, count=20) == drawn(every_kind, seed=7, count=20)
    assert drawn(every_kind, seed=7, count=20) != drawn(every_kind, seed=8, count=20)


def test_a_perfect_company_earns_everything_and_a_hopeless_one_nothing(every_kind, monkeypatch):
    scorer = Scorer(every_kind)
    for quality, expected in ((2.0, 100), (-1.0, 0)):
        monkeypatch.setattr(simulation, "QUALITY", (quality, quality, quality))
        for sheet in drawn(every_kind, count=20):
            assert scorer.score(sheet).score == expected


def test_better_companies_score_higher(every_kind, monkeypatch):
    scorer = Scorer(every_kind)
    means = []
    for quality in (0.2, 0.4, 0.6, 0.8, 1.0):
        monkeypatch.setattr(simulation, "QUALITY", (quality, quality, quality))
        scores = [scorer.score(sheet).score for sheet in drawn(every_kind, count=60)]
        means.append(sum(scores, Fraction(0)) / len(scores))
    assert means == sorted(means)
    assert means[-1] - means[0] > 40


def test_dates_do_not_lie_after_the_reference_date(every_kind):
    dates = {sheet.values["date"] for sheet in drawn(every_kind)}
    days = [found for found in dates if isinstance(found, datetime.date)]
    assert days
    assert max(days) <= TODAY
