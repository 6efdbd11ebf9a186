"""Saying anew what a link or a file is, and where the link leads."""

import pytest

from compliance.assessments.models import AnswerEvidence, Evidence
from compliance.audit.actions import Action
from compliance.audit.models import Event
from compliance.organisations.models import Role
from tests.assessments.test_evidence_add import add_file, address
from tests.cast import make_link, make_member
from tests.page import Form

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evidence_folder")]

LIBRARY = "/assessments/evidence/"


def edit(evidence, prefix=""):
    return f"{prefix}{LIBRARY}{evidence.pk}/edit/"


@pytest.fixture
def link(cast):
    return make_link(cast.company, title="公示页", address="https://example.com/old")


def test_a_link_leads_elsewhere(officer, cast, link):
    form = Form(officer.get(edit(link))).fill(address="https://example.com/new", title="新公示页")
    assert officer.post(edit(link), form.fields).url == LIBRARY
    link.refresh_from_db()
    assert (link.address, link.title) == ("https://example.com/new", "新公示页")
    event = Event.objects.get(action=Action.EVIDENCE_CHANGED)
    assert (event.chain_id, event.actor) == (cast.company.pk, cast.officer.pk)
    assert event.value.old == {"address": "https://example.com/old", "title": "公示页"}
    assert event.value.new == {"address": "https://example.com/new", "title": "新公示页"}


def test_of_a_file_title_and_dates_change_and_nothing_else(officer, assessment):
    add_file(officer, assessment, title="备案")
    evidence = Evidence.objects.get()
    sent = {"title": "备案证明", "expires_on": "2027-01-31", "address": "https://x.example"}
    officer.post(edit(evidence), sent | {"sha256": "0" * 64, "name": "x.pdf", "kind": "link"})
    after = Evidence.objects.get()
    assert (after.title, str(after.expires_on), after.address) == ("备案证明", "2027-01-31", "")
    assert (after.sha256, after.name, after.kind) == (evidence.sha256, evidence.name, "file")


def test_what_is_not_changed_is_not_recorded(officer, link):
    officer.post(edit(link), Form(officer.get(edit(link))).fields)
    assert not Event.objects.filter(action=Action.EVIDENCE_CHANGED).exists()


def test_it_is_offered_beside_an_answer_and_leads_back_there(officer, cast, assessment, link):
    for question in ("users", "functions"):
        AnswerEvidence.objects.create(
            assessment=assessment, question=question, evidence=link, by=cast.officer
        )
    here = f"{edit(link)}?back={address(assessment)}"
    assert here in officer.get(address(assessment)).content.decode()
    assert edit(link) in officer.get(LIBRARY).content.decode()
    assert "用于2道题" in officer.get(here).content.decode()
    assert officer.post(here, {"address": link.address}).url == address(assessment)
    for foreign in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        assert (
            officer.post(f"{edit(link)}?back={foreign}", {"address": link.address}).url == LIBRARY
        )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("address", ""),
        ("address", "javascript:alert(1)"),
        ("address", "https://user:secret@example.com/"),
        ("address", "https://example.com/" + "a" * 500),
        ("title", "字" * 201),
        ("title", "a\x00b"),
        ("issued_on", "2026-02-30"),
        ("expires_on", "1999-01-01"),
    ],
)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_bad_input_is_refused_and_stays_on_the_page(officer, link, field, value, prefix):
    sent = {"address": link.address, "title": "新", "issued_on": "2020-01-01", field: value}
    response = officer.post(edit(link, prefix), sent)
    assert response.status_code == 422
    assert response.context["form"].errors[field]
    assert response.context["form"][field].value() == value
    link.refresh_from_db()
    assert link.title == "公示页"


def test_only_those_who_answer_change_it(client, cast, link):
    signatory = make_member(cast.company, Role.SIGNATORY)
    for person, status in [
        (cast.officer, 200),
        (cast.colleague, 403),
        (cast.auditor, 403),
        (signatory, 403),
        (cast.stranger, 404),
    ]:
        client.force_login(person)
        assert client.get(edit(link)).status_code == status
        sent = client.post(edit(link), {"address": "https://example.com/x"})
        assert sent.status_code == (302 if status == 200 else status)


def test_a_contributor_changes_and_removes_what_they_have_added(client, cast, assessment, link):
    own = make_link(cast.company, title="自传材料", added_by=cast.colleague)
    for evidence in (own, link):
        AnswerEvidence.objects.create(
            assessment=assessment, question="users", evidence=evidence, by=cast.officer
        )
    client.force_login(cast.colleague)
    for page in (client.get(LIBRARY), client.get(address(assessment, "users"))):
        assert edit(own) in page.content.decode()
        assert edit(link) not in page.content.decode()
    assert client.get(edit(own)).status_code == 200
    AnswerEvidence.objects.all().delete()
    for evidence, status in ((own, 302), (link, 403)):
        assert client.post(f"{LIBRARY}{evidence.pk}/remove/").status_code == status
        assert client.post(f"{LIBRARY}{evidence.pk}/restore/").status_code == status
    client.force_login(cast.officer)
    assert client.get(edit(own)).status_code == 200, "an officer changes any"


def test_what_was_removed_is_brought_back_first(officer, link):
    officer.post(f"{LIBRARY}{link.pk}/remove/")
    assert officer.get(edit(link)).status_code == 404
    assert officer.post(edit(link), {"address": link.address}).status_code == 404


@pytest.mark.parametrize("wrong", ["ftp://x", "内网", "https://"])
def test_a_wrong_address_is_said_once_in_plain_words(officer, link, wrong):
    response = officer.post(edit(link), {"address": wrong})
    said = response.context["form"].errors["address"]
    assert said == ["这不是网页地址，应以 https:// 或 http:// 开头。"]
