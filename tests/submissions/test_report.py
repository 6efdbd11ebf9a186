"""The PDFs of a submission: from the frozen document, with its number on every page."""

import io
import re

import pypdf
import pytest
from django.db import transaction
from django.urls import reverse

from compliance.assessments.models import Answer, Submission
from compliance.assessments.moving import move
from compliance.assessments.submissions.frozen import score_of
from compliance.lifecycle import Step
from compliance.organisations.models import Organisation
from compliance.reports.cover import cover_of_submission
from compliance.reports.gap_report import gap_report
from compliance.reports.models import ReportCopy
from compliance.reports.receipt import receipt_pdf

pytestmark = pytest.mark.django_db


def squeezed(text):
    return re.sub(r"\s+", "", text)


def report(submission, language):
    return gap_report(score_of(submission), cover_of_submission(submission, language))


def read(content):
    return pypdf.PdfReader(io.BytesIO(content))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", ["report", "receipt"])
def test_number_and_hash_are_on_every_page(submission, kind, language):
    content = (report if kind == "report" else receipt_pdf)(submission, language)
    file = read(content)
    for page in file.pages:
        text = squeezed(page.extract_text())
        assert submission.number in text
        assert submission.sha256 in text
    assert ("已报送" if language == "zh" else "Submitted") in file.pages[0].extract_text()
    assert file.metadata["/Keywords"] == f"{submission.number}, sha256:{submission.sha256}"


def test_the_receipt_is_one_page(submission):
    assert len(read(receipt_pdf(submission, "zh")).pages) == 1
    assert len(read(receipt_pdf(submission, "en")).pages) == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_is_one_page_however_much_an_assessor_looked_at(submission, language):
    scope = "数据安全领域的抽样测试，" * 20
    assessor = {"name": "示例评估有限公司", "credit_code": "", "scope": scope}
    submission.__dict__["content"] = {**submission.content, "third_party": assessor}
    (page,) = read(receipt_pdf(submission, language)).pages
    assert "示例评估有限公司" in page.extract_text()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", ("不能替代算法备案、安全评估", "约束力来自所引用的法律")),
        ("en", ("does not replace algorithm filing", "binding force comes from the laws")),
    ],
)
def test_the_receipt_says_what_it_is_not(client, world, submission, language, said):
    (page,) = read(receipt_pdf(submission, language)).pages
    printed = squeezed(page.extract_text())
    client.force_login(world.officer)
    prefix = "" if language == "zh" else "/en"
    here = client.get(prefix + reverse("assessments:receipt", args=[submission.pk]))
    for words in said:
        assert squeezed(words) in printed
        assert words in here.content.decode()


def test_what_came_later_is_not_in_it(submission, world):
    before = report(submission, "zh"), receipt_pdf(submission, "zh")
    Answer.objects.filter(question="users").update(value=7, comment="后来")
    Organisation.objects.filter(pk=world.company.pk).update(name="改名公司")
    again = Submission.objects.get(pk=submission.pk)
    assert (report(again, "zh"), receipt_pdf(again, "zh")) == before


@pytest.mark.parametrize("name", ["submitted_report", "receipt"])
def test_each_copy_that_is_given_out_is_remembered(client, world, submission, name):
    client.force_login(world.auditor)
    address = reverse(f"reports:{name}", args=[submission.pk, "en"])
    first, second = client.get(address), client.get(address)
    assert first.content == second.content
    assert first["Content-Type"] == "application/pdf"
    assert submission.number in first["Content-Disposition"]
    copy = ReportCopy.objects.get()
    assert (copy.submission, copy.language, copy.size) == (submission, "en", len(first.content))


def test_a_stranger_gets_none(client, world, submission):
    for user in (world.stranger, world.lead):
        client.force_login(user)
        for name in ("submitted_report", "receipt"):
            address = reverse(f"reports:{name}", args=[submission.pk, "en"])
            assert client.get(address).status_code == 404
    assert not ReportCopy.objects.exists()


def test_the_assessments_own_report_is_that_of_what_was_handed_in(client, world, submission):
    client.force_login(world.officer)
    address = reverse("reports:gap_report", args=[world.assessment.pk, "en"])
    there = reverse("reports:submitted_report", args=[submission.pk, "en"])
    assert client.get(address).url == there
    with transaction.atomic():
        move(world.assessment, Step.TAKE_UP)
        move(world.assessment, Step.RETURN)
    again = client.get(address)  # of the answers as they stand: they can be changed again
    assert again.status_code == 200
    assert submission.number not in read(again.content).pages[0].extract_text()
