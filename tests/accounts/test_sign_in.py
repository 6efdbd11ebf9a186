"""Signing in, going on to where one wanted to be, and signing out."""

import pytest
from django.urls import reverse

from tests.cast import PASSWORD, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def user():
    return make_user("li.lei@example.com", password=PASSWORD)


def sign_in(client, password=PASSWORD, email="Li.Lei@example.com", **more):
    data = {"username": email, "password": password, **more}
    return client.post(reverse("accounts:sign_in"), data)


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_it_works_in_any_case_of_the_address(client, user):
    assert sign_in(client).url == "/assessments/"
    assert signed_in(client)


@pytest.mark.parametrize(
    "wrong", [{"password": "wrong"}, {"email": "nobody@example.com"}, {"email": "li\x00lei"}]
)
def test_it_refuses_a_wrong_address_or_password(client, user, wrong):
    response = sign_in(client, **wrong)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not signed_in(client)


def test_it_refuses_someone_who_may_no_longer_sign_in(client, user):
    user.is_active = False
    user.save()
    sign_in(client)
    assert not signed_in(client)


def test_it_goes_on_to_where_one_wanted_to_be(client, user):
    assert sign_in(client, next="/en/assessments/").url == "/en/assessments/"


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_it_never_leads_to_another_site(client, user, target):
    assert sign_in(client, next=target).url == "/assessments/"


def test_signing_out_needs_a_post(client, user):
    client.force_login(user)
    assert client.get(reverse("accounts:sign_out")).status_code == 405
    assert signed_in(client)
    assert client.post(reverse("accounts:sign_out")).url == "/"
    assert not signed_in(client)


def test_changing_the_password(client, user):
    client.force_login(user)
    data = {"old_password": PASSWORD, "new_password1": "battery staple 9"}
    response = client.post(
        reverse("accounts:password_change"), data | {"new_password2": "battery staple 9"}
    )
    assert response.url == reverse("accounts:password_changed")
    user.refresh_from_db()
    assert user.check_password("battery staple 9")


def test_a_short_password_is_refused(client, user):
    client.force_login(user)
    data = {"old_password": PASSWORD, "new_password1": "short", "new_password2": "short"}
    response = client.post(reverse("accounts:password_change"), data)
    assert response.context["form"].errors["new_password2"]
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
