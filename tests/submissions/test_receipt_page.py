"""What a company has of its submission: receipt, document, scans of the sealed page, withdrawal."""

import hashlib
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from compliance.assessments.models import SealedPage, Submission
from compliance.assessments.moving import move
from compliance.audit.actions import Action
from compliance.audit.models import Event
from compliance.lifecycle import Status, Step
from tests.assessments.evidence_files import pdf, png

pytestmark = pytest.mark.django_db


def address(name, submission, *more):
    return reverse(f"assessments:{name}", args=[submission.pk, *more])


def add(client, submission, content, name="盖章页.png"):
    return client.post(address("receipt", submission), {"file": SimpleUploadedFile(name, content)})


def test_the_document_comes_byte_for_byte(client, world, submission):
    client.force_login(world.auditor)
    response = client.get(address("document", submission))
    assert hashlib.sha256(response.content).hexdigest() == submission.sha256
    assert "attachment" in response["Content-Disposition"]


def test_a_scan_is_kept_beside_the_submission(client, world, submission):
    client.force_login(world.officer)
    before = Submission.objects.get().document
    assert add(client, submission, png()).status_code == 302
    page = SealedPage.objects.get()
    assert page.sha256 == hashlib.sha256(png()).hexdigest()
    assert Submission.objects.get().document == before
    scan = client.get(address("scan", submission, page.pk))
    assert b"".join(scan.streaming_content) == png()
    assert "attachment" in scan["Content-Disposition"]
    assert "sandbox" in scan["Content-Security-Policy"]
    event = Event.objects.get(action=Action.SEALED_PAGE_ADDED)
    assert event.details["sha256"] == page.sha256


def test_the_same_scan_twice_is_kept_once(client, world, submission):
    client.force_login(world.officer)
    for _ in range(2):
        add(client, submission, png())
    assert SealedPage.objects.count() == 1
    add(client, submission, pdf(), "盖章页.pdf")
    assert SealedPage.objects.count() == 2


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "a.png"),
        (b"MZ" + b"\0" * 99, "a.png"),
        (b"<svg onload='x'/>", "a.svg"),
        (b"plain", "a.txt"),
        (b"\x89PNG\r\n\x1a\n", "a.png"),
        (b"%PDF-1.7", "a.png"),
    ],
    ids=["empty", "program", "svg", "text", "half a picture", "misnamed"],
)
def test_what_is_no_scan_is_refused(client, world, submission, content, name):
    client.force_login(world.officer)
    refused = add(client, submission, content, name)
    assert refused.status_code == 422
    assert refused.context["form"].errors
    if not name.endswith(".png"):
        assert "仅接受PDF、PNG或JPEG" in refused.content.decode(), "not what evidence may be"
    assert not SealedPage.objects.exists()


def test_more_scans_than_it_takes_are_refused_in_words(client, world, submission, monkeypatch):
    monkeypatch.setattr("compliance.assessments.submissions.sealing.MOST", 1)
    monkeypatch.setattr("compliance.assessments.submissions.receipts.MOST", 1)
    client.force_login(world.officer)
    add(client, submission, png())
    refused = add(client, submission, pdf(), "盖章页.pdf")
    assert refused.status_code == 422
    assert "最多上传1份扫描件" in refused.content.decode()


@pytest.mark.parametrize("who", ["colleague", "signatory", "auditor"])
def test_others_add_no_scan_and_withdraw_nothing(client, world, submission, who):
    client.force_login(getattr(world, who))
    assert add(client, submission, png()).status_code == 403
    assert client.get(address("withdraw", submission)).status_code == 403
    assert client.post(address("withdraw", submission), {"reason": "x"}).status_code == 403
    assert not SealedPage.objects.exists()


def test_another_submissions_scan_is_not_found(client, world, submission):
    client.force_login(world.officer)
    assert client.get(address("scan", submission, uuid.uuid4())).status_code == 404


def test_withdrawing_asks_for_a_reason(client, world, submission):
    client.force_login(world.officer)
    assert client.get(address("withdraw", submission)).status_code == 200
    assert client.post(address("withdraw", submission), {"reason": " "}).status_code == 422
    assert Submission.objects.get().is_current
    done = client.post(address("withdraw", submission), {"reason": "对象有误"})
    assert done.url == reverse("assessments:signing", args=[world.assessment.pk])
    withdrawn = Submission.objects.get()
    assert withdrawn.status == Submission.Status.WITHDRAWN
    reopen = reverse("assessments:reopen", args=[withdrawn.assessment_id])
    assert reopen in client.get(done.url).content.decode(), "how to go on"
    assert withdrawn.withdrawal_reason == "对象有误"
    assert "对象有误" in client.get(address("receipt", submission)).content.decode()


def test_withdrawing_twice_is_a_conflict(client, world, submission):
    client.force_login(world.officer)
    client.post(address("withdraw", submission), {"reason": "一"})
    assert client.post(address("withdraw", submission), {"reason": "二"}).status_code == 409
    assert Submission.objects.get().withdrawal_reason == "一"


def test_what_is_under_review_is_not_withdrawn(client, world, submission):
    with transaction.atomic():
        move(world.assessment, Step.TAKE_UP)
    client.force_login(world.officer)
    assert client.get(address("withdraw", submission)).url == address("receipt", submission)
    assert client.post(address("withdraw", submission), {"reason": "x"}).status_code == 409
    world.assessment.refresh_from_db()
    assert world.assessment.status == Status.UNDER_REVIEW
