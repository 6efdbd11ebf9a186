"""The gap report names what stands behind each answer, and files by the first digits of a hash."""

import datetime as dt

import pytest

from compliance.assessments.draft import Draft
from compliance.assessments.models import Evidence
from compliance.reports.cover import cover_of_assessment, cover_of_submission
from compliance.reports.gap_report import gap_report_html
from tests.cast import make_answer, make_assessment, make_link, make_submission

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 11, 21)


@pytest.fixture
def assessment():
    return make_assessment()


def put_behind(assessment, question, **fields):
    evidence = make_link(assessment.subject.organisation, **fields)
    evidence.uses.create(assessment=assessment, question=question, by=assessment.created_by)
    return evidence


@pytest.mark.parametrize("language", ["zh", "en"])
def test_names_stand_below_the_answer(assessment, language):
    make_answer(assessment, "users", 7)
    put_behind(assessment, "users", title="公示页<b>")
    file = put_behind(assessment, "users", title="", name="备案证明.pdf", address="")
    Evidence.objects.filter(pk=file.pk).update(kind="file", sha256="0123456789abcdef" * 4)
    cover = cover_of_assessment(assessment, language, DAY)
    assert cover.evidence == {"users": ("公示页<b>", "备案证明.pdf [01234567]")}
    page = gap_report_html(Draft(assessment).score, cover)
    assert "备案证明.pdf [01234567]" in page
    assert "公示页&lt;b&gt;" in page


def test_a_submission_names_what_it_froze(assessment):
    make_answer(assessment, "users", 7)
    for question, value in {"functions": ["live"], "minors": "no"}.items():
        make_answer(assessment, question, value)
    put_behind(assessment, "users", title="公示页")
    submission = make_submission(assessment)
    assert cover_of_submission(submission, "zh").evidence == {"users": ("公示页",)}
