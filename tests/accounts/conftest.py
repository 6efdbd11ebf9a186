import time

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse

from tests.cast import PASSWORD, make_user


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def letters(mailoutbox, monkeypatch):
    """E-mail as it is sent, though the transaction of a test never ends."""
    monkeypatch.setattr(transaction, "on_commit", lambda function, **_: function())
    return mailoutbox


@pytest.fixture
def user():
    return make_user("li.lei@example.com", password=PASSWORD)


class App:
    """The app of someone: it shows codes."""

    def __init__(self, user):
        self.key = generate_totp_secret()
        TOTP.activate(user, self.key)
        self.recovery_codes = RecoveryCodes.activate(user).get_unused_codes()

    @property
    def code(self):
        return code_of(self.key)


def code_of(key):
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(key, counters[len(counters) // 2]))


@pytest.fixture
def app(user):
    return App(user)


@pytest.fixture
def confirmed(client, user):
    """A browser in which the person has signed in and just confirmed who they are."""
    sign_in(client, user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def sign_in(client, user, password=PASSWORD, **more):
    data = {"login": user.email, "password": password, **more}
    return client.post(reverse("account_login"), data)


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def five_minutes_later(monkeypatch):
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 301)
    cache.clear()
