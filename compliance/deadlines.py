"""Until when: time limits in hours, days and working days of mainland China, plain functions.

Hours run from the moment on. Days and working days are counted from the day after, and end with
the last one, at 24:00 in Asia/Shanghai: `at` is the first moment that is too late. Holidays and the
weekend days that are worked in exchange (调休) come from the yearly notices of the State Council,
as the chinese_calendar library has them. Where those of a year are not out yet, Monday to Friday
count as working days and the deadline is not `certain`: keep start, amount and unit, and ask again.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo

import chinese_calendar
from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = dt.timedelta(days=1)
LONGEST = 3660  # days: a longer time limit is a mistake
# Around New Year, days are exchanged by the notice of the year that begins.
NEW_YEAR_FROM = (12, 28)


class Unit(TextChoices):
    """What a time limit is counted in."""

    HOURS = "hours", _("Hours")
    DAYS = "days", _("Days")
    WORKING_DAYS = "working_days", _("Working days")


@dataclass(frozen=True)
class Deadline:
    """The end of a time limit; `unknown_year` is the year whose holidays it depends on in vain."""

    at: dt.datetime
    amount: int
    unit: Unit
    unknown_year: int | None = None

    @property
    def certain(self) -> bool:
        """Whether no holiday that is still to be announced can move it."""
        return self.unknown_year is None

    @property
    def last_day(self) -> dt.date:
        """The last day on which something is in time."""
        return last_day(self.at)

    @property
    def warning(self) -> str | Promise:
        """What a page says of a deadline that is not certain, or nothing."""
        return "" if self.unknown_year is None else _warning(self.unknown_year)

    def __str__(self) -> str:
        return written(self.at)


def due(start: dt.datetime, amount: int, unit: Unit) -> Deadline:
    """Return the end of the time limit that begins with the event at `start`, a moment with zone.

    Raises ValueError for an amount below 1 or over ten years.
    """
    unit = Unit(unit)
    if not 1 <= amount <= LONGEST * (24 if unit == Unit.HOURS else 1):
        raise ValueError(f"A time limit of {amount} {unit} is not between 1 and ten years.")
    if unit == Unit.HOURS:
        end = start.astimezone(dt.UTC) + dt.timedelta(hours=amount)
        return Deadline(end.astimezone(SHANGHAI), amount, unit)
    day, unknown = start.astimezone(SHANGHAI).date(), None
    if unit == Unit.DAYS:
        return Deadline(_end_of(day + amount * DAY), amount, unit)
    left = amount
    while left:
        day += DAY
        left -= is_working_day(day)
        if unknown is None and not is_known(day):
            unknown = notice_year(day)
    return Deadline(_end_of(day), amount, unit, unknown)


def is_working_day(day: dt.date) -> bool:
    """Tell whether China works on this day; Monday to Friday where that is not announced yet."""
    if is_known(day):
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5


def working_days(after: dt.date, until: dt.date) -> int:
    """Return how many working days there are after the one day, up to and with the other."""
    return sum(
        is_working_day(after + number * DAY) for number in range(1, (until - after).days + 1)
    )


def is_known(day: dt.date) -> bool:
    """Tell whether the notice that covers this day is out, as far as the library knows."""
    return _has_calendar(day.year) and _has_calendar(notice_year(day))


def notice_year(day: dt.date) -> int:
    """Return the year whose notice has the last word on this day."""
    return day.year + ((day.month, day.day) >= NEW_YEAR_FROM)


def last_day(at: dt.datetime) -> dt.date:
    """Return the last day before this end: 24:00 belongs to the day that it ends."""
    return (at - dt.timedelta(microseconds=1)).astimezone(SHANGHAI).date()


def written(at: dt.datetime) -> str:
    """Return an end as a page writes it: the last day, or the moment where it is not midnight."""
    local = at.astimezone(SHANGHAI)
    if local.time() == dt.time():
        return date_format(last_day(at), "DATE_FORMAT")
    return date_format(local, "SHORT_DATETIME_FORMAT")


def warning_about(at: dt.datetime) -> str | Promise:
    """Return what a page says where the holidays before this end are not all known, or nothing."""
    day = last_day(at)
    return "" if is_known(day) else _warning(notice_year(day))


def _warning(year: int) -> Promise:
    return format_lazy(
        _(
            "The holiday calendar of {year} is not known yet: its Mondays to Fridays are "
            "counted as working days."
        ),
        year=year,
    )


def _end_of(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day + DAY, dt.time(), SHANGHAI)


@cache
def _has_calendar(year: int) -> bool:
    try:
        chinese_calendar.is_workday(dt.date(year, 1, 1))
    except NotImplementedError:
        return False
    return True
