"""From signing up to signing in with a second factor, in a browser."""

import email
import email.policy
import re

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.sessions.models import Session
from django.core.cache import cache
from playwright.sync_api import expect

from compliance.accounts.models import User
from compliance.assessments.models import Answer
from compliance.organisations.models import Role
from tests.browser.going import follow
from tests.cast import PASSWORD, Cast, make_assessment, make_member, make_subject, make_user


@pytest.fixture(autouse=True)
def quick_passwords_and_letters(settings, live_server, tmp_path):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    settings.SITE_URL = address(live_server)


def address(live_server) -> str:
    # Browsers give passkeys to a host with a name only.
    return live_server.url.replace("127.0.0.1", "localhost")


def last_letter(folder) -> str:
    newest = max(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
    letters = newest.read_bytes().split(b"-" * 79)
    parsed = email.message_from_bytes(
        letters[-2].strip() or letters[0], policy=email.policy.default
    )
    return parsed.get_body().get_content()


def code_for(key: str) -> str:
    cache.clear()  # each code works once, and we are faster than they change
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(key, counters[len(counters) // 2]))


def sign_in(page, who: str) -> None:
    page.goto("/accounts/sign-in/")
    page.fill("[name=login]", who)
    page.fill("[name=password]", PASSWORD)
    follow(page.locator("form.form .button--primary"))


def sign_out(page) -> None:
    page.click(".account summary")
    follow(page.locator(".account__menu button"))


def give_an_authenticator(page) -> None:
    """Let the browser hold passkeys, as a computer with a fingerprint reader does."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


@pytest.fixture
def page(open_browser, live_server):
    return open_browser(base_url=address(live_server))


def test_from_signing_up_to_signing_in_with_a_code(page, tmp_path):
    page.goto("/accounts/sign-up/")
    page.fill("[name=name]", "李雷")
    page.fill("[name=email]", "li.lei@example.com")
    page.fill("[name=password1]", PASSWORD)
    follow(page.locator(".button--primary"))
    assert page.url.endswith("/accounts/confirm-address/")
    letter = last_letter(tmp_path)
    page.goto(re.search(r"http://localhost:\S+", letter)[0])
    follow(page.locator(".button--primary"))
    sign_in(page, "li.lei@example.com")
    assert page.url.endswith("/assessments/")

    page.goto("/accounts/second-factor/app/")
    page.fill("[name=password]", PASSWORD)  # is it you?
    follow(page.locator(".button--primary"))
    key = page.inner_text(".key")
    page.fill("[name=code]", code_for(key))
    follow(page.locator(".button--primary"))
    assert page.url.endswith("/second-factor/codes/")
    recovery_code = page.inner_text(".codes li >> nth=0")

    sign_out(page)
    sign_in(page, "li.lei@example.com")
    assert page.url.endswith("/second-step/")
    page.fill("[name=code]", "000000")
    follow(page.locator(".button--primary"))
    assert page.is_visible(".error-summary")
    page.fill("[name=code]", code_for(key))
    follow(page.locator(".button--primary"))
    assert page.url.endswith("/assessments/")

    sign_out(page)
    sign_in(page, "li.lei@example.com")
    page.fill("[name=code]", recovery_code)
    follow(page.locator(".button--primary"))
    assert page.url.endswith("/assessments/")


def test_a_passkey_signs_in_with_and_without_the_password(page):
    make_user("li.lei@example.com", name="李雷", password=PASSWORD)
    give_an_authenticator(page)
    sign_in(page, "li.lei@example.com")
    assert page.url.endswith("/assessments/")
    page.goto("/accounts/second-factor/passkeys/add/")
    page.fill("[name=password]", PASSWORD)
    follow(page.locator(".button--primary"))
    page.fill("[name=name]", "办公电脑")
    follow(page.locator(".button--primary"))
    assert page.url.endswith("/second-factor/codes/")
    page.goto("/accounts/second-factor/")
    assert page.inner_text("tbody th") == "办公电脑"

    sign_out(page)
    sign_in(page, "li.lei@example.com")
    assert page.url.endswith("/second-step/")
    follow(page.locator(".passkey button"))
    assert page.url.endswith("/assessments/")

    sign_out(page)
    page.goto("/accounts/sign-in/?next=/library/")
    follow(page.locator(".passkey button"))
    expect(page).to_have_url("/library/")
    assert User.objects.get().last_login


def test_without_a_passkey_the_page_says_so(page):
    page.goto("/accounts/sign-in/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')); }")
    page.click(".passkey button")
    page.wait_for_selector("[data-passkey-failed]:not([hidden])")


def test_a_passkey_signs_in_again_where_the_session_ended(page):
    cast = Cast()
    officer = make_member(cast.company, Role.COMPLIANCE_OFFICER, password=PASSWORD)
    assessment = make_assessment(make_subject(cast.company), created_by=officer)
    give_an_authenticator(page)
    sign_in(page, officer.email)
    assert page.url.endswith("/assessments/")
    page.goto("/accounts/second-factor/passkeys/add/")
    page.fill("[name=password]", PASSWORD)
    follow(page.locator(".button--primary"))
    follow(page.locator(".button--primary"))
    assert page.url.endswith("/second-factor/codes/")

    page.goto(f"/assessments/{assessment.pk}/sections/scope/")
    page.route("**/autosave/", lambda route: route.abort())
    page.fill("[name=answer-users]", "7")
    Session.objects.all().delete()
    follow(page.locator("[name=then] >> nth=0"))
    page.fill("[name=again-login]", officer.email)
    page.fill("[name=again-password]", PASSWORD)
    follow(page.locator(".button--primary"))
    follow(page.locator(".passkey button"))
    assert f"/assessments/{assessment.pk}/" in page.url
    assert Answer.objects.get(question="users").value == 7
