"""Putting files and links behind answers, taking them away, and handing files out."""

import datetime as dt
import hashlib

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from compliance.assessments.models import AnswerEvidence, Assessment, Evidence
from compliance.audit.models import Event
from compliance.organisations.models import Role
from tests.assessments.evidence_files import GOOD, pdf
from tests.cast import make_answer, make_assessment, make_link, make_member, make_subject

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evidence_folder")]


def address(assessment, question="users"):
    return f"/assessments/{assessment.pk}/evidence/{question}/"


def add_file(client, assessment, name="备案证明.pdf", content=None, question="users", **said):
    file = SimpleUploadedFile(name, pdf() if content is None else content)
    fields = {f"file-{key}": value for key, value in said.items()}
    return client.post(address(assessment, question), {"add": "file", "file-file": file, **fields})


def add_link(client, assessment, link, **said):
    fields = {f"link-{key}": value for key, value in said.items()}
    return client.post(address(assessment), {"add": "link", "link-address": link, **fields})


def stored(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def actions():
    return list(Event.objects.order_by("id").values_list("action", "key"))


@pytest.mark.parametrize("kind", GOOD)
def test_a_good_file_is_kept_and_handed_out_as_it_came(officer, assessment, evidence_folder, kind):
    name, content = GOOD[kind]
    assert add_file(officer, assessment, name, content).url == address(assessment)
    evidence = Evidence.objects.get()
    assert (evidence.name, evidence.size) == (name, len(content))
    assert evidence.sha256 == hashlib.sha256(content).hexdigest()
    (path,) = stored(evidence_folder)
    assert path.read_bytes() == content
    assert name.split(".")[0] not in str(path)
    response = officer.get(f"/assessments/{assessment.pk}/files/{evidence.pk}/")
    assert b"".join(response.streaming_content) == content
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert "html" not in response.headers["Content-Type"]
    assert actions() == [
        ("evidence_added", ""),
        ("evidence_attached", "users"),
        ("evidence_downloaded", ""),
    ]


def test_the_page_says_what_stands_behind_the_answer(officer, assessment, cast):
    make_answer(assessment, "users", 7)
    add_file(officer, assessment, title="备案", issued_on="2025-01-01", expires_on="2026-11-20")
    page = officer.get(address(assessment)).content.decode()
    for words in ("备案", "备案证明.pdf", "2025年1月1日", "2026年11月20日", "已过期", "7 人"):
        assert words in page
    assert str(cast.officer) in page
    assert "请勿填写国家秘密、工作秘密" in page


def test_a_link_is_kept_and_leads_out_without_telling_from_where(officer, assessment):
    add_link(officer, assessment, "https://example.com/备案?x=1&y=<b>", title="公示页")
    evidence = Evidence.objects.get()
    assert (evidence.kind, evidence.sha256) == ("link", "")
    page = officer.get(address(assessment)).content.decode()
    assert 'rel="noopener noreferrer nofollow external"' in page
    assert "<b>" not in page
    assert officer.get(f"/assessments/{assessment.pk}/files/{evidence.pk}/").status_code == 404


@pytest.mark.parametrize(
    "link",
    [
        "",
        "example.com",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<script>",
        "ftp://example.com/a",
        "file:///etc/passwd",
        "//example.com",
        "https://",
        "https://user:password@example.com/",
        "https://example.com@evil.cn/",
        "https://exa mple.com/",
        "https://example.com/\x00",
        "https://example.com/" + "a" * 500,
        "https://example.com/\nSet-Cookie: a",
    ],
)
def test_an_address_that_is_none_of_the_web_is_refused(officer, assessment, link):
    response = add_link(officer, assessment, link, title="公示页")
    assert response.status_code == 422
    assert 'value="公示页"' in response.content.decode()
    assert not Evidence.objects.exists()


def test_dates_that_make_no_sense_are_refused(officer, assessment, evidence_folder):
    for said in (
        {"issued_on": "2026-02-02", "expires_on": "2026-02-01"},
        {"expires_on": "someday"},
        {"title": "字" * 201},
    ):
        assert add_file(officer, assessment, **said).status_code == 422
    assert not stored(evidence_folder)


def test_the_same_file_is_kept_once(officer, assessment, evidence_folder):
    add_file(officer, assessment, expires_on="2026-01-01")
    add_file(officer, assessment, name="又一份.pdf", question="minors", title="证明")
    evidence = Evidence.objects.get()
    assert (evidence.name, evidence.title) == ("备案证明.pdf", "证明")
    assert evidence.expires_on == dt.date(2026, 1, 1)
    assert evidence.uses.count() == 2
    assert len(stored(evidence_folder)) == 1
    add_file(officer, assessment, expires_on="2027-01-01")
    evidence.refresh_from_db()
    assert evidence.expires_on == dt.date(2027, 1, 1)
    assert evidence.uses.count() == 2


def test_two_companies_have_the_same_file_each_for_itself(client, assessment, cast):
    client.force_login(cast.officer)
    add_file(client, assessment)
    theirs = make_assessment(make_subject(cast.other_company), created_by=cast.stranger)
    client.force_login(cast.stranger)
    add_file(client, theirs)
    assert Evidence.objects.count() == 2


def test_what_the_company_has_is_chosen_for_another_assessment(officer, assessment, cast):
    add_file(officer, assessment)
    other = make_assessment(make_subject(cast.company), created_by=cast.officer)
    evidence = Evidence.objects.get()
    assert str(evidence.pk) in officer.get(address(other)).content.decode()
    response = officer.post(address(other), {"add": "existing", "evidence": [str(evidence.pk)]})
    assert response.url == address(other)
    assert AnswerEvidence.objects.filter(assessment=other, evidence=evidence).exists()


def test_search_finds_by_name_title_and_address(officer, assessment, cast):
    for number in range(25):
        make_link(cast.company, title=f"合同{number:02d}")
    make_link(cast.company, title="备案公示", address="https://beian.example.cn/")
    page = officer.get(address(assessment), {"q": "合同07"}).content.decode()
    assert "合同07" in page
    assert "合同08" not in page
    assert "备案公示" in officer.get(address(assessment), {"q": "beian"}).content.decode()
    assert "没有该名称" in officer.get(address(assessment), {"q": "\x00%_无"}).content.decode()


def test_what_is_another_companys_cannot_be_chosen_or_fetched(officer, assessment, cast):
    foreign = make_link(cast.other_company)
    response = officer.post(address(assessment), {"add": "existing", "evidence": str(foreign.pk)})
    assert response.status_code == 422
    assert not AnswerEvidence.objects.exists()
    for path in (f"files/{foreign.pk}/", f"evidence/users/{foreign.pk}/remove/"):
        assert officer.get(f"/assessments/{assessment.pk}/{path}").status_code == 404
    assert str(foreign) not in officer.get(address(assessment)).content.decode()
    page = officer.get(address(assessment), {"removed": str(foreign.pk)}).content.decode()
    assert str(foreign) not in page


@pytest.mark.parametrize("chosen", ["", "x", "1", "\x00", "00000000-0000-4000-8000-000000000000"])
def test_a_choice_that_is_none_is_refused(officer, assessment, chosen):
    response = officer.post(address(assessment), {"add": "existing", "evidence": chosen})
    assert response.status_code in (404, 422)


def test_evidence_is_taken_away_and_put_back(officer, assessment):
    add_file(officer, assessment)
    evidence = Evidence.objects.get()
    confirm = f"{address(assessment)}{evidence.pk}/remove/"
    assert str(evidence) in officer.get(confirm).content.decode()
    assert AnswerEvidence.objects.exists()
    response = officer.post(confirm)
    assert not AnswerEvidence.objects.exists()
    assert default_storage.exists(evidence.file.name)
    assert "重新附上" in officer.get(response.url).content.decode()
    officer.post(address(assessment), {"add": "existing", "evidence": str(evidence.pk)})
    assert AnswerEvidence.objects.get().evidence == evidence
    assert actions()[-2:] == [("evidence_detached", "users"), ("evidence_attached", "users")]


def test_an_answer_has_at_most_so_many(officer, assessment, cast, evidence_folder):
    links = [make_link(cast.company) for _ in range(10)]
    chosen = {"add": "existing", "evidence": [str(link.pk) for link in links]}
    assert officer.post(address(assessment), chosen).status_code == 302
    for response in (
        add_file(officer, assessment),
        add_link(officer, assessment, "https://example.com/11"),
    ):
        assert response.status_code == 422
        assert "最多附10份" in response.content.decode()
    assert AnswerEvidence.objects.count() == Evidence.objects.count() == 10
    assert not stored(evidence_folder)


def test_too_many_at_once_are_all_refused(officer, assessment, cast):
    links = [make_link(cast.company) for _ in range(11)]
    chosen = {"add": "existing", "evidence": [str(link.pk) for link in links]}
    assert officer.post(address(assessment), chosen).status_code == 422
    assert not AnswerEvidence.objects.exists()


def test_a_company_that_has_used_up_its_room_adds_no_file(
    officer, assessment, evidence_folder, settings
):
    add_file(officer, assessment)
    settings.EVIDENCE_MOST_BYTES = Evidence.objects.get().size + 10
    response = add_file(officer, assessment, content=pdf(b"(another)"))
    assert response.status_code == 422
    assert len(stored(evidence_folder)) == 1


def test_a_file_that_is_too_large_is_refused(officer, assessment, evidence_folder, settings):
    settings.EVIDENCE_LARGEST_FILE = 100
    assert add_file(officer, assessment).status_code == 422
    assert not stored(evidence_folder)


def test_a_file_whose_row_cannot_be_stored_is_not_kept(
    officer, assessment, evidence_folder, monkeypatch
):
    def fail(*args, **kwargs):
        assert stored(evidence_folder)
        raise RuntimeError("the database is gone")

    monkeypatch.setattr("compliance.assessments.evidence.keeping._attach", fail)
    with pytest.raises(RuntimeError):
        add_file(officer, assessment)
    assert not stored(evidence_folder)
    assert not Evidence.objects.exists()
    assert not Event.objects.exists()


def test_a_file_that_is_missing_in_the_storage_is_a_404(officer, assessment):
    add_file(officer, assessment)
    evidence = Evidence.objects.get()
    default_storage.delete(evidence.file.name)
    response = officer.get(f"/assessments/{assessment.pk}/files/{evidence.pk}/")
    assert response.status_code == 404


def test_what_cannot_be_answered_any_more_takes_no_evidence(officer, assessment, evidence_folder):
    add_link(officer, assessment, "https://example.com/1")
    evidence = Evidence.objects.get()
    Assessment.objects.filter(pk=assessment.pk).update(status=Assessment.Status.FINISHED)
    assert add_file(officer, assessment).status_code == 409
    officer.post(f"{address(assessment)}{evidence.pk}/remove/")
    assert AnswerEvidence.objects.count() == 1
    assert not stored(evidence_folder)


def test_readers_see_evidence_and_change_nothing(client, assessment, cast):
    client.force_login(make_member(cast.company, Role.AUDITOR))
    page = client.get(address(assessment)).content.decode()
    assert 'type="file"' not in page
    assert add_file(client, assessment).status_code == 403
    assert not Evidence.objects.exists()


def test_a_question_that_nobody_asks_has_no_page(officer, assessment):
    assert officer.get(address(assessment, "nonsense")).status_code == 404
    assert add_file(officer, assessment, question="nonsense").status_code == 404


def test_no_form_sets_what_is_not_for_people_to_set(officer, assessment, cast):
    """Posting every field of the model changes none but the title and the dates."""
    foreign = {
        "organisation": str(cast.other_company.pk),
        "retained": "on",
        "removed_at": "2020-01-01",
        "kind": "link",
        "sha256": "0" * 64,
        "size": "1",
        "media_type": "text/html",
        "address": "https://evil.example.com",
        "added_by": str(cast.stranger.pk),
    }
    add_file(officer, assessment, **foreign)
    evidence = Evidence.objects.get()
    assert (evidence.organisation, evidence.added_by) == (cast.company, cast.officer)
    assert (evidence.kind, evidence.retained, evidence.removed_at) == ("file", False, None)
    assert (evidence.media_type, evidence.address) == ("application/pdf", "")
