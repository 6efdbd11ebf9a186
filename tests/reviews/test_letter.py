"""The letter that ends a round, in both languages."""

import io
from fractions import Fraction

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader

from compliance.reports.verification import Verdict
from compliance.reviews.deciding import decide, look
from compliance.reviews.findings import Word, store
from compliance.reviews.letter import letter_pdf
from compliance.reviews.models import Decision, Finding
from tests.cast import make_company, make_member, make_regulator

Kind = Finding.Kind


@pytest.fixture
def decided(desk):
    desk.begin()
    word = Word("fraud", Kind.ADJUST, Fraction(1, 2), "报告缺签批页")
    _outcome, finding = store(desk.review, word, 0, desk.reviewer)
    look(finding, confirms=True, note="", by=desk.lead)
    decide(desk.review, Decision.DEMAND, statement="请于期限内整改", respond_by=None, by=desk.lead)
    return desk


def address(desk, language="zh-hans"):
    return reverse("reviews:letter", args=[desk.submission.pk, language])


def text_of(pdf):
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_it_says_what_was_decided_and_why(decided, client):
    client.force_login(decided.submission.submitted_by)
    response = client.get(address(decided))
    assert response["Content-Type"] == "application/pdf"
    text = text_of(response.content)
    for words in (
        "要求整改通知书",
        decided.submission.number,
        "请于期限内整改",
        "报告缺签批页",
        "50%",
    ):
        assert words in text
    english = text_of(client.get(address(decided, "en")).content).replace("\n", " ")
    assert "Notice of demand for remediation" in english
    assert letter_pdf(decided.review, "zh") == letter_pdf(decided.review, "zh")


def test_it_is_the_regulators_and_is_sealed_below_the_findings(decided):
    text = text_of(letter_pdf(decided.review, "zh"))
    assert text.index("报告缺签批页") < text.index("监管部门盖章")
    assert "已报送" not in text
    assert text.count(str(decided.review.regulator)) == 2  # in the footer, and beside the seal


def test_both_sides_get_it_and_nobody_else(decided, client):
    for who, status in (
        (decided.auditor, 200),
        (make_member(make_regulator("310000"), "reviewer"), 404),
        (make_member(make_company(), "compliance_officer"), 404),
    ):
        client.force_login(who)
        assert client.get(address(decided)).status_code == status
    client.force_login(decided.lead)
    assert client.get(address(decided, "fr")).status_code == 404


def test_there_is_none_before_the_decision(desk, client):
    desk.begin()
    for who in (desk.lead, desk.submission.submitted_by):
        client.force_login(who)
        assert client.get(address(desk)).status_code == 404


def test_whoever_holds_it_can_check_it(decided, client):
    client.force_login(decided.lead)
    letter = client.get(address(decided)).content
    client.logout()

    def check(content):
        page = client.post(reverse("verify"), {"file": SimpleUploadedFile("x.pdf", content)})
        return page.context["checked"].verdict, page.content.decode()

    verdict, page = check(letter)
    assert verdict is Verdict.CURRENT
    assert "监管部门通知书 · 中文" in page
    assert "整改" not in page, "what it says is not shown"
    assert check(letter + b" ")[0] is Verdict.ALTERED
