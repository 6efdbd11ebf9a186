"""The pages of signing in and of an account: axe-core finds nothing, a small phone shows them."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession

from tests.browser.going import follow
from tests.browser.looking import findings
from tests.browser.test_accessibility import PHONE
from tests.browser.test_sign_in import sign_in
from tests.cast import PASSWORD, make_user

ENTRANCE = [
    "/accounts/sign-in/",
    "/accounts/sign-up/",
    "/accounts/sign-in/refused/",
    "/accounts/confirm-address/",
    "/accounts/confirm-address/nothing/",
    "/accounts/password/forgotten/",
    "/accounts/password/forgotten/sent/",
    "/accounts/password/new/nobody/nothing/",
    "/accounts/password/new/done/",
]
CONFIRMED = [
    "/accounts/second-factor/passkeys/add/",
    "/accounts/second-factor/passkeys/AAAA/remove/",
    "/accounts/second-factor/app/remove/",
    "/accounts/second-factor/codes/",
    "/accounts/second-factor/codes/new/",
]
OWN = [
    "/accounts/",
    "/accounts/address/",
    "/accounts/password/",
    "/accounts/sessions/",
    "/accounts/second-factor/",
    "/accounts/confirm/",
    "/accounts/confirm/code/",
    "/accounts/confirm/passkey/",
]


@pytest.fixture(autouse=True)
def quick(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ACCOUNT_RATE_LIMITS = False


@pytest.fixture
def person(transactional_db):
    person = make_user("li.lei@example.com", name="李雷", password=PASSWORD)
    person.emailaddress_set.create(email="new@example.com")
    UserSession.objects.create(user=person, ip="192.0.2.1", session_key="gone", user_agent="x")
    return person


def look_at(page, addresses):
    for address in addresses:
        page.goto(address)
        assert not findings(page), address
        page.set_viewport_size(PHONE)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= PHONE["width"], address
        page.set_viewport_size({"width": 1280, "height": 800})


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
def test_the_entrance(open_browser, person, prefix):
    page = open_browser()
    look_at(page, [prefix + address for address in ENTRANCE])
    for address in ("/accounts/sign-up/", "/accounts/password/forgotten/"):
        page.goto(prefix + address)
        follow(page.locator("main .button--primary"))  # with nothing filled in
        assert page.is_visible(".error-summary")
        assert not findings(page), address


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
def test_ones_account(open_browser, person, prefix):
    page = open_browser()
    sign_in(page, person.email)
    assert page.url.endswith("/assessments/")
    page.goto(prefix + "/accounts/second-factor/app/")
    page.fill("[name=password]", PASSWORD)
    follow(page.locator("main .button--primary"))
    look_at(page, [prefix + "/accounts/second-factor/app/"])
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    Authenticator.objects.create(
        user=person, type="webauthn", data={"name": "办公室的电脑", "credential": {"id": "AAAA"}}
    )
    look_at(page, [prefix + address for address in CONFIRMED])
    Authenticator.objects.filter(type="webauthn").delete()  # whose key nobody has
    look_at(page, [prefix + address for address in OWN if "passkey" not in address])
    page.context.clear_cookies()
    sign_in(page, person.email)
    assert page.url.endswith("/second-step/")
    assert not findings(page)
