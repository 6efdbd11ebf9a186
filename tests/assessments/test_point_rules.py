"""How an answer came to its points, in words that name the rule and this case's numbers."""

import datetime
from fractions import Fraction

import pytest
from django.utils import translation

from compliance.assessments.point_rules import point_rule
from questionnaires.explanation import QuestionTrace, Rule
from questionnaires.questions import Special
from tests.questionnaires.build import TODAY, asking, multiple, single, yes_no
from tests.questionnaires.build import question as read_question

BANDS = [
    {"to": "1/2", "points": 0},
    {"from": "1/2", "to": "95/100", "points": 30},
    {"from": "95/100", "points": 100},
]


def ratio(part, whole):
    return {"numerator": part, "denominator": whole}


def said(raw, answer, language="en"):
    question = read_question(raw)
    value = answer if isinstance(answer, Special) else question.read(answer)
    trace = QuestionTrace(
        question, Rule.ANSWERED, value, question.points(value, TODAY), Fraction(1)
    )
    with translation.override("en" if language == "en" else "zh-hans"):
        return point_rule(trace, TODAY, language)


@pytest.mark.parametrize(
    ("raw", "answer", "expected"),
    [
        (single("q"), "half", "This answer earns 50 of 100 points."),
        (yes_no("q"), "no", "This answer earns 0 of 100 points."),
        (
            multiple("q", {"a": 30, "b": "100/3", "c": 60, "none": 0}, ("none",)),
            ["a", "b"],
            "The options chosen add up: 30 + 100/3 ≈ 63.3333 points.",
        ),
        (
            multiple("q", {"a": 30, "b": 20, "c": 60, "none": 0}, ("none",)),
            ["a", "b", "c"],
            "The options chosen add up: 30 + 20 + 60 = 110, of which at most 100 points count.",
        ),
        (
            asking("scale", "q"),
            2,
            "Level 3 is enough for 100 points: 100 × 2 ÷ 3 ≈ 66.6667 points.",
        ),
        (asking("scale", "q"), 4, "Level 3 and above earn 100 points."),
        (asking("ratio", "q", bands=BANDS), ratio(1, 4), "25% is below 50%: 0 points."),
        (
            asking("ratio", "q", bands=BANDS),
            ratio(3, 4),
            "75% is at least 50% and below 95%: 30 points.",
        ),
        (asking("ratio", "q", bands=BANDS), ratio(19, 20), "95% is 95% or more: 100 points."),
        (
            # Two decimals would say that 95% is below 95%.
            asking("ratio", "q", bands=BANDS),
            ratio(94999, 100000),
            "94.999% is at least 50% and below 95%: 30 points.",
        ),
        (
            asking("ratio", "q", linear={"worst": "1/2", "best": 1}),
            ratio(3, 5),
            "50% earns 0 points, 100% earns 100: 100 × (0.6 − 0.5) ÷ (1 − 0.5) = 20 points.",
        ),
        (
            asking("number", "q", linear={"worst": 30, "best": 10}),
            12,
            "30 earns 0 points, 10 earns 100: 100 × (12 − 30) ÷ (10 − 30) = 90 points.",
        ),
        (
            # Beyond the worst the formula would go below 0.
            asking("number", "q", linear={"worst": 30, "best": 10}),
            45,
            "30 earns 0 points, 10 earns 100: 0 points.",
        ),
        (
            asking("number", "q", unit={"zh": "名", "en": "people"}, bands=BANDS),
            7,
            "7 people is 0.95 people or more: 100 points.",
        ),
        (
            asking("date", "q", fresh_within=12),
            "2026-01-31",
            "Within 12 months before the reference date (since 21 November 2025): 100 points.",
        ),
        (
            asking("date", "q", fresh_within=12),
            "2025-11-20",
            "More than 12 months before the reference date (before 21 November 2025): 0 points.",
        ),
        (
            asking("date", "q", fresh_within=12, cannot_show={"zh": "无", "en": "none"}),
            Special.CANNOT_SHOW,
            "What cannot be shown earns 0 points.",
        ),
    ],
)
def test_the_rule_is_said_with_the_numbers_of_the_case(raw, answer, expected):
    assert said(raw, answer) == expected


def test_it_is_said_in_chinese():
    assert said(asking("ratio", "q", bands=BANDS), ratio(3, 4), "zh") == (
        "75%，达到 50%、低于 95%：得 30 分。"
    )


@pytest.mark.parametrize("rule", [rule for rule in Rule if rule is not Rule.ANSWERED])
def test_a_question_without_points_of_its_own_says_why(rule):
    trace = QuestionTrace(read_question(single("q")), rule, None, None, None)
    with translation.override("en"):
        english = point_rule(trace, datetime.date(2026, 11, 21), "en")
    with translation.override("zh-hans"):
        chinese = point_rule(trace, datetime.date(2026, 11, 21), "zh")
    assert english.isascii()
    assert not chinese.isascii()
