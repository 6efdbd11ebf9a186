"""Signing up: the address is confirmed first, and nobody learns who has an account."""

import re

import pytest
from django.urls import reverse

from compliance.accounts.forms import SignUp
from compliance.accounts.models import User
from tests.accounts.conftest import sign_in, signed_in
from tests.cast import PASSWORD, make_user

pytestmark = pytest.mark.django_db
LINK = re.compile(r"http://127\.0\.0\.1:8000(/\S+)")


def sign_up(client, prefix="", **entered):
    data = {"name": "李雷", "email": "Li.Lei@Example.com", "password1": PASSWORD, **entered}
    return client.post(f"{prefix}/accounts/sign-up/", data)


def link_in(letter):
    return LINK.search(letter.body)[1]


def test_it_works_after_the_address_is_confirmed(client, letters):
    assert sign_up(client).url == reverse("account_email_verification_sent")
    person = User.objects.get()
    assert (person.name, person.email, person.language) == ("李雷", "li.lei@example.com", "zh-hans")
    (letter,) = letters
    assert letter.to == ["li.lei@example.com"]
    assert letter.subject == "【自评】确认电子邮箱"
    assert sign_in(client, person).url == reverse("account_email_verification_sent")
    assert not signed_in(client)
    link = link_in(letter)
    assert "li.lei@example.com" in client.get(link).content.decode()
    assert client.post(link).url == reverse("account_login")
    assert sign_in(client, person).url == "/assessments/"
    assert signed_in(client)


def test_looking_at_the_link_confirms_nothing(client, letters):
    """Mail servers open links to look for malware."""
    sign_up(client)
    client.get(link_in(letters[0]))
    sign_in(client, User.objects.get())
    assert not signed_in(client)


def test_a_link_works_once(client, letters):
    sign_up(client)
    link = link_in(letters[0])
    client.post(link)
    assert client.post(link).status_code == 404
    assert client.get(link).status_code == 200


def test_in_english_the_letter_is_english(client, letters):
    sign_up(client, "/en")
    assert letters[0].subject == "[Ziping] Confirm your address"
    assert link_in(letters[0]).startswith("/en/")
    assert User.objects.get().language == "en"


def test_whoever_has_an_account_gets_the_same_answer_and_a_letter(client, letters):
    person = make_user("li.lei@example.com", name="韩梅梅", password="another password")
    first = sign_up(client)
    second = sign_up(client, email="nobody@example.com")
    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert letters[0].subject == "【自评】您已有账号"
    person.refresh_from_db()
    assert person.name == "韩梅梅"
    assert person.check_password("another password")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "李" * 101),
        ("name", "李\x00雷"),
        ("email", "not an address"),
        ("email", "li\x00lei@example.com"),
        ("email", "l" * 250 + "@example.com"),
        ("email", "li@lei@example.com"),
        ("email", "li.lei@example.com\r\nBcc: everyone@example.com"),
        ("password1", "short"),
        ("password1", "li.lei@example.com"),
        ("password1", "x" * 10_000),
        ("password1", "correct\x00horse battery"),
    ],
)
def test_bad_input_is_refused_beside_its_field(client, letters, field, value):
    response = sign_up(client, **{field: value})
    assert response.status_code == 422
    assert response.context["form"].errors[field]
    assert not User.objects.exists()
    assert letters == []


def test_nobody_makes_themselves_more_than_a_person(client, letters):
    sign_up(client, is_staff="1", is_superuser="1", is_active="0", joined_at="2000-01-01", id="1")
    person = User.objects.get()
    assert (person.is_staff, person.is_superuser, person.is_active) == (False, False, True)
    assert person.joined_at.year > 2000


def test_where_sign_up_is_closed_the_page_says_so(client, settings):
    settings.OPEN_SIGN_UP = False
    response = sign_up(client)
    assert "account/signup_closed.html" in [template.name for template in response.templates]
    assert not User.objects.exists()
    assert reverse("account_signup") not in client.get("/accounts/sign-in/").content.decode()


def test_two_who_sign_up_with_one_address_at_once(client, letters, monkeypatch):
    """The second passes the check before the first is stored, and is told the same."""
    make_user("li.lei@example.com")
    monkeypatch.setattr(SignUp, "validate_unique_email", lambda _, value: value)
    assert sign_up(client).url == reverse("account_email_verification_sent")
    assert User.objects.count() == 1


@pytest.mark.parametrize("key", ["x", "MQ:x:y", "%00", "x" * 3000, "MQ:1xUnkZ:%2E%2E", "..%2f"])
def test_a_link_that_nobody_was_sent_confirms_nothing(client, key):
    assert client.get(f"/accounts/confirm-address/{key}/").status_code in (200, 404)
    assert client.post(f"/accounts/confirm-address/{key}/").status_code == 404
