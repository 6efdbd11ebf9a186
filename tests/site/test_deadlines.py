"""Time limits in hours, days and working days."""

import datetime as dt

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from compliance.deadlines import (
    DAY,
    LONGEST,
    SHANGHAI,
    Unit,
    due,
    is_known,
    is_working_day,
    last_day,
    working_days,
)

HOURS, DAYS, WORKING_DAYS = Unit


def date(text):
    return dt.date.fromisoformat(text)


def moment(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


# --- real holidays -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2025-01-26", True),  # a Sunday, worked for the Spring Festival
        ("2025-01-28", False),  # a Tuesday, the eve of the Spring Festival
        ("2025-02-04", False),
        ("2025-02-05", True),
        ("2025-02-08", True),  # a Saturday, worked for it
        ("2025-04-27", True),  # a Sunday, worked for Labour Day
        ("2025-05-05", False),  # a Monday
        ("2025-09-28", True),  # a Sunday, worked for the National Day
        ("2025-10-01", False),
        ("2025-10-08", False),  # a Wednesday
        ("2025-10-11", True),  # a Saturday, worked for it
        ("2025-10-12", False),
        ("2026-02-14", True),  # a Saturday, worked for the Spring Festival
        ("2026-02-16", False),
        ("2026-02-23", False),
        ("2026-02-28", True),  # a Saturday, worked for it
        ("2026-09-20", True),  # a Sunday, worked for the National Day
        ("2026-10-07", False),
        ("2026-10-10", True),  # a Saturday, worked for it
    ],
)
def test_the_days_of_the_yearly_notices(day, worked):
    assert is_known(date(day))
    assert is_working_day(date(day)) is worked


@pytest.mark.parametrize(
    ("start", "amount", "last"),
    [
        ("2026-03-02 09:00", 1, "2026-03-03"),
        ("2026-03-02 23:59", 5, "2026-03-09"),  # a weekend between
        ("2026-03-06 12:00", 1, "2026-03-09"),  # from Friday to Monday
        ("2025-09-26 10:00", 3, "2025-09-30"),  # the Sunday before the National Day counts
        ("2025-09-30 10:00", 1, "2025-10-09"),  # eight days of holiday
        ("2025-09-30 10:00", 3, "2025-10-11"),  # and the Saturday after them counts
        ("2025-09-30 10:00", 4, "2025-10-13"),
        ("2025-10-03 10:00", 1, "2025-10-09"),  # from within the holiday
        ("2026-02-13 10:00", 1, "2026-02-14"),
        ("2026-02-14 10:00", 1, "2026-02-24"),  # the Spring Festival
        ("2026-02-14 10:00", 5, "2026-02-28"),
    ],
)
def test_working_days_skip_holidays_and_count_what_is_worked_for_them(start, amount, last):
    deadline = due(moment(start), amount, WORKING_DAYS)
    assert deadline.last_day == date(last)
    assert deadline.at == dt.datetime.combine(date(last) + DAY, dt.time(), SHANGHAI)
    assert deadline.certain


def test_days_end_with_the_last_one_holiday_or_not():
    deadline = due(moment("2025-09-28 10:00"), 5, DAYS)
    assert deadline.last_day == date("2025-10-03")
    assert deadline.at == moment("2025-10-04 00:00")


def test_the_day_is_that_of_shanghai():
    # 16:30 in Greenwich is already the next day there.
    assert due(dt.datetime(2026, 3, 2, 16, 30, tzinfo=dt.UTC), 1, DAYS).last_day == date(
        "2026-03-04"
    )


def test_hours_run_from_the_moment_on():
    deadline = due(moment("2026-02-14 18:30"), 24, HOURS)
    assert deadline.at == moment("2026-02-15 18:30")
    assert deadline.at.utcoffset() == dt.timedelta(hours=8)


# --- years that are not known yet --------------------------------------------------------------


def test_a_year_without_a_calendar_counts_mondays_to_fridays_and_says_so():
    deadline = due(moment("2099-10-01 09:00"), 2, WORKING_DAYS)  # a Thursday
    assert deadline.last_day == date("2099-10-05")
    assert not deadline.certain
    with translation.override("en"):
        assert "The holiday calendar of 2099 is not known yet" in str(deadline.warning)
    assert "2099年的节假日安排尚未公布" in str(deadline.warning)


def test_the_first_year_that_is_not_known_is_named():
    # The last days of a year are exchanged by the notice of the next.
    assert due(moment("2026-12-24 09:00"), 1, WORKING_DAYS).certain
    assert due(moment("2026-12-25 09:00"), 1, WORKING_DAYS).unknown_year == 2027
    assert due(moment("2026-11-21 09:00"), 300, WORKING_DAYS).unknown_year == 2027
    assert due(moment("2018-12-27 09:00"), 2, WORKING_DAYS).last_day == date("2018-12-29")


def test_days_and_hours_need_no_calendar():
    assert due(moment("2099-10-01 09:00"), 30, DAYS).certain
    assert due(moment("2099-10-01 09:00"), 30, HOURS).certain


@pytest.mark.parametrize(
    ("amount", "unit"),
    [(0, DAYS), (-1, WORKING_DAYS), (0, HOURS), (LONGEST + 1, DAYS), (LONGEST * 24 + 1, HOURS)],
)
def test_a_senseless_time_limit_is_refused(amount, unit):
    with pytest.raises(ValueError, match="time limit"):
        due(moment("2026-03-02 09:00"), amount, unit)


# --- laws --------------------------------------------------------------------------------------

begin = dt.datetime(2005, 1, 1, tzinfo=dt.UTC)
moments = st.integers(0, 24 * 366 * 24).map(lambda hours: begin + dt.timedelta(hours=hours))
units = st.sampled_from(Unit)
amounts = st.integers(1, 400)


@given(moments, amounts)
def test_n_working_days_hold_n_working_days_and_end_with_one(start, amount):
    deadline = due(start, amount, WORKING_DAYS)
    first = start.astimezone(SHANGHAI).date()
    assert working_days(first, deadline.last_day) == amount
    assert is_working_day(deadline.last_day)


@given(moments, moments, amounts, units)
def test_who_begins_later_never_ends_earlier(one, other, amount, unit):
    early, late = sorted([one, other])
    assert due(early, amount, unit).at <= due(late, amount, unit).at


@given(moments, amounts, units)
def test_a_longer_time_limit_ends_later(start, amount, unit):
    assert start < due(start, amount, unit).at < due(start, amount + 1, unit).at


@given(moments, amounts)
def test_working_days_never_end_before_as_many_days(start, amount):
    assert due(start, amount, WORKING_DAYS).at >= due(start, amount, DAYS).at


@given(moments, amounts, amounts)
def test_days_add_up(start, one, other):
    whole = due(start, one + other, WORKING_DAYS)
    parts = due(due(start, one, WORKING_DAYS).at - dt.timedelta(seconds=1), other, WORKING_DAYS)
    assert parts.at == whole.at


@given(moments, amounts, st.sampled_from([DAYS, WORKING_DAYS]))
def test_it_ends_at_midnight_in_shanghai(start, amount, unit):
    deadline = due(start, amount, unit)
    assert deadline.at.astimezone(SHANGHAI).time() == dt.time()
    assert last_day(deadline.at) == deadline.last_day == deadline.at.date() - DAY


# --- on pages ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("end", "words"),
    [
        ("2026-03-01 00:00", "28 February 2026"),
        ("2026-03-01 10:30", "2026-03-01 10:30"),
    ],
)
def test_a_kept_end_is_written_by_its_last_day(end, words):
    page = Template("{% load deadlines %}{{ at|last_day }}|{{ none|last_day }}")
    with translation.override("en"):
        assert page.render(Context({"at": moment(end), "none": None})) == f"{words}|"


def test_a_kept_end_tells_which_calendar_is_not_known():
    page = Template("{% load deadlines %}{{ at|calendar_warning }}")
    assert page.render(Context({"at": moment("2026-03-01 00:00")})) == ""
    assert "2099年" in page.render(Context({"at": moment("2099-03-02 00:00")}))
