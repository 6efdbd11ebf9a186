"""What can be answered, and what it earns, as a table."""

import datetime

import pytest

from questionnaires.parts import Language
from questionnaires.point_table import point_table
from tests.questionnaires.build import Raw, asking, multiple, question, single, words, yes_no
from tests.samples import sample_questionnaire

BANDS = [{"to": "0.8", "points": 0}, {"from": "0.8", "to": 1, "points": 60}]
COUNTS = [{"to": 1, "points": 100}, {"from": 1, "to": 4, "points": 30}, {"from": 4, "points": 0}]


def table(raw: Raw, language: Language = "en") -> list[tuple[str, str]]:
    rows = point_table(question(raw), language)
    return [(row.answer, "" if row.points is None else str(row.points)) for row in rows]


def test_options_have_their_points_and_exclusive_ones_say_so():
    assert table(single("q", {"a": 100, "b": 0})) == [("a", "100"), ("b", "0")]
    assert table(single("q", {"a": None, "b": None})) == [("a", ""), ("b", "")]
    raw = multiple("q", {"a": 100, "none": 0}, exclusive=("none",))
    assert [row.exclusive for row in point_table(question(raw), "en")] == [False, True]


def test_yes_and_no_earn_all_or_nothing():
    assert table(yes_no("q", "no"), "zh") == [("是", "0"), ("否", "100")]
    assert table(yes_no("q", None)) == [("Yes", ""), ("No", "")]


def test_each_level_of_a_scale_has_its_share():
    assert [points for _, points in table(asking("scale", "q", full_at=3))] == [
        "0",
        "100/3",
        "200/3",
        "100",
        "100",
        "100",
    ]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["below 80%", "80% or more, below 100%", "100%", "No record（中文）"]),
        ("zh", ["不足80%", "80%以上、不足100%", "100%", "No record（中文）"]),
    ],
)
def test_bands_of_a_ratio_are_said_in_per_cent(language, expected):
    bands = [*BANDS, {"from": 1, "points": 100}]
    raw = asking("ratio", "q", bands=bands, cannot_show=words("No record"))
    expected[-1] = words("No record")[language]
    assert [answer for answer, _ in table(raw, language)] == expected
    assert [points for _, points in table(raw, language)] == ["0", "60", "100", "0"]


@pytest.mark.parametrize(
    ("whole", "language", "expected"),
    [
        (True, "en", ["0 people", "1 to 3 people", "4 people or more"]),
        (True, "zh", ["0人", "1至3人", "4人以上"]),
        (False, "en", ["below 1 people", "1 or more, below 4 people", "4 people or more"]),
    ],
)
def test_bands_of_a_number_carry_its_unit(whole, language, expected):
    unit = {"zh": "人", "en": "people"}
    raw = asking("number", "q", bands=COUNTS, unit=unit, whole=whole)
    assert [answer for answer, _ in table(raw, language)] == expected


def test_a_line_says_its_two_ends():
    raw = asking("ratio", "q", linear={"worst": 0, "best": "0.9"})
    assert table(raw) == [("0%", "0"), ("between 0% and 90%", ""), ("90%", "100")]


def test_a_date_is_fresh_or_not():
    raw = asking("date", "q", fresh_within=12, cannot_show=words("none"))
    assert [points for _, points in table(raw)] == ["100", "0", "0"]
    assert table(raw)[0][0] == "within 12 months of the reference date"


def test_free_words_and_documents_have_no_table():
    assert table(asking("text", "q")) == []
    assert table(asking("files", "q")) == []


def test_the_points_of_choices_are_those_that_answers_earn():
    today = datetime.date(2026, 11, 21)
    for section in sample_questionnaire().sections:
        for asked in (q for c in section.criteria for q in c.questions):
            for option, row in zip(
                getattr(asked, "options", ()), point_table(asked, "zh"), strict=False
            ):
                given = [option.id] if asked.type == "multiple" else option.id
                assert asked.points(asked.read(given), today) == row.points
