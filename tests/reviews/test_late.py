"""A company that lets its time to respond pass: it is reminded, and those who wait see it."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from compliance.deadlines import Unit, due
from compliance.notices.models import Notice
from compliance.reviews.deciding import decide
from compliance.reviews.findings import Word, store
from compliance.reviews.models import Decision, Finding, Review
from compliance.reviews.reminders import remind
from tests.cast import make_submission

DAY = dt.timedelta(days=1)


@pytest.fixture
def returned(desk):
    desk.begin()
    store(desk.review, Word("fraud", Finding.Kind.ASK, reason="x"), 0, desk.reviewer)
    end = due(timezone.now(), 10, Unit.WORKING_DAYS)
    decide(desk.review, Decision.RETURN, statement="x", respond_by=end, by=desk.lead)
    desk.end, desk.officer = end.at, desk.submission.submitted_by
    return desk


def told(event):
    return set(Notice.objects.filter(event=event).values_list("recipient", flat=True))


def test_it_is_reminded_before_and_those_who_wait_are_told_after(returned):
    remind(returned.end - 4 * DAY)
    assert not told("response_due_soon")
    for _night in range(2):
        remind(returned.end - 2 * DAY)
    assert told("response_due_soon") == {returned.officer.pk}
    remind(returned.end)
    assert told("response_overdue") == {returned.officer.pk, returned.lead.pk}
    assert Notice.objects.filter(event="response_due_soon").count() == 1


def test_whoever_has_handed_in_again_is_not_reminded(returned):
    returned.assessment.refresh_from_db()
    make_submission(returned.assessment)
    remind(returned.end)
    assert not told("response_overdue")


def test_both_sides_see_that_it_is_late(returned, client):
    pages = {"review": returned.lead, "outcome": returned.officer}

    def late():
        for name, who in pages.items():
            client.force_login(who)
            page = client.get(reverse(f"reviews:{name}", args=[returned.submission.pk]))
            yield "逾期" in page.content.decode()

    assert list(late()) == [False, False]
    Review.objects.update(respond_by=timezone.now() - DAY)
    assert list(late()) == [True, True]
