"""Files that are not taken: refused in words, nothing of them kept anywhere."""

import contextlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from compliance.assessments.evidence.inspecting import inspect
from compliance.assessments.evidence.refusals import Refused
from compliance.assessments.models import AnswerEvidence, Evidence
from tests.assessments.evidence_files import (
    DECLARED,
    ENDINGS,
    GOOD,
    HOSTILE,
    IMPOSSIBLE_NAMES,
    STRANGE_NAMES,
    pdf,
)
from tests.page import Form

pytestmark = pytest.mark.django_db

RIGHT_ENDINGS = ("docx", "xlsx", "pptx", "pdf", "png", "jpg", "webp", "ofd", "txt", "csv")


def address(assessment):
    return f"/assessments/{assessment.pk}/evidence/users/"


def send(client, assessment, name, content, declared="application/octet-stream"):
    """Send a file byte by byte: Django's own way would tidy its name before it is sent."""
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    body = (
        '--x\r\nContent-Disposition: form-data; name="add"\r\n\r\nfile\r\n--x\r\n'
        f'Content-Disposition: form-data; name="file-file"; filename="{quoted}"\r\n'
        f"Content-Type: {declared}\r\n\r\n"
    )
    return client.post(
        address(assessment),
        body.encode() + content + b"\r\n--x--\r\n",
        content_type="multipart/form-data; boundary=x",
    )


def assert_refused(response, evidence_folder, status=422):
    assert response.status_code == status
    assert "文件" in response.content.decode() or "请求" in response.content.decode()
    assert not Evidence.objects.exists()
    assert not AnswerEvidence.objects.exists()
    assert not [path for path in evidence_folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("number", range(2))
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused(officer, assessment, evidence_folder, kind, number):
    """Each file comes under two names and two declared types; all names are in the next test."""
    place = list(HOSTILE).index(kind) * 2 + number
    ending = ENDINGS[place % len(ENDINGS)]
    declared = DECLARED[place % len(DECLARED)]
    response = send(officer, assessment, f"备案证明.{ending}", HOSTILE[kind], declared)
    assert_refused(response, evidence_folder)
    assert 'class="field__error" id="id_file-file_error"' in response.content.decode()


@pytest.mark.parametrize("kind", HOSTILE)
def test_no_name_makes_a_hostile_file_a_good_one(kind):
    for ending in RIGHT_ENDINGS:
        with pytest.raises(Refused) as refused:
            inspect(HOSTILE[kind], f"a.{ending}")
        assert str(refused.value), ending


@pytest.mark.parametrize("kind", STRANGE_NAMES)
def test_a_strange_name_is_refused(officer, assessment, evidence_folder, kind):
    response = send(officer, assessment, STRANGE_NAMES[kind], pdf(), "application/pdf")
    assert_refused(response, evidence_folder)


@pytest.mark.parametrize("kind", IMPOSSIBLE_NAMES)
def test_a_name_that_no_browser_sends_is_refused(officer, assessment, evidence_folder, kind):
    response = send(officer, assessment, IMPOSSIBLE_NAMES[kind], pdf(), "application/pdf")
    assert_refused(response, evidence_folder, status=400)


@pytest.mark.parametrize("kind", GOOD)
def test_a_good_file_under_the_name_of_another_kind(officer, assessment, evidence_folder, kind):
    ending = ".png" if GOOD[kind][0].lower().endswith((".pdf", ".txt", ".csv")) else ".pdf"
    assert_refused(send(officer, assessment, f"a{ending}", GOOD[kind][1]), evidence_folder)


@pytest.mark.parametrize("kind", ["pdf", "png", "jpeg", "docx", "ofd", "webp"])
def test_no_part_of_a_good_file_leads_to_anything_but_a_refusal(kind):
    """A file cut anywhere, and one with any of its first bytes turned over, is read or refused."""
    name, content = GOOD[kind]
    for place in range(0, len(content), max(1, len(content) // 150)):
        turned = content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]
        for data in (content[:place], turned):
            with contextlib.suppress(Refused):
                inspect(data, name)


def test_what_was_entered_beside_a_refused_file_is_kept(officer, assessment, evidence_folder):
    file = SimpleUploadedFile("a.pdf", HOSTILE["program"])
    entered = {"file-title": "备案证明", "file-expires_on": "2027-01-01"}
    response = officer.post(address(assessment), {"add": "file", "file-file": file, **entered})
    assert response.status_code == 422
    fields = Form(response).fields
    assert {name: fields[name] for name in entered} == {k: [v] for k, v in entered.items()}
