"""A new password by e-mail: for whoever has the address, and nobody learns who has an account."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.conftest import sign_in, signed_in
from tests.cast import make_user

pytestmark = pytest.mark.django_db
ADDRESS = "/accounts/password/forgotten/"
NEW = "battery staple 9"
LINK = re.compile(r"http://127\.0\.0\.1:8000(/accounts/password/new/\S+)")


def way_in(client, letters):
    """Follow the link of the last letter to the form."""
    return client.get(LINK.search(letters[-1].body)[1]).url


def test_it_works_once_and_ends_every_session(client, user, letters):
    elsewhere = Client()
    sign_in(elsewhere, user)
    assert client.post(ADDRESS, {"email": "Li.Lei@example.com"}).url == f"{ADDRESS}sent/"
    link = LINK.search(letters[0].body)[1]
    form = client.get(link).url
    assert link.rsplit("/", 2)[1] not in form  # the key does not stand in the address of the page
    assert client.post(form, {"password1": NEW}).url == "/accounts/password/new/done/"
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert not signed_in(client)
    assert elsewhere.get("/assessments/").status_code == 302
    assert letters[1].subject == "【自评】您的密码已修改"
    assert client.get(link).context["token_fail"]
    assert client.post(form, {"password1": "something else 7"}).context["token_fail"]


def test_it_says_the_same_to_whoever_has_no_account(client, user, letters):
    answers = [client.post(ADDRESS, {"email": email}) for email in (user.email, "no@example.com")]
    assert {(answer.status_code, answer.url) for answer in answers} == {(302, f"{ADDRESS}sent/")}
    assert [letter.to for letter in letters] == [[user.email], ["no@example.com"]]
    assert not LINK.search(letters[1].body)


def test_someone_who_may_no_longer_sign_in_gets_no_link(client, letters):
    make_user("li.lei@example.com", is_active=False)
    client.post(ADDRESS, {"email": "li.lei@example.com"})
    assert not LINK.search(letters[0].body)


def test_the_link_names_the_site_whatever_host_was_asked(client, user, letters, settings):
    settings.ALLOWED_HOSTS = ["*"]
    client.post(ADDRESS, {"email": user.email}, headers={"Host": "evil.example"})
    client.post(ADDRESS, {"email": user.email}, headers={"X-Forwarded-Host": "evil.example"})
    assert len(letters) == 2
    assert all(LINK.search(letter.body) and "evil" not in letter.body for letter in letters)


def test_a_host_that_is_not_ours_is_refused(client, user, letters):
    answer = client.post(ADDRESS, {"email": user.email}, headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert letters == []


@pytest.mark.parametrize("new", ["short", "x" * 300, "battery\x00staple 9", "li.lei@example.com"])
def test_a_bad_password_is_refused_and_the_link_still_works(client, user, letters, new):
    client.post(ADDRESS, {"email": user.email})
    form = way_in(client, letters)
    assert client.post(form, {"password1": new}).context["form"].errors["password1"]
    assert client.post(form, {"password1": NEW}).url == "/accounts/password/new/done/"


@pytest.mark.parametrize(
    "link",
    [
        "/accounts/password/new/{user}/abc-def/",
        "/accounts/password/new/{user}/set-password/",
        "/accounts/password/new/nobody/abc-def/",
        "/accounts/password/new/{user}/%00/",
        "/accounts/password/new/" + "9" * 5000 + "/x/",
    ],
)
def test_a_link_that_nobody_was_sent(client, user, link):
    answer = client.post(link.format(user=user.pk.hex), {"password1": NEW})
    assert answer.context["token_fail"]
    user.refresh_from_db()
    assert not user.check_password(NEW)


@pytest.mark.parametrize("address", ["", "no address", "a\x00@example.com", "a" * 300 + "@b.cn"])
def test_a_bad_address_is_refused(client, address, letters):
    assert client.post(ADDRESS, {"email": address}).context["form"].errors["email"]
    assert letters == []


def test_another_persons_mailbox_is_not_flooded(client, user, letters):
    answers = [client.post(ADDRESS, {"email": user.email}).status_code for _ in range(5)]
    assert answers == [302, 302, 302, 429, 429]
    assert len(letters) == 3


def test_someone_without_a_password_may_choose_one(client, letters):
    person = make_user("li.lei@example.com")
    client.post(ADDRESS, {"email": person.email})
    client.post(way_in(client, letters), {"password1": NEW})
    assert sign_in(client, person, NEW).url == reverse("assessments:list")
