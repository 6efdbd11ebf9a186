"""Hints: each finds what it is for, says why, and stays silent elsewhere."""

import datetime as dt

import pytest
from django.db import transaction
from django.urls import reverse

from compliance.assessments.models import Answer
from compliance.assessments.submissions.frozen import Frozen
from compliance.audit.actions import Action
from compliance.audit.recording import record
from compliance.oversight import hints
from compliance.oversight.models import TextFingerprint
from tests.cast import (
    ANSWERED,
    make_answer,
    make_assessment,
    make_company,
    make_link,
    make_member,
    make_regulator,
    make_subject,
    make_submission,
)

pytestmark = pytest.mark.django_db
PERFECT = ANSWERED | {
    "consent-share": {"numerator": "10", "denominator": "10"},
    "label-places": ["start", "throughout"],
    "maturity": "3",
}
LONG = (
    "我司已建立涉诈风险评估制度，每次上线前由法务、安全与产品三方会签，留档备查，并每年复核一次。"
)


def submitted(answers=ANSWERED, comment="", subject=None, **fields):
    assessment = make_assessment(subject, **fields)
    for question, value in answers.items():
        said = {"comment": comment} if question == "assessed" else {}
        make_answer(assessment, question, value, **said)
    return make_submission(assessment)


def test_all_perfect():
    assert hints.all_perfect(Frozen(submitted(PERFECT)))
    assert hints.all_perfect(Frozen(submitted())) is None


def test_no_evidence_behind_high_scores():
    bare = hints.no_evidence(Frozen(submitted(PERFECT)))
    assert bare is not None
    assessment = make_assessment()
    for question, value in PERFECT.items():
        make_answer(assessment, question, value)
    company = assessment.subject.organisation
    for question in ("assessed", "consent-share", "label-places"):
        link = make_link(company, added_by=assessment.created_by)
        link.uses.create(assessment=assessment, question=question, by=assessment.created_by)
    assert hints.no_evidence(Frozen(make_submission(assessment))) is None


def test_text_copied_from_another_company_in_the_jurisdiction():
    reviewer = make_member(make_regulator(), "reviewer")
    first = submitted(comment=LONG)
    second = submitted(comment=LONG.replace("，", ", ").upper())
    found = hints.copied(Frozen(second), reviewer)
    assert any(first.number in item for item in found.items)
    elsewhere = make_member(make_regulator("310000"), "reviewer")
    assert hints.copied(Frozen(second), elsewhere) is None, "nothing leaks from elsewhere"


def test_ones_own_text_and_short_ones_are_no_copies():
    reviewer = make_member(make_regulator(), "reviewer")
    subject = make_subject(make_company())
    submitted(comment=LONG, subject=subject)
    again = submitted(comment=LONG, subject=subject)
    assert hints.copied(Frozen(again), reviewer) is None
    submitted(comment="已完成")
    assert hints.copied(Frozen(submitted(comment="已完成")), reviewer) is None
    read = TextFingerprint.objects.count()
    hints.fingerprint_missing()
    assert TextFingerprint.objects.count() == read, "each submission is read once"


def test_answered_within_minutes(monkeypatch):
    monkeypatch.setattr(hints, "FEWEST_ANSWERS", 5)
    quick = submitted()
    assert "没有取自" in hints.in_minutes(Frozen(quick)).explanation
    with transaction.atomic():
        record(Action.WORKBOOK_IMPORTED, by=quick.submitted_by, chain=quick.assessment, about=quick)
    assert "没有取自" not in hints.in_minutes(Frozen(quick)).explanation
    slow = submitted()
    first = Answer.objects.filter(assessment=slow.assessment).order_by("at").first()
    Answer.objects.filter(pk=first.pk).update(at=first.at - dt.timedelta(hours=3))
    assert hints.in_minutes(Frozen(slow)) is None


def test_a_jump_since_last_time():
    subject = make_subject(make_company())
    low = submitted({**ANSWERED, "assessed": "none"}, subject=subject)
    high = submitted(PERFECT, subject=subject, version=low.assessment.version)
    assert low.number in hints.jump(Frozen(high)).explanation
    assert hints.jump(Frozen(low)) is None
    other = make_subject(make_company())
    steady = submitted(PERFECT, subject=other)
    again = submitted(PERFECT, subject=other, version=steady.assessment.version)
    assert hints.jump(Frozen(again)) is None


def test_the_desk_shows_them_and_the_company_never_sees_them(client):
    submission = submitted(PERFECT)
    client.force_login(make_member(make_regulator(), "reviewer"))
    here = reverse("reviews:review", args=[submission.pk])
    assert "全部评估项自评为符合" in client.get(here).content.decode()
    client.force_login(submission.submitted_by)
    address = reverse("assessments:result", args=[submission.assessment_id])
    assert "全部评估项自评为符合" not in client.get(address).content.decode()


def test_many_submissions_without_longer_texts_are_not_even_looked_at(
    django_assert_num_queries,
):
    reviewer = make_member(make_regulator(), "reviewer")
    frozen = [Frozen(submitted()) for _number in range(3)][-1]
    hints.fingerprint_missing()
    frozen.outline  # noqa: B018
    with django_assert_num_queries(2):  # what is new, and what this one says
        assert hints.copied(frozen, reviewer) is None


def test_what_is_changed_after_submission_does_not_change_a_hint(monkeypatch):
    monkeypatch.setattr(hints, "FEWEST_ANSWERS", 5)
    quick = submitted()
    first = Answer.objects.filter(assessment=quick.assessment).order_by("at").first()
    Answer.objects.filter(pk=first.pk).update(at=first.at + dt.timedelta(days=3))
    assert hints.in_minutes(Frozen(quick))
