"""A session that ended, or a token that is too old, costs nobody what they entered."""

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from compliance.assessments.models import Answer
from tests.cast import PASSWORD
from tests.page import Form, section_address, section_form

pytestmark = pytest.mark.django_db


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


@pytest.fixture
def filled(browser, assessment):
    form = section_form(browser, assessment, "scope")
    return form.fill(
        **{
            "answer-users": "7",
            "answer-functions": ["live", "clone"],
            "comment-users": "一\r\n<二>",
        }
    )


def send(browser, assessment, form, **more):
    return browser.post(section_address(assessment, "scope"), form.fields | more)


def sign_in(page, email, password=PASSWORD):
    return Form(page).fill(**{"again-login": email, "again-password": password})


def stored():
    return {row.question: (row.value, row.comment) for row in Answer.objects.all()}


EVERYTHING = {"users": (7, "一\n<二>"), "functions": (["live", "clone"], "")}


def test_signing_in_again_goes_on_where_the_session_ended(browser, assessment, filled, cast):
    Session.objects.all().delete()
    page = send(browser, assessment, filled, then="tasks")
    assert page.status_code == 403
    assert not Answer.objects.exists()
    response = send(browser, assessment, sign_in(page, cast.officer.email))
    assert response.url == f"/assessments/{assessment.pk}/"
    assert stored() == EVERYTHING
    assert Answer.objects.first().by == cast.officer
    assert browser.get(response.url).status_code == 200


def test_the_second_factor_is_asked_for_in_the_same_way(browser, assessment, filled, cast):
    key = generate_totp_secret()
    TOTP.activate(cast.officer, key)
    Session.objects.all().delete()
    page = send(browser, assessment, filled, then="tasks")
    step = send(browser, assessment, sign_in(page, cast.officer.email))
    assert step.status_code == 403
    assert PASSWORD not in step.content.decode()
    wrong = send(browser, assessment, Form(step).fill(**{"again-code": "000000"}))
    assert wrong.status_code == 403
    assert not Answer.objects.exists()
    code = format_hotp_value(hotp_value(key, list(yield_hotp_counters_from_time())[1]))
    response = send(browser, assessment, Form(wrong).fill(**{"again-code": code}))
    assert response.url == f"/assessments/{assessment.pk}/"
    assert stored() == EVERYTHING


def test_a_code_without_the_password_before_it_signs_nobody_in(browser, assessment, filled, cast):
    key = generate_totp_secret()
    TOTP.activate(cast.officer, key)
    Session.objects.all().delete()
    page = send(browser, assessment, filled)
    code = format_hotp_value(hotp_value(key, list(yield_hotp_counters_from_time())[1]))
    again = send(browser, assessment, Form(page).fill(**{"again-code": code}))
    assert again.status_code == 403
    assert not Answer.objects.exists()


def test_whoever_lacks_a_demanded_second_factor_sets_it_up_first(
    browser, assessment, filled, cast, settings
):
    settings.REQUIRE_SECOND_FACTOR = "everyone"
    Session.objects.all().delete()
    page = send(browser, assessment, filled)
    response = send(browser, assessment, sign_in(page, cast.officer.email))
    assert response.url.startswith("/accounts/second-factor/")
    assert not Answer.objects.exists()


def test_guessing_on_this_page_is_counted_too(browser, assessment, filled, cast):
    Session.objects.all().delete()
    page = send(browser, assessment, filled)
    for _ in range(5):
        send(browser, assessment, sign_in(page, cast.officer.email, "wrong"))
    assert send(browser, assessment, sign_in(page, cast.officer.email)).status_code == 403
    assert not Answer.objects.exists()


def test_a_wrong_password_keeps_everything(browser, assessment, filled, cast):
    Session.objects.all().delete()
    page = send(browser, assessment, filled)
    again = send(browser, assessment, sign_in(page, cast.officer.email, "wrong"))
    assert again.status_code == 403
    assert "wrong" not in again.content.decode()
    send(browser, assessment, sign_in(again, cast.officer.email))
    assert stored() == EVERYTHING


@pytest.mark.parametrize("who", ["stranger", "auditor"])
def test_someone_else_cannot_take_the_page_over(browser, assessment, filled, cast, who):
    Session.objects.all().delete()
    page = send(browser, assessment, filled)
    again = send(browser, assessment, sign_in(page, getattr(cast, who).email))
    assert again.status_code == 403
    assert Form(again).value("answer-users") == "7"
    assert not Answer.objects.exists()
    assert browser.get("/assessments/").status_code == 302  # nobody is signed in


def test_a_page_opened_after_the_session_ended_leads_to_sign_in_and_back(browser, assessment):
    Session.objects.all().delete()
    address = section_address(assessment, "scope", "/en")
    response = browser.get(address)
    assert response.url == f"/en/accounts/sign-in/?next={address}"


def test_a_token_too_old_shows_everything_again_and_stores_nothing(browser, assessment, filled):
    browser.cookies["csrftoken"] = "x" * 32
    page = send(browser, assessment, filled)
    assert page.status_code == 403
    assert not Answer.objects.exists()
    form = Form(page, "section")
    assert form.value("answer-users") == "7"
    assert form.value("comment-users") == "一\r\n<二>"
    assert form.fields["answer-functions"] == ["live", "clone"]
    assert send(browser, assessment, form).status_code == 302
    assert stored() == EVERYTHING


def test_another_site_stores_nothing_even_if_one_signs_in_on_the_page(
    browser, assessment, filled, cast
):
    """The browser sends no cookies with it: no session, and no token that could be right."""
    without_cookies = Client(enforce_csrf_checks=True)
    filled.fill(**{"again-login": cast.officer.email, "again-password": PASSWORD})
    page = send(without_cookies, assessment, filled)
    assert page.status_code == 403
    assert "_auth_user_id" not in without_cookies.session
    shown = send(without_cookies, assessment, sign_in(page, cast.officer.email))
    assert "_auth_user_id" in without_cookies.session
    assert not Answer.objects.exists()
    form = Form(shown, "section")
    assert form.value("answer-users") == "7"
    assert send(without_cookies, assessment, form).status_code == 302
    assert stored() == EVERYTHING


def test_a_script_with_a_token_too_old_is_told_to_send_the_page(browser, assessment, filled):
    browser.cookies["csrftoken"] = "x" * 32
    fields = {"question": "users", "answer-users": "7", "seen-users": filled.value("seen-users")}
    response = browser.post(
        f"/assessments/{assessment.pk}/autosave/", fields, headers={"Accept": "application/json"}
    )
    assert response.status_code == 403
    assert response.json()["error"]
    assert not Answer.objects.exists()


def test_where_nothing_is_typed_a_token_too_old_is_refused_plainly(browser):
    browser.cookies["csrftoken"] = "x" * 32
    response = browser.post(reverse("theme"), {"theme": "dark"})
    assert response.status_code == 403
    assert "403_csrf.html" in [template.name for template in response.templates]


def test_an_unknown_address_with_a_token_too_old_is_refused_plainly(browser):
    assert browser.post("/nowhere/", {}).status_code in (403, 404)
