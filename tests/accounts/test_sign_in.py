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
    data = {"login": email, "password": password, **more}
    return client.post(reverse("account_login"), data)


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_it_works_in_any_case_of_the_address(client, user):
    assert sign_in(client).url == "/assessments/"
    assert signed_in(client)


@pytest.mark.parametrize(
    "wrong",
    [
        {"password": "wrong"},
        {"password": "x" * 5000},
        {"password": "x\x00y"},
        {"email": "nobody@example.com"},
        {"email": "li\x00lei"},
        {"email": "li\x00lei@example.com"},
        {"email": "l" * 400 + "@example.com"},
        {"email": ""},
    ],
)
def test_it_refuses_a_wrong_address_or_password(client, user, wrong):
    response = sign_in(client, **wrong)
    assert response.status_code == 422
    assert response.context["form"].errors
    assert not signed_in(client)


def test_it_says_the_same_to_whoever_has_no_account(client, user):
    errors = [
        sign_in(client, "wrong", email).context["form"].errors
        for email in ("li.lei@example.com", "nobody@example.com")
    ]
    assert errors[0] == errors[1]


def test_someone_who_may_no_longer_sign_in_is_told_so_by_the_right_password_only(client, user):
    user.is_active = False
    user.save()
    assert sign_in(client, "wrong").context["form"].errors
    assert sign_in(client).url == reverse("account_inactive")
    assert not signed_in(client)


def test_it_goes_on_to_where_one_wanted_to_be(client, user):
    assert sign_in(client, next="/en/assessments/").url == "/en/assessments/"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "javascript:alert(1)",
        "/\\evil.example",
        "http:///evil.example",
        "\x00https://evil.example/",
    ],
)
def test_it_never_leads_to_another_site(client, user, target):
    assert sign_in(client, next=target).url == "/assessments/"


def test_pages_follow_the_language_that_one_prefers(client, user):
    user.language = "en"
    user.save()
    assert sign_in(client).url == "/en/assessments/"


def test_english_chosen_on_the_page_stays(client, user):
    data = {"login": user.email, "password": PASSWORD}
    assert client.post("/en/accounts/sign-in/", data).url == "/en/assessments/"


def test_signing_out_needs_a_post(client, user):
    client.force_login(user)
    assert client.get(reverse("account_logout")).status_code == 405
    assert signed_in(client)
    assert client.post(reverse("account_logout")).url == "/"
    assert not signed_in(client)
