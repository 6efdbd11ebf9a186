"""What people were told long ago is not kept for ever."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from compliance.notices.events import Event
from compliance.notices.models import Notice
from compliance.notices.sending import notify
from tests.cast import Cast

pytestmark = pytest.mark.django_db
AGES = (0, 364, 366, 5000)


@pytest.fixture(autouse=True)
def told():
    """A notice of each age, in days, every other one read."""
    cast, now = Cast(), timezone.now()
    for number, age in enumerate(AGES):
        (notice,) = notify(
            Event.SECTION_DONE,
            to=[cast.officer],
            by=cast.colleague,
            about=f"专项{age}",
            section="范围",
            url="/assessments/",
        )
        read = now if number % 2 else None
        Notice.objects.filter(pk=notice.pk).update(at=now - dt.timedelta(days=age), read_at=read)


def erase():
    out = StringIO()
    call_command("erase_notices", stdout=out)
    return out.getvalue()


def ages():
    now = timezone.now()
    return sorted((now - notice.at).days for notice in Notice.objects.all())


def test_after_a_year_they_are_erased_read_or_not():
    assert erase() == "Erased: 2 notices.\n"
    assert ages() == [0, 364]
    assert erase() == "Erased: 0 notices.\n"


def test_an_installation_says_how_long(settings):
    settings.NOTICE_DAYS = 7
    erase()
    assert ages() == [0]


def test_for_ever_is_said_by_0(settings):
    settings.NOTICE_DAYS = 0
    erase()
    assert ages() == sorted(AGES)
