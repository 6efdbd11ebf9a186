"""What people are reminded of each day."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from compliance.assessments.models import AnswerEvidence, Assessment, SectionAssignment
from compliance.assessments.reminders import remind
from compliance.notices.events import Event
from compliance.notices.models import Notice
from compliance.organisations.models import Membership
from tests.cast import make_link

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
TODAY = timezone.localdate()


def assign(assessment, section, person, due_on, by, **fields):
    return SectionAssignment.objects.create(
        assessment=assessment, section=section, person=person, by=by, due_on=due_on, **fields
    )


def told(days=0):
    """Remind, as so many days from now, and return what was told to whom."""
    Notice.objects.update(at=timezone.now() - days * DAY)
    before = set(Notice.objects.values_list("pk", flat=True))
    remind(timezone.now())
    new = Notice.objects.exclude(pk__in=before)
    return sorted((notice.recipient.email, notice.event) for notice in new)


@pytest.mark.parametrize(
    ("days", "event"), [(0, "section_due_soon"), (3, "section_due_soon"), (-1, "section_overdue")]
)
def test_who_has_a_section_is_reminded(cast, assessment, days, event):
    assign(assessment, "risks", cast.colleague, TODAY + days * DAY, cast.colleague)
    assert told() == [(cast.colleague.email, event)]


def test_nobody_is_reminded_of_what_is_far_off_done_or_closed(cast, assessment):
    far = TODAY + 4 * DAY
    assign(assessment, "risks", cast.colleague, far, cast.officer)
    assign(assessment, "scope", cast.colleague, None, cast.officer)
    assign(assessment, "contents", cast.colleague, TODAY, cast.officer, done_at=timezone.now())
    assert told() == []
    SectionAssignment.objects.update(due_on=TODAY, done_at=None)
    Assessment.objects.filter(pk=assessment.pk).update(status=Assessment.Status.FINISHED)
    assert told() == []


def test_someone_who_has_left_is_not_reminded(cast, assessment):
    assign(assessment, "risks", cast.colleague, TODAY, cast.officer)
    Membership.objects.filter(user=cast.colleague).update(active=False)
    assert told() == []


def test_before_the_day_once_and_after_it_each_week(cast, assessment):
    row = assign(assessment, "risks", cast.colleague, TODAY, cast.officer)
    assert len(told()) == 1
    assert told(days=30) == []
    row.due_on = TODAY - DAY
    row.save()
    overdue = sorted(
        [(cast.colleague.email, "section_overdue"), (cast.officer.email, "section_overdue")]
    )
    assert told() == overdue
    assert told(days=6) == []
    assert told(days=7) == overdue


def test_sections_of_one_day_stand_in_one_reminder(cast, assessment):
    for section in ("risks", "contents"):
        assign(assessment, section, cast.colleague, TODAY, cast.officer)
    assign(assessment, "scope", cast.colleague, TODAY + DAY, cast.officer)
    assert len(told()) == 2
    assert Notice.objects.filter(words__section__zh__icontains="”、“").count() == 1


def test_evidence_behind_an_answer_is_reminded_of_once(cast, assessment):
    evidence = make_link(cast.company, added_by=cast.colleague, expires_on=TODAY + 30 * DAY)
    assert told() == []  # it stands behind nothing
    AnswerEvidence.objects.create(
        assessment=assessment, question="minors", evidence=evidence, by=cast.colleague
    )
    expected = sorted((user.email, "evidence_expires") for user in (cast.officer, cast.colleague))
    assert told() == expected
    assert told(days=20) == []
    notice = Notice.objects.filter(event=Event.EVIDENCE_EXPIRES).first()
    assert str(evidence) in notice.subject
    assert f"{assessment.pk}/evidence/minors/" in notice.address


@pytest.mark.parametrize("days", [-1, 31])
def test_evidence_that_has_expired_or_lasts_long_is_not(cast, assessment, days):
    evidence = make_link(cast.company, expires_on=TODAY + days * DAY)
    AnswerEvidence.objects.create(
        assessment=assessment, question="minors", evidence=evidence, by=cast.colleague
    )
    assert told() == []


def test_the_daily_command_reminds(cast, assessment, client):
    assign(assessment, "risks", cast.colleague, TODAY, cast.officer)
    call_command("send_digest")
    (notice,) = Notice.objects.all()
    client.force_login(cast.colleague)
    assert client.get(client.get(f"/notices/{notice.pk}/open/").url).status_code == 200
