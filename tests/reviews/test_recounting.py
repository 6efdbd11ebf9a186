"""Time to respond, counted before the holidays of its year were known, and anew once they are."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from compliance import deadlines
from compliance.audit.models import Event
from compliance.deadlines import SHANGHAI, Unit, due
from compliance.notices.models import Notice
from compliance.oversight.models import Campaign
from compliance.oversight.recounting import recount as recount_campaigns
from compliance.remediation.demands import demanded_findings, latest_day
from compliance.reviews.deciding import decide
from compliance.reviews.findings import Word, store
from compliance.reviews.letter import letter_pdf
from compliance.reviews.models import Decision, Finding, Review
from compliance.reviews.recounting import recount
from compliance.reviews.taking_up import assign

BEFORE_NATIONAL_DAY = dt.datetime(2026, 9, 25, 9, tzinfo=SHANGHAI)
TEN = (BEFORE_NATIONAL_DAY, 10, Unit.WORKING_DAYS)


@pytest.fixture
def told(monkeypatch):
    """Ten working days around a holiday of which nobody knows yet."""
    with monkeypatch.context() as unknown:
        unknown.setattr(deadlines, "is_known", lambda day: False)
        return due(*TEN)


@pytest.fixture
def demanded(desk, told):
    desk.begin()
    store(desk.review, Word("fraud", Finding.Kind.ASK, reason="x"), 0, desk.reviewer)
    for criterion in ("consent", "labels", "review-maturity"):
        store(desk.review, Word(criterion, Finding.Kind.AGREE), 0, desk.reviewer)
    decide(desk.review, Decision.DEMAND, statement="x", respond_by=told, by=desk.lead)
    Review.objects.update(decided_at=BEFORE_NATIONAL_DAY)
    desk.review.refresh_from_db()
    return desk


def test_the_date_is_counted_anew_and_everyone_is_told(demanded, told, client):
    letter = letter_pdf(demanded.review, "zh")
    for _night in range(2):
        recount(timezone.now())
    review = Review.objects.get()
    assert told.at < review.respond_by == due(*TEN).at
    assert review.respond_told == told.at
    assert letter_pdf(review, "zh") == letter, "a letter says what it said"
    assert latest_day(demanded_findings(review)[0]) == due(*TEN).last_day
    assert Event.objects.filter(action="deadline_recounted").count() == 1
    officer = demanded.submission.submitted_by
    assert Notice.objects.get(event="deadline_recounted").recipient == officer
    client.force_login(officer)
    page = client.get(reverse("reviews:outcome", args=[demanded.submission.pk])).content.decode()
    assert "2026年节假日安排公布后已重新计算" in page


def test_nobody_is_given_less_time_than_they_were_told(demanded):
    later = due(*TEN).at + dt.timedelta(days=9)
    Review.objects.update(respond_by=later)
    recount(timezone.now())
    review = Review.objects.get()
    assert (review.respond_by, review.respond_told) == (later, None)


def test_a_date_that_no_holiday_can_move_stays(demanded):
    Review.objects.update(respond_unknown_year=None)
    recount(timezone.now())
    assert Review.objects.get().respond_told is None


def test_the_date_of_a_reviewer_is_counted_anew_too(desk, told):
    desk.begin()
    assign(desk.review, desk.second, 10, desk.lead)
    Review.objects.update(due_from=BEFORE_NATIONAL_DAY, due_at=told.at)
    for _night in range(2):
        recount(timezone.now())
    assert Review.objects.get().due_at == due(*TEN).at > told.at
    changes = Event.objects.filter(action="review_assigned", actor=None)
    assert changes.get().value.new == {"due": str(due(*TEN).at)}, "once, and not the company's"
    later = due(*TEN).at + dt.timedelta(days=9)
    Review.objects.update(due_at=later)
    recount(timezone.now())
    assert Review.objects.get().due_at == later, "nobody loses time that they were told"


def test_the_date_of_a_campaign_is_counted_anew_too(desk, told):
    campaign = Campaign.objects.create(
        regulator=desk.regulator,
        title="年度专项",
        questionnaire="x",
        amount=10,
        unit=Unit.WORKING_DAYS,
        due_at=told.at,
        unknown_year=2026,
        created_by=desk.lead,
        created_at=BEFORE_NATIONAL_DAY,
    )
    for _night in range(2):
        recount_campaigns(timezone.now())
    campaign.refresh_from_db()
    assert (campaign.due_at, campaign.unknown_year) == (due(*TEN).at, None)
    assert Event.objects.filter(action="deadline_recounted").count() == 1
