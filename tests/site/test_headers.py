"""What browsers are told about every page."""

import pytest

from tests.cast import PASSWORD, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/accounts/sign-in/", "/nowhere/"])
def test_nothing_foreign_and_nothing_inline(client, address):
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_pages_of_signed_in_people_are_kept_nowhere(client):
    client.force_login(make_user())
    assert client.get("/assessments/").headers["Cache-Control"] == "private, no-store"


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(client, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    user = make_user(password=PASSWORD)
    response = client.post("/accounts/sign-in/", {"login": user.email, "password": PASSWORD})
    cookie = response.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_host_that_is_not_ours_is_refused(client):
    client.raise_request_exception = False
    response = client.get("/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert "elsewhere.example" not in response.text
