"""Anyone who holds a report checks it: by number and hash, or by the file."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from compliance.assessments.models import Submission
from compliance.assessments.submissions.numbers import number_with
from compliance.assessments.submissions.withdrawing import withdraw
from compliance.reports.submission_views import submission_receipt, submitted_report
from compliance.reports.verification import Verdict
from compliance.reports.verification_page import MOST

pytestmark = pytest.mark.django_db


def ask(client, number, sha256):
    return client.get(reverse("verify"), {"number": number, "sha256": sha256})


def send(client, content, name="报告.pdf"):
    file = SimpleUploadedFile(name, content, content_type="application/pdf")
    return client.post(reverse("verify"), {"file": file})


def verdict(response):
    checked = response.context["checked"]
    assert response.status_code == (200 if checked else 422)
    return checked and checked.verdict


def test_it_works(client, submission):
    page = ask(client, submission.number, submission.sha256)
    assert verdict(page) is Verdict.CURRENT
    text = page.content.decode()
    assert submission.number in text
    assert submission.organisation.name not in text
    assert submission.assessment.subject.name not in text


def test_the_printed_address_leads_here(client, world, submission):
    client.force_login(world.officer)
    receipt = client.get(reverse("assessments:receipt", args=[submission.pk]))
    address = receipt.context["verification"]
    client.logout()
    assert verdict(client.get(address.removeprefix("http://127.0.0.1:8000"))) is Verdict.CURRENT


def test_it_may_be_typed_as_people_type(client, submission):
    number = submission.number.replace("-", " ").lower()
    sha256 = " ".join(submission.sha256[place : place + 8] for place in range(0, 64, 8)).upper()
    assert verdict(ask(client, number, sha256)) is Verdict.CURRENT


def test_a_withdrawn_one_is_genuine_and_no_longer_stands(client, world, submission):
    withdraw(submission, world.officer, "填错")
    assert verdict(ask(client, submission.number, submission.sha256)) is Verdict.WITHDRAWN


def test_a_replaced_one_is_genuine_and_no_longer_stands(client, submission):
    Submission.objects.update(status=Submission.Status.REPLACED)
    assert verdict(ask(client, submission.number, submission.sha256)) is Verdict.REPLACED


def test_a_number_without_its_hash_tells_nothing(client, submission):
    absent = number_with(2026, "110105", "7KQ4XN")
    pages = [
        ask(client, submission.number, "0" * 64),
        ask(client, absent, submission.sha256),
    ]
    assert [verdict(page) for page in pages] == [Verdict.UNKNOWN] * 2
    assert [page.context["checked"].submission for page in pages] == [None] * 2


@pytest.mark.parametrize(
    ("number", "sha256"),
    [
        ("", ""),
        ("ZP", "x"),
        ("ZP-2026-110105-7KQ4XN-R1-0", "0" * 64),
        ("\0", "\0"),
        ("九" * 90, "1"),
    ],
)
def test_what_cannot_be_right_is_said_so(client, db, number, sha256):
    page = ask(client, number, sha256)
    assert verdict(page) is None
    assert page.context["numbers"].errors


@pytest.mark.parametrize("make", [submitted_report, submission_receipt])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_file_as_it_was_given_out_is_genuine(client, submission, make, language):
    page = send(client, make(submission, language))
    assert verdict(page) is Verdict.CURRENT
    assert page.context["checked"].copy.language == language
    assert submission.organisation.name not in page.content.decode()


def test_a_file_that_was_changed_is_not(client, submission):
    content = submission_receipt(submission, "zh")
    assert verdict(send(client, content + b"\n")) is Verdict.ALTERED
    middle = len(content) // 2
    flipped = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
    assert verdict(send(client, flipped)) is Verdict.ALTERED


def test_a_file_from_elsewhere_is_unknown(client, submission):
    assert verdict(send(client, b"%PDF-1.7\nanything")) is Verdict.UNKNOWN
    named = f"%PDF-1.7\n{submission.number}, sha256:{'0' * 64}".encode()
    assert verdict(send(client, named)) is Verdict.UNKNOWN


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<html>"])
def test_what_is_no_pdf_is_refused(client, db, content):
    page = send(client, content)
    assert verdict(page) is None
    assert page.context["file"].errors


def test_whoever_checks_very_often_is_asked_to_wait(client, submission, monkeypatch):
    monkeypatch.setattr("compliance.limits.time.time", lambda: 1_800_000_000)
    for _ in range(MOST):
        assert ask(client, submission.number, submission.sha256).status_code == 200
    later = ask(client, submission.number, submission.sha256)
    assert later.status_code == 429
    assert later["Retry-After"] == "60"
    assert send(client, b"%PDF-1.7").status_code == 429
    elsewhere = client.get(
        reverse("verify"),
        {"number": submission.number, "sha256": submission.sha256},
        REMOTE_ADDR="192.0.2.7",
    )
    assert elsewhere.status_code == 200
    monkeypatch.setattr("compliance.limits.time.time", lambda: 1_800_000_060)
    assert ask(client, submission.number, submission.sha256).status_code == 200
