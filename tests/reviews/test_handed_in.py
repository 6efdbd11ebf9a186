"""What was handed in, as the regulator has it: the same bytes as the company, and its signers."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from compliance.assessments.models import SignOff
from compliance.assessments.submissions.sealing import add_scan
from compliance.audit.actions import Action
from compliance.audit.models import Event
from compliance.reports.verification import Verdict, check_file
from tests.assessments.evidence_files import png
from tests.cast import make_member, make_regulator

pytestmark = pytest.mark.django_db


def address(name, desk, *more):
    return reverse(f"reviews:{name}", args=[desk.submission.pk, *more])


@pytest.fixture
def scan(desk):
    file = SimpleUploadedFile("盖章页.png", png())
    return add_scan(desk.submission, file, desk.submission.submitted_by)


def test_the_page_names_signers_and_sealed_page(client, desk, scan):
    client.force_login(desk.reviewer)
    page = client.get(address("review", desk)).content.decode()
    signed = SignOff.objects.get(submission=desk.submission)
    for name in (signed.prepared_by.name, signed.checked_by.name, signed.representative):
        assert name in page
    assert desk.submission.sha256 in page
    assert address("scan", desk, scan.pk) in page


def test_report_document_and_scan_are_those_of_the_company(client, desk, scan):
    client.force_login(desk.auditor)
    report = client.get(address("submitted_report", desk, "zh-hans"))
    assert check_file(report.content).verdict is Verdict.CURRENT
    event = Event.objects.get(action=Action.REPORT_DOWNLOADED)
    assert event.details["sha256"] == hashlib.sha256(report.content).hexdigest()
    document = client.get(address("document", desk)).content
    assert hashlib.sha256(document).hexdigest() == desk.submission.sha256
    assert b"".join(client.get(address("scan", desk, scan.pk)).streaming_content) == png()
    assert client.get(address("submitted_report", desk, "fr")).status_code == 404


def test_a_stranger_gets_none(client, desk, scan):
    client.force_login(make_member(make_regulator("310000"), "lead_reviewer"))
    for name, more in (("submitted_report", ["en"]), ("document", []), ("scan", [scan.pk])):
        assert client.get(address(name, desk, *more)).status_code == 404
