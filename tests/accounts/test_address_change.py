"""Changing one's address: the new one counts once its link was followed."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from compliance.accounts.models import User
from tests.accounts.conftest import sign_in
from tests.cast import PASSWORD, make_user

pytestmark = pytest.mark.django_db
ADDRESS = "/accounts/address/"
LINK = re.compile(r"http://127\.0\.0\.1:8000(/\S+)")


def change(client, email="new@example.com"):
    return client.post(ADDRESS, {"email": email, "action_add": ""})


def test_it_works_and_tells_the_former_address(confirmed, user, letters):
    assert change(confirmed).url == ADDRESS
    user.refresh_from_db()
    assert user.email == "li.lei@example.com"
    assert letters[0].to == ["new@example.com"]
    confirmed.post(LINK.search(letters[0].body)[1])
    user.refresh_from_db()
    assert user.email == "new@example.com"
    assert letters[1].to == ["li.lei@example.com"]
    assert [row.email for row in user.emailaddress_set.all()] == ["new@example.com"]


def test_before_it_one_has_to_say_who_one_is(client, user, letters):
    sign_in(client, user)
    assert change(client).url.startswith(reverse("account_reauthenticate"))
    assert letters == []


def test_one_can_stay_with_the_present_one(confirmed, user, letters):
    change(confirmed)
    confirmed.post(ADDRESS, {"email": "new@example.com", "action_remove": ""})
    assert not user.emailaddress_set.filter(email="new@example.com").exists()


@pytest.mark.parametrize("action", ["action_remove", "action_primary", "action_send"])
def test_the_present_one_stays(confirmed, user, action):
    change(confirmed)
    confirmed.post(ADDRESS, {"email": user.email, action: ""})
    confirmed.post(ADDRESS, {"email": "new@example.com", "action_primary": ""})
    user.refresh_from_db()
    assert user.email == "li.lei@example.com"
    assert user.emailaddress_set.get(email=user.email).verified


def test_anothers_address_gets_the_same_answer_and_cannot_be_taken(confirmed, user, letters):
    other = make_user("han.meimei@example.com")
    assert change(confirmed, other.email).url == ADDRESS
    confirmed.post(LINK.search(letters[0].body)[1])
    user.refresh_from_db()
    assert user.email == "li.lei@example.com"


def test_nobody_touches_the_address_of_another(confirmed):
    other = make_user("han.meimei@example.com")
    for action in ("action_remove", "action_primary", "action_send"):
        confirmed.post(ADDRESS, {"email": other.email, action: ""})
    other.refresh_from_db()
    assert other.email == "han.meimei@example.com"
    assert other.emailaddress_set.count() == 1


@pytest.mark.parametrize(
    "email",
    ["", "no address", "a\x00@example.com", "a" * 250 + "@example.com", "li.lei@example.com"],
)
def test_a_bad_address_is_refused(confirmed, user, letters, email):
    response = change(confirmed, email)
    assert response.context["form"].errors["email"]
    assert letters == []


def test_an_address_that_is_not_confirmed_is_not_taken(confirmed, letters):
    """Its holder can sign up with it, and no way into the other account is sent there."""
    change(confirmed, "han.meimei@example.com")
    holder = Client()
    holder.post("/accounts/password/forgotten/", {"email": "han.meimei@example.com"})
    assert "/password/new/" not in letters[-1].body
    cache.clear()
    data = {"name": "韩梅梅", "email": "han.meimei@example.com", "password1": PASSWORD}
    holder.post("/accounts/sign-up/", data)
    holder.post(LINK.search(letters[-1].body)[1])
    person = User.objects.get(email="han.meimei@example.com")
    assert person.name == "韩梅梅"
    assert sign_in(holder, person).url == reverse("assessments:list")
    assert confirmed.post(LINK.search(letters[0].body)[1]).status_code in (302, 200)
    person.refresh_from_db()
    assert person.emailaddress_set.get().verified
