"""Gaps: their order, their risk, and figures that still add up when printed."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from questionnaires.gaps import RiskLevel, gaps, shown_places
from questionnaires.summary import summarise
from tests.questionnaires.build import (
    criterion,
    questionnaire,
    score,
    single,
    words,
)

LIMIT = {"pass_mark": 1, "because": words("grave")}


def test_vetoes_come_first_then_caps_then_points_lost_then_risk_then_file_order() -> None:
    asked = questionnaire(
        criterion("last"),
        criterion("file", impact=2),
        criterion("risk", impact=3),
        criterion("lost", weight=5, impact=1),
        criterion("cap", weight="0.1", impact=1, cap=LIMIT | {"rating": "fair"}),
        criterion("veto", weight="0.1", impact=1, veto=LIMIT),
        criterion("full"),
    )
    answers = dict.fromkeys(["last", "file", "risk", "lost", "cap", "veto"], "none")
    found = gaps(score(asked, answers | {"full": "full"}))
    order = [gap.criterion.id for gap in found]
    assert order == ["c-veto", "c-cap", "c-lost", "c-last", "c-risk", "c-file"]


def test_equal_gaps_keep_the_order_of_the_file() -> None:
    asked = questionnaire(*(criterion(name) for name in "zyx"))
    found = gaps(score(asked, dict.fromkeys("zyx", "none")))
    assert [gap.criterion.id for gap in found] == ["c-z", "c-y", "c-x"]


@pytest.mark.parametrize(
    ("impact", "points", "risk", "level"),
    [
        (5, 0, 25, RiskLevel.VERY_HIGH),
        (4, 0, 20, RiskLevel.VERY_HIGH),
        (5, 20, 20, RiskLevel.VERY_HIGH),
        (5, 21, Fraction(79, 4), RiskLevel.HIGH),
        (3, 20, 12, RiskLevel.HIGH),
        (3, 21, Fraction(237, 20), RiskLevel.MEDIUM),
        (3, 60, 6, RiskLevel.MEDIUM),
        (3, 61, Fraction(117, 20), RiskLevel.LOW),
        (1, 99, Fraction(1, 20), RiskLevel.LOW),
    ],
)
def test_gap_risk_is_impact_times_shortfall(
    impact: int, points: int, risk: Any, level: RiskLevel
) -> None:
    options = {"none": 0, "this": points, "all": 100}
    asked = questionnaire(criterion("c", single("q", options), impact=impact))
    (gap,) = gaps(score(asked, {"q": "this"}))
    assert (gap.risk, gap.level) == (risk, level)
    assert gap.major == (risk >= 20)


def test_the_risk_of_an_unanswered_criterion_is_open() -> None:
    (gap,) = gaps(score(questionnaire(criterion("c", impact=5)), {}))
    assert gap.level is RiskLevel.OPEN
    assert not gap.major


def test_a_veto_that_bites_is_a_major_risk_however_small() -> None:
    asked = questionnaire(criterion("c", single("q"), impact=1, veto=LIMIT))
    (gap,) = gaps(score(asked, {"q": "half"}))
    assert gap.level is RiskLevel.LOW
    assert gap.major


def close_to_90(points: str) -> Any:
    asked = questionnaire(criterion("c", single("q", {"none": 0, "this": points, "all": 100})))
    return score(asked, {"q": "this"})


@pytest.mark.parametrize(
    ("points", "places", "shown"),
    [
        ("90", 2, "90.00"),
        ("89.99", 2, "89.99"),
        ("89.994", 2, "89.99"),
        ("89.995", 2, "89.99"),
        ("89.9951", 3, "89.995"),
        ("89.999", 3, "89.999"),
        ("89.9999999", 7, "89.9999999"),
        ("90.004", 2, "90.00"),
        ("899999999999/10000000000", 10, "89.9999999999"),
    ],
)
def test_more_decimals_are_shown_where_rounding_would_cross_a_band(
    points: str, places: int, shown: str
) -> None:
    found = close_to_90(points)
    assert shown_places(found) == places
    summary = summarise(found)
    assert str(summary.shown) == shown
    assert summary.shown + summary.lost_shown == 100


def test_thirds_are_printed_so_that_they_add_up() -> None:
    asked = questionnaire(*(criterion(name) for name in "abc"))
    summary = summarise(score(asked, dict.fromkeys("abc", "none")))
    assert [str(gap.lost_shown) for gap in summary.gaps] == ["33.34", "33.33", "33.33"]
    assert summary.lost_shown == Decimal(100)
    assert str(summary.shown) == "0.00"
