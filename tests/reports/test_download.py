"""Someone downloads the gap report of an assessment."""

import io

import pypdf
import pytest
from django.urls import reverse

from compliance.assessments.models import Assessment
from tests.cast import make_answer, make_assessment, make_subject

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment(cast):
    subject = make_subject(cast.company, name="晴川数字人")
    made = make_assessment(subject, created_by=cast.officer)
    make_answer(made, "assessed", "late", comment="补做于三月，见档案")
    return made


def address(assessment, language="zh-hans"):
    return reverse("reports:gap_report", args=[assessment.pk, language])


def words(response):
    reader = pypdf.PdfReader(io.BytesIO(response.content))
    return "".join(page.extract_text() for page in reader.pages)


def test_it_works_in_both_languages_whatever_the_page_speaks(client, cast, assessment):
    client.force_login(cast.auditor)
    chinese = client.get(address(assessment))
    assert chinese["Content-Type"] == "application/pdf"
    assert "attachment" in chinese["Content-Disposition"]
    assert "filename*=utf-8''" in chinese["Content-Disposition"]
    assert "差距分析报告" in words(chinese)
    english = words(client.get(f"/en{address(assessment, 'en')}"))
    assert "Gap report" in english
    assert "补做于三月，见档案" in english  # a comment stays as it was written


def test_a_draft_is_provisional_and_a_finished_one_is_rated(client, cast, assessment):
    client.force_login(cast.officer)
    draft = words(client.get(address(assessment)))
    assert "暂定" in draft
    assessment.status = Assessment.Status.FINISHED
    assessment.save()
    finished = words(client.get(address(assessment)))
    assert "暂定" not in finished
    assert "不符合" in finished


def test_another_language_is_a_404(client, cast, assessment):
    client.force_login(cast.officer)
    assert client.get(address(assessment, "fr")).status_code == 404


def test_a_foreign_one_is_a_404(client, cast, assessment):
    client.force_login(cast.stranger)
    assert client.get(address(assessment)).status_code == 404
