"""A session that ends while evidence is added costs nobody the title, the dates or the address."""

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from compliance.assessments.models import AnswerEvidence, Evidence
from tests.assessments.evidence_files import pdf
from tests.assessments.test_evidence_add import address
from tests.cast import PASSWORD, make_link
from tests.page import Form

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evidence_folder")]

SAID = {"file-title": "备案 <一>", "file-issued_on": "2025-01-01", "file-expires_on": "2027-01-01"}
LINK = {"add": "link", "link-address": "https://example.com/a", "link-title": "公示页"}
NOT_KEPT = "文件未能保留，请重新选择"


@pytest.fixture(autouse=True)
def quick_passwords(settings, cast):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    for person in (cast.officer, cast.stranger, cast.auditor):
        person.set_password(PASSWORD)
        person.save()


@pytest.fixture
def browser(cast):
    """A browser that is held to the site's forgery protection."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.officer)
    return client


def token(page):
    return {"csrfmiddlewaretoken": Form(page).value("csrfmiddlewaretoken")}


def a_file():
    return {"add": "file", "file-file": SimpleUploadedFile("备案.pdf", pdf()), **SAID}


def sign_in(page, person):
    return Form(page).fill(**{"again-login": person.email, "again-password": PASSWORD}).fields


def test_a_link_is_added_as_soon_as_its_sender_has_signed_in_again(browser, assessment, cast):
    page = browser.get(address(assessment))
    Session.objects.all().delete()
    asked = browser.post(address(assessment), LINK | token(page))
    assert asked.status_code == 403
    assert not Evidence.objects.exists()
    sent = browser.post(address(assessment), sign_in(asked, cast.officer))
    assert sent.url == address(assessment)
    kept = Evidence.objects.get()
    assert (kept.address, kept.title, kept.added_by) == (
        LINK["link-address"],
        "公示页",
        cast.officer,
    )


def test_what_was_said_of_a_file_stays_and_the_file_is_asked_for_again(browser, assessment, cast):
    page = browser.get(address(assessment))
    Session.objects.all().delete()
    asked = browser.post(address(assessment), a_file() | token(page))
    assert "只有文件未能保留" in asked.content.decode()
    wrong = browser.post(address(assessment), sign_in(asked, cast.officer) | {"again-password": ""})
    assert "只有文件未能保留" in wrong.content.decode()
    shown = browser.post(address(assessment), sign_in(wrong, cast.officer))
    assert shown.status_code == 422
    assert NOT_KEPT in shown.content.decode()
    assert {name: Form(shown).value(name) for name in SAID} == SAID
    sent = browser.post(address(assessment), a_file() | token(shown))
    assert sent.url == address(assessment)
    assert Evidence.objects.get().title == "备案 <一>"


def test_a_page_that_was_open_too_long_is_shown_again_and_stores_nothing(browser, assessment):
    for sent, said in ((LINK, "公示页"), (a_file(), "备案 &lt;一&gt;")):
        again = browser.post(address(assessment), sent | {"csrfmiddlewaretoken": "x" * 64})
        assert again.status_code == 403
        assert said in again.content.decode()
        assert (NOT_KEPT in again.content.decode()) == (sent is not LINK)
    assert not Evidence.objects.exists()
    assert browser.post(address(assessment), LINK | token(again)).status_code == 302


def test_what_was_ticked_stays_ticked(browser, assessment, cast):
    existing = make_link(cast.company)
    sent = {"add": "existing", "evidence": str(existing.pk)}
    again = browser.post(address(assessment), sent | {"csrfmiddlewaretoken": "x" * 64})
    assert again.status_code == 403
    assert not AnswerEvidence.objects.exists()
    assert str(existing.pk) in Form(again).fields["evidence"]
    Session.objects.all().delete()
    asked = browser.post(address(assessment), sent | token(again))
    browser.post(address(assessment), sign_in(asked, cast.officer))
    assert AnswerEvidence.objects.get().evidence == existing


@pytest.mark.parametrize("who", ["stranger", "auditor"])
def test_nobody_else_takes_the_page_over(browser, assessment, cast, who):
    Session.objects.all().delete()
    asked = browser.post(address(assessment), LINK)
    again = browser.post(address(assessment), sign_in(asked, getattr(cast, who)))
    assert again.status_code == 403
    assert Form(again).value("link-address") == LINK["link-address"]
    assert not Evidence.objects.exists()
    assert browser.get("/assessments/").status_code == 302  # nobody is signed in


def test_taking_evidence_away_goes_on_too(browser, assessment, cast):
    existing = make_link(cast.company)
    use = AnswerEvidence.objects.create(
        assessment=assessment, question="users", evidence=existing, by=cast.officer
    )
    away = f"{address(assessment)}{existing.pk}/remove/"
    again = browser.post(away, {"csrfmiddlewaretoken": "x" * 64})
    assert again.status_code == 403
    assert AnswerEvidence.objects.filter(pk=use.pk).exists()
    Session.objects.all().delete()
    asked = browser.post(away, token(again))
    assert browser.post(away, sign_in(asked, cast.officer)).status_code == 302
    assert not AnswerEvidence.objects.exists()
