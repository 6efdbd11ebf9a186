"""A session that ends on the way to a submission costs nobody a reason or a name."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from compliance.assessments.models import SealedPage, SignOff, Submission
from tests.assessments.evidence_files import pdf
from tests.cast import PASSWORD
from tests.page import Form
from tests.submissions.test_signing_pages import APPROVAL
from tests.submissions.world import approved, requested

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_passwords(settings, world):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    for person in (world.officer, world.signatory, world.auditor, world.stranger):
        person.set_password(PASSWORD)
        person.save()


@pytest.fixture
def browser(client, world):
    """A browser that is held to the site's forgery protection."""
    return Client(enforce_csrf_checks=True)


def token(page):
    return {"csrfmiddlewaretoken": Form(page).value("csrfmiddlewaretoken")}


def sign_in(page, person):
    return Form(page).fill(**{"again-login": person.email, "again-password": PASSWORD}).fields


def sent_after_session(browser, address, fields, person):
    """Send a form without a session, and sign in again on the page that asks to."""
    asked = browser.post(address, fields | token(browser.get("/accounts/sign-in/")))
    assert asked.status_code == 403
    return browser.post(address, sign_in(asked, person))


def test_asking_for_signature_goes_on(browser, world):
    address = reverse("assessments:request_signature", args=[world.assessment.pk])
    asked = {"prepared_by": world.colleague.pk}
    assert sent_after_session(browser, address, asked, world.officer).status_code == 302
    assert SignOff.objects.get().prepared_by == world.colleague


def test_approving_goes_on(browser, world):
    address = reverse("assessments:approve", args=[requested(world).pk])
    assert sent_after_session(browser, address, APPROVAL, world.signatory).status_code == 302
    assert SignOff.objects.get().representative == APPROVAL["representative"]


def test_the_reason_of_a_refusal_goes_on(browser, world):
    address = reverse("assessments:decline", args=[requested(world).pk])
    reason = {"reason": "第三项\r\n<不实>"}
    assert sent_after_session(browser, address, reason, world.signatory).status_code == 302
    assert SignOff.objects.get().reason == "第三项\n<不实>"


def test_the_reason_of_a_withdrawal_goes_on(browser, world, submission):
    address = reverse("assessments:withdraw", args=[submission.pk])
    sent = sent_after_session(browser, address, {"reason": "材料有误"}, world.officer)
    assert sent.status_code == 302
    assert Submission.objects.get().withdrawal_reason == "材料有误"


def test_submitting_goes_on(browser, world):
    address = reverse("assessments:submit", args=[approved(world).pk])
    assert sent_after_session(browser, address, {}, world.officer).status_code == 302
    assert Submission.objects.exists()


def test_a_scan_is_asked_for_again(browser, world, submission):
    address = reverse("assessments:receipt", args=[submission.pk])
    scan = {"file": SimpleUploadedFile("盖章页.pdf", pdf())}
    shown = sent_after_session(browser, address, scan, world.officer)
    assert "文件未能保留" in shown.content.decode()
    assert not SealedPage.objects.exists()


@pytest.mark.parametrize("who", ["stranger", "auditor"])
def test_nobody_else_takes_the_page_over(browser, world, who):
    address = reverse("assessments:decline", args=[requested(world).pk])
    again = sent_after_session(browser, address, {"reason": "不实"}, getattr(world, who))
    assert again.status_code == 403
    assert Form(again).value("reason") == "不实"
    assert SignOff.objects.get().state == "requested"


@pytest.mark.parametrize(
    ("step", "person", "fields", "shown"),
    [
        ("approve", "signatory", APPROVAL, "赵代表"),
        ("decline", "signatory", {"reason": "不实"}, "不实"),
        ("recall", "officer", {}, ""),
        ("submit", "officer", {}, ""),
    ],
)
def test_a_page_that_was_open_too_long_stores_nothing(browser, world, step, person, fields, shown):
    sign_off = approved(world) if step == "submit" else requested(world)
    state = sign_off.state
    browser.force_login(getattr(world, person))
    address = reverse(f"assessments:{step}", args=[sign_off.pk])
    again = browser.post(address, fields | {"csrfmiddlewaretoken": "x" * 64})
    assert again.status_code == 403
    assert "尚未保存" in again.content.decode()
    assert shown in again.content.decode()
    assert SignOff.objects.get().state == state


def test_a_page_that_takes_nothing_leads_to_the_sign_in(client, submission):
    address = reverse("assessments:document", args=[submission.pk])
    assert client.post(address).url == f"/accounts/sign-in/?next={address}"
