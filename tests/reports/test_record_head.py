"""A gap report prints the head of the record, so that it can be checked later."""

import pytest

from compliance.assessments.draft import Draft
from compliance.assessments.models import Submission
from compliance.audit.actions import Action
from compliance.audit.models import Chain, Event
from compliance.audit.recording import record
from compliance.audit.verifying import place_of
from compliance.reports.cover import cover_of_assessment, cover_of_submission
from compliance.reports.gap_report import gap_report_html
from tests.cast import make_assessment, make_submission

pytestmark = pytest.mark.django_db


def html(assessment, language="zh"):
    cover = cover_of_assessment(assessment, language, assessment.reference_date)
    return gap_report_html(Draft(assessment).score, cover)


def test_a_report_prints_the_head_and_how_many_entries():
    assessment = make_assessment()
    assert "审计记录最新哈希值" not in html(assessment)
    for _ in range(2):
        event = record(Action.ANSWER_CHANGED, by=assessment.created_by, chain=assessment)
    assert f"审计记录最新哈希值：{event.hash}，共2条。" in html(assessment)
    assert f"record of who did what: {event.hash}, 2 entries." in html(assessment, "en")
    assert place_of(event.hash, assessment.pk).sequence == 2


def test_the_report_of_a_submission_always_prints_that_of_its_submitting():
    submission = Submission.objects.get(pk=make_submission().pk)
    before = cover_of_submission(submission, "zh").record
    event = Event.objects.get(chain=submission.assessment_id, action=Action.SUBMITTED)
    assert (before.hash, before.events) == (event.hash, event.sequence)
    record(Action.REVIEW_TAKEN_UP, by=None, chain=submission.assessment)
    assert cover_of_submission(submission, "zh").record == before
    assert Chain.objects.get(pk=submission.assessment_id).head != before.hash
