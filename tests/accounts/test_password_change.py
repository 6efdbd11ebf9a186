"""A new password, for whoever knows the present one."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.test_sign_in import sign_in, signed_in
from tests.cast import PASSWORD, make_user

pytestmark = pytest.mark.django_db
ADDRESS = "/accounts/password/"
NEW = "battery staple 9"


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def user(client):
    user = make_user("li.lei@example.com", password=PASSWORD)
    sign_in(client)
    return user


def change(client, old=PASSWORD, new=NEW):
    return client.post(ADDRESS, {"oldpassword": old, "password1": new})


def test_it_works_and_everyone_else_is_signed_out(client, user):
    elsewhere = Client()
    sign_in(elsewhere)
    assert change(client).url == reverse("account")
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert client.get("/assessments/").status_code == 200
    assert elsewhere.get("/assessments/").status_code == 302


@pytest.mark.parametrize(
    "new",
    ["short", "123456789012", "password1234", "li.lei@example.com", "x" * 300, "\x00" * 12, ""],
)
def test_a_bad_password_is_refused(client, user, new):
    response = change(client, new=new)
    assert response.context["form"].errors["password1"]
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_the_present_password_is_needed(client, user):
    assert change(client, old="wrong").context["form"].errors["oldpassword"]
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert signed_in(client)


def test_someone_without_a_password_is_sent_to_choose_one_by_e_mail(client):
    client.force_login(make_user())
    assert client.get(ADDRESS).url == reverse("account_reset_password")
