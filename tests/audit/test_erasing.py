"""Old values are erased by rules of retention; the chains still hold, and say so."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from compliance.audit.actions import Action
from compliance.audit.erasing import erase_values, years_before
from compliance.audit.models import Event, EventValue
from compliance.audit.recording import SITE, record
from compliance.audit.verifying import Verification
from tests.cast import make_company, make_user

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)


def happened(years, company, monkeypatch):
    moment = NOW - dt.timedelta(days=round(years * 365.25))
    monkeypatch.setattr(timezone, "now", lambda: moment)
    return record(Action.ANSWER_CHANGED, by=make_user(), chain=company, old="旧", new="新")


@pytest.fixture
def events(monkeypatch):
    company = make_company()
    events = [happened(years, company, monkeypatch) for years in (5, 3.1, 2.9, 0)]
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return events


def test_what_is_old_is_erased_and_that_is_recorded(events):
    assert erase_values(NOW, 3) == 2
    assert set(EventValue.objects.values_list("event", flat=True)) == {
        *(event.pk for event in events[2:]),
        Event.objects.get(chain=SITE.pk).pk,
    }
    erasure = Event.objects.get(chain=SITE.pk)
    assert erasure.action == Action.OLD_VALUES_ERASED
    assert erasure.details == {"before": "2023-11-21T12:00:00.000000Z", "erased": 2, "years": 3}


def test_the_chains_still_hold(events):
    erase_values(NOW, 3)
    walk = Verification()
    assert list(walk.faults()) == []
    assert (walk.events, walk.erased) == (5, 2)


def test_a_newer_value_that_is_gone_is_still_a_fault(events):
    erase_values(NOW, 3)
    EventValue.objects.filter(event=events[2]).delete()
    assert [fault.sequence for fault in Verification().faults()] == [3]


def test_nothing_old_is_no_event(events):
    assert erase_values(NOW, 6) == 0
    assert not Event.objects.filter(chain=SITE.pk).exists()


def test_less_than_three_years_is_refused(events):
    with pytest.raises(ValueError, match="3 years"):
        erase_values(NOW, 2)


def test_29_february():
    day = dt.datetime(2028, 2, 29, tzinfo=dt.UTC)
    assert years_before(day, 3) == dt.datetime(2025, 2, 28, tzinfo=dt.UTC)
    assert years_before(day, 4) == dt.datetime(2024, 2, 29, tzinfo=dt.UTC)


def test_the_command(events):
    out = StringIO()
    call_command("erase_old_values", "--older-than-years", "3", stdout=out)
    assert out.getvalue() == "The values of 2 events were erased.\n"


@pytest.mark.parametrize("years", ["2", "0", "-3", "101", "x", "３", "3.5"])
def test_a_wrong_call_erases_nothing(events, years):
    with pytest.raises(CommandError, match="from 3 to 100"):
        call_command("erase_old_values", f"--older-than-years={years}")
    assert EventValue.objects.count() == 4
