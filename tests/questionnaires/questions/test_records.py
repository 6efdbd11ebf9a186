"""Questions answered with a date, in free words, or with the names of documents."""

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from questionnaires.answers import read_answer
from questionnaires.questions import AnswerError, Special, months_before
from tests.questionnaires.build import TODAY, Raw, asking, question, words

DRILL = asking("date", "q", fresh_within=12, cannot_show=words("never"))
day = datetime.date.fromisoformat


def refusal(raw: Raw, given: Any) -> AnswerError:
    with pytest.raises(AnswerError) as caught:
        read_answer(question(raw), given, TODAY)
    return caught.value


@pytest.mark.parametrize(
    ("reference", "months", "earliest"),
    [
        ("2026-11-21", 12, "2025-11-21"),
        ("2026-11-21", 1, "2026-10-21"),
        ("2026-01-15", 1, "2025-12-15"),
        ("2026-03-31", 1, "2026-02-28"),
        ("2024-03-31", 1, "2024-02-29"),
        ("2026-03-30", 1, "2026-02-28"),
        ("2026-05-31", 1, "2026-04-30"),
        ("2024-02-29", 12, "2023-02-28"),
        ("2024-02-29", 48, "2020-02-29"),
        ("2026-08-31", 6, "2026-02-28"),
        ("2026-12-31", 600, "1976-12-31"),
    ],
)
def test_a_date_is_fresh_from_the_same_day_so_many_months_earlier(
    reference: str, months: int, earliest: str
) -> None:
    assert months_before(day(reference), months) == day(earliest)
    asked = question(asking("date", "q", fresh_within=months))
    assert asked.points(day(earliest), day(reference)) == 100
    assert asked.points(day(earliest) - datetime.timedelta(days=1), day(reference)) == 0
    assert asked.points(day(reference), day(reference)) == 100


@given(st.dates(), st.integers(1, 600))
def test_months_before_never_fails_and_never_skips_a_month(
    date: datetime.date, months: int
) -> None:
    earlier = months_before(date, months)
    assert earlier <= date
    if earlier != datetime.date.min:
        assert (date.year - earlier.year) * 12 + date.month - earlier.month == months
        assert earlier.day <= date.day


def test_cannot_show_earns_nothing() -> None:
    asked = question(DRILL)
    assert asked.read("cannot_show") is Special.CANNOT_SHOW
    assert asked.write(Special.CANNOT_SHOW) == "cannot_show"
    assert asked.points(Special.CANNOT_SHOW, TODAY) == 0
    assert asked.words(Special.CANNOT_SHOW, "en") == "never"


@pytest.mark.parametrize(
    "given",
    ["2026-02-29", "2026-13-01", "2026-W47-6", "20261121", "2026-1-1", "21.11.2026", "",
     "２０２６-01-01", None, 7, ["2026-01-01"], "2026-11-21T00:00", "x" * 9_000],
)  # fmt: skip
def test_what_is_no_date_is_refused(given: Any) -> None:
    error = refusal(DRILL, given)
    assert error.code == "not_a_date"
    assert len(str(error)) < 200


def test_a_date_after_the_reference_date_is_refused() -> None:
    assert read_answer(question(DRILL), "2026-11-21", TODAY) == TODAY
    error = refusal(DRILL, "2026-11-22")
    assert (error.code, error.params) == ("future_date", {"limit": "2026-11-21"})


def test_a_date_may_only_describe() -> None:
    asked = question(asking("date", "q"))
    assert not asked.scored
    assert refusal(asking("date", "q"), "cannot_show").code == "no_such_choice"


@pytest.mark.parametrize("written", ["2024-02-29", "1999-12-31"])
def test_a_date_is_written_as_it_is_read(written: str) -> None:
    asked = question(DRILL)
    assert asked.write(asked.read(written)) == written


def test_a_date_is_put_into_words() -> None:
    asked = question(DRILL)
    assert asked.words(day("2026-03-05"), "zh") == "2026年3月5日"
    assert asked.words(day("2026-03-05"), "en") == "5 March 2026"


def test_a_text_is_kept_as_written() -> None:
    asked = question(asking("text", "q"))
    assert asked.read("一行\n two lines ") == "一行\n two lines "
    assert asked.words("一行", "zh") == "一行"
    assert not asked.scored


@pytest.mark.parametrize("given", [None, "", "  \n", 5, ["a"], "a\0b", "\ud800"])
def test_what_is_no_text_is_refused(given: Any) -> None:
    assert refusal(asking("text", "q"), given).code == "not_a_text"


def test_a_text_has_a_limit() -> None:
    asked = asking("text", "q", longest=5)
    assert question(asked).read("数字人合规") == "数字人合规"
    assert refusal(asked, "123456").params == {"limit": 5, "length": 6}
    assert refusal(asking("text", "q"), "a" * 1_000_000).code == "too_long"


def test_documents_are_named_one_by_one() -> None:
    asked = question(asking("files", "q"))
    assert asked.read([" 台账.xlsx ", "A-12"]) == ("台账.xlsx", "A-12")
    assert asked.write(("台账.xlsx", "A-12")) == ["台账.xlsx", "A-12"]
    assert asked.words(("a", "b"), "zh") == "a；b"
    assert asked.words(("a", "b"), "en") == "a; b"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("a.pdf", "not_files"),
        ([], "not_files"),
        (["a", ""], "not_files"),
        (["a", None], "not_files"),
        (["a\0"], "not_files"),
        (["a"] * 21, "too_large"),
        (["a" * 301], "too_long"),
    ],
)
def test_what_is_no_list_of_documents_is_refused(given: Any, code: str) -> None:
    assert refusal(asking("files", "q"), given).code == code


@pytest.mark.parametrize("months", [0, 601, True, "12"])
def test_freshness_is_a_number_of_months(months: Any) -> None:
    with pytest.raises(ValidationError):
        question(asking("date", "q", fresh_within=months))
