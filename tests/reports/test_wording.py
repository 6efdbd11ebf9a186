"""How a report words dates, figures and what people typed."""

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation

from compliance.reports.templatetags import reports


@pytest.mark.parametrize(
    ("given", "zh", "en"),
    [
        (datetime.date(2026, 11, 21), "2026年11月21日", "21 November 2026"),
        ("2026-01-05", "2026年1月5日", "5 January 2026"),
        ("2026-01", "2026年1月", "January 2026"),
        ("2026", "2026年", "2026"),
        (None, "", ""),
    ],
)
def test_dates(given, zh, en):
    with translation.override("zh-hans"):
        assert reports.day(given) == zh
    with translation.override("en"):
        assert reports.day(given) == en


def test_figures():
    assert reports.figure(None) == "—"
    assert reports.figure(Fraction(2, 3)) == "0.67"
    assert reports.figure(Decimal("1.500")) == "1.500"
    assert reports.plain(Fraction(70)) == "70"
    assert reports.plain(Fraction(1, 8)) == "0.13"
    assert reports.plain(Fraction(100)) == "100"
    assert reports.percent(Fraction(2, 3)) == "66.7%"
    assert reports.percent(Fraction(0)) == "0.0%"
    assert reports.percent(None) == "—"


def test_cut_texts_take_so_many_columns():
    assert reports.shorten("数字人", 6) == "数字人"
    assert reports.shorten("数字人", 5) == "数字…"
    assert reports.shorten("abc", 2) == "ab…"


def test_lines_are_kept_escaped_and_counted():
    assert reports.lines("一<b>\n\n 二 ") == "一&lt;b&gt;\n二"
    assert reports.lines("行\n" * 41) == " ↵ ".join("行" * 41)


def test_the_language_of_what_was_typed_is_told():
    assert reports.tongue("合规 officer") == "zh-Hans"
    assert reports.tongue("officer") == "en"


def test_the_language_is_told_only_where_it_is_another_than_the_pages():
    assert reports.foreign("合规 officer", "en") == ' lang="zh-Hans"'
    assert reports.foreign("officer", "zh-Hans") == ' lang="en"'
    assert reports.foreign("合规 officer", "zh-Hans") == ""
    assert reports.foreign("38 / 40 (95%)", "zh-Hans") == ""
