"""Questions answered with a figure."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from questionnaires.questions import AnswerError, Special
from questionnaires.scoring.earning import earner_of
from tests.questionnaires.build import TODAY, Raw, asking, question, words

BANDS = [
    {"to": "0.8", "points": 0},
    {"from": "0.8", "to": "0.95", "points": 20},
    {"from": "0.95", "to": 1, "points": 60},
    {"from": 1, "points": 100},
]
RATIO = asking("ratio", "q", bands=BANDS, cannot_show=words("no record"))
HOURS = asking(
    "number",
    "q",
    unit=words("hours"),
    maximum=720,
    bands=[
        {"to": 24, "points": 100},
        {"from": 24, "to": 72, "points": 50},
        {"from": 72, "points": 0},
    ],
)
LINEAR = asking("number", "q", linear={"worst": 10, "best": 2})


def of(numerator: Any, denominator: Any) -> Raw:
    return {"numerator": numerator, "denominator": denominator}


def points(raw: Raw, given: Any) -> Fraction | None:
    asked = question(raw)
    value = asked.read(given)
    assert asked.read(asked.write(value)) == value, "what is written can be read"
    earned = asked.points(value, TODAY)
    assert earner_of(asked, 7)(value, TODAY) == (None if earned is None else earned * 7)
    return earned


def refusal(raw: Raw, given: Any) -> AnswerError:
    with pytest.raises(AnswerError) as caught:
        question(raw).read(given)
    return caught.value


@pytest.mark.parametrize(
    ("given", "earned"),
    [
        (of(0, 7), 0),
        (of(79, 100), 0),
        (of(79_999, 100_000), 0),
        (of(4, 5), 20),
        (of(94, 100), 20),
        (of(95, 100), 60),
        (of(99, 100), 60),
        (of(100, 100), 100),
        (of(1, 1), 100),
        ("cannot_show", 0),
    ],
)
def test_a_band_begins_at_from_and_ends_before_to(given: Any, earned: int) -> None:
    assert points(RATIO, given) == earned


def test_nothing_out_of_nothing_has_no_points() -> None:
    assert points(RATIO, of(0, 0)) is None


@pytest.mark.parametrize(
    ("given", "earned"), [(0, 100), ("23.99", 100), (24, 50), ("71.99", 50), (72, 0), (720, 0)]
)
def test_bands_of_a_number(given: Any, earned: int) -> None:
    assert points(HOURS, given) == earned


@pytest.mark.parametrize(
    ("given", "earned"),
    [(0, 100), (2, 100), (4, 75), ("2.5", "93.75"), ("14/3", "200/3"), (10, 0), (99, 0)],
)
def test_a_line_runs_from_worst_to_best_and_no_further(given: Any, earned: Any) -> None:
    assert points(LINEAR, given) == Fraction(earned)


def test_a_line_may_rise() -> None:
    asked = asking("ratio", "q", linear={"worst": "0.5", "best": 1})
    assert [points(asked, of(n, 4)) for n in range(5)] == [0, 0, 0, 50, 100]


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_share_falls_into_exactly_one_band(one: int, other: int) -> None:
    numerator, denominator = sorted((one, other))
    share = Fraction(numerator, max(denominator, 1))
    expected = 0 if share < Fraction(4, 5) else 20 if share < Fraction(19, 20) else 60
    assert points(RATIO, of(numerator, max(denominator, 1))) == (100 if share == 1 else expected)


@pytest.mark.parametrize(
    ("raw", "given", "code", "params"),
    [
        (HOURS, "soon", "not_a_number", {"given": "soon"}),
        (HOURS, None, "not_a_number", {"given": "None"}),
        (HOURS, True, "not_a_number", {"given": "True"}),
        (HOURS, 2.5, "not_a_number", {"given": "2.5"}),
        (HOURS, "1e3", "not_a_number", {"given": "1e3"}),
        (HOURS, "NaN", "not_a_number", {"given": "NaN"}),
        (HOURS, -1, "too_small", {"limit": 0}),
        (HOURS, "720.01", "too_large", {"limit": 720}),
        (HOURS, "cannot_show", "no_such_choice", {}),
        (HOURS | {"whole": True}, "2.5", "not_whole", {}),
        (asking("number", "q", minimum="0.5"), "0.4", "too_small", {"limit": "1/2"}),
        (RATIO, "1/2", "not_a_ratio", {}),
        (RATIO, {"numerator": 1}, "not_a_ratio", {}),
        (RATIO, of(1, 2) | {"more": 3}, "not_a_ratio", {}),
        (RATIO, [1, 2], "not_a_ratio", {}),
        (RATIO, of(3, 2), "numerator_above", {}),
        (RATIO, of(1, 0), "numerator_above", {}),
        (RATIO, of(-1, 2), "too_small", {"limit": 0}),
        (RATIO, of("0.5", 2), "not_whole", {}),
        (RATIO, of(1, "many"), "not_a_number", {"given": "many"}),
    ],
)
def test_what_is_no_figure_is_refused(raw: Raw, given: Any, code: str, params: Raw) -> None:
    error = refusal(raw, given)
    assert (error.code, error.params) == (code, params)


def test_a_huge_figure_is_refused_in_few_words() -> None:
    for figure in ("9" * 100_000, 10**4_000):
        error = refusal(HOURS, figure)
        assert error.code == "not_a_number"
        assert len(str(error)) < 200


def test_parts_that_are_not_whole_are_allowed_where_the_question_says_so() -> None:
    asked = asking("ratio", "q", whole=False, bands=BANDS)
    assert points(asked, of("0.5", "0.5")) == 100


@pytest.mark.parametrize(
    ("raw", "given", "zh", "en"),
    [
        (HOURS, "12.50", "12.5 hours（中文）", "12.5 hours"),
        (HOURS, "0.001", "0.001 hours（中文）", "0.001 hours"),
        (HOURS, "2/3", "0.67 hours（中文）", "0.67 hours"),
        (HOURS, 100, "100 hours（中文）", "100 hours"),
        (RATIO, of(3, 4), "3 / 4（75%）", "3 / 4 (75%)"),
        (RATIO, of(2, 3), "2 / 3（66.7%）", "2 / 3 (66.7%)"),
        (RATIO, of(99_999, 100_000), "99999 / 100000（99.9%）", "99999 / 100000 (99.9%)"),
        (RATIO, of(1, 100_000), "1 / 100000（0.1%）", "1 / 100000 (0.1%)"),
        (RATIO, of(5, 5), "5 / 5（100%）", "5 / 5 (100%)"),
        (RATIO, of(0, 5), "0 / 5（0%）", "0 / 5 (0%)"),
        (RATIO, of(0, 0), "0 / 0", "0 / 0"),
        (RATIO, "cannot_show", "no record（中文）", "no record"),
    ],
)
def test_figures_are_put_into_words(raw: Raw, given: Any, zh: str, en: str) -> None:
    asked = question(raw)
    assert asked.words(asked.read(given), "zh") == zh
    assert asked.words(asked.read(given), "en") == en


def test_cannot_show_is_written_as_it_is_read() -> None:
    asked = question(RATIO)
    assert asked.read("cannot_show") is Special.CANNOT_SHOW
    assert asked.write(Special.CANNOT_SHOW) == "cannot_show"


LOW = {"to": 1, "points": 0}
TOP = {"from": 1, "points": 100}
STEP = [LOW, TOP]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"bands": [LOW, {"from": 2, "points": 100}]}, "bands leave a hole"),
        ({"bands": [LOW, {"points": 100}]}, "bands leave a hole"),
        ({"bands": [{"points": 0}, TOP]}, "bands leave a hole"),
        ({"bands": [LOW, {"from": 1, "to": 1, "points": 5}, TOP]}, "must lie below"),
        ({"bands": [LOW, {"from": 1, "to": 5, "points": 100}]}, "the last band has no `to`"),
        ({"bands": [LOW | {"from": "0.5"}, TOP]}, "from 0 up to 1/2 fall into no band"),
        ({"bands": [LOW, {"from": 1, "points": 90}]}, "no answer earns 100"),
        ({"bands": [LOW | {"points": 5}, TOP]}, "no answer earns 0"),
        ({"bands": STEP, "minimum": 1}, "reaches the band up to 1"),
        ({"bands": STEP, "maximum": "0.5"}, "reaches the band from 1"),
        ({"bands": STEP, "linear": {"worst": 0, "best": 1}}, "either bands or linear"),
        ({"linear": {"worst": 1, "best": 1}}, "must differ"),
        ({"linear": {"worst": -1, "best": 1}}, "-1 lies outside"),
        ({"linear": {"worst": 0, "best": 9}, "maximum": 8}, "9 lies outside"),
        ({"maximum": 0}, "maximum must be above minimum"),
        ({"cannot_show": words("no")}, "cannot_show belongs to scored questions"),
    ],
)  # fmt: skip
def test_a_number_that_cannot_be_scored_is_refused(more: Raw, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        question(asking("number", "q", **more))


def test_a_ratio_lies_between_0_and_1() -> None:
    with pytest.raises(ValidationError, match=r"no answer reaches the band from 101/100.*to 1"):
        question(
            asking(
                "ratio", "q", bands=[{"to": "1.01", "points": 0}, {"from": "1.01", "points": 100}]
            )
        )
    with pytest.raises(ValidationError, match="95 lies outside"):
        question(asking("ratio", "q", linear={"worst": 0, "best": 95}))


def test_the_last_figure_that_is_possible_may_have_a_band_of_its_own() -> None:
    bands = [{"to": 5, "points": 0}, {"from": 5, "points": 100}]
    assert points(asking("number", "q", maximum=5, bands=bands), 5) == 100
