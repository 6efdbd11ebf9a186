"""A button that is pressed after the session has ended."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from compliance.organisations.models import Deputyship
from tests.cast import PASSWORD, Cast, make_deputyship
from tests.page import Form

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return Cast()


@pytest.fixture
def deputyship(cast):
    for person in (cast.officer, cast.stranger):
        person.set_password(PASSWORD)
        person.save()
    return make_deputyship(cast.colleague, cast.officer)


@pytest.fixture
def address(cast, deputyship):
    return reverse("organisations:end_deputy", args=[cast.company.pk, deputyship.pk])


@pytest.fixture
def browser(cast, address):
    """A browser that is held to the site's forgery protection."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.officer)
    return client


def press(browser, cast, address):
    page = browser.get(reverse("organisations:overview", args=[cast.company.pk]))
    token = Form(page).value("csrfmiddlewaretoken")
    Session.objects.all().delete()
    return browser.post(address, {"csrfmiddlewaretoken": token})


def sign_in(browser, page, address, person):
    given = {"again-login": person.email, "again-password": PASSWORD}
    return browser.post(address, Form(page).fill(**given).fields)


def test_it_goes_on_after_a_new_sign_in(browser, cast, address):
    asked = press(browser, cast, address)
    assert asked.status_code == 403
    assert "重新登录" in asked.content.decode()
    assert sign_in(browser, asked, address, cast.officer).status_code == 302
    assert not Deputyship.objects.not_over().exists()


def test_someone_else_does_not_go_on(browser, cast, address):
    asked = press(browser, cast, address)
    again = sign_in(browser, asked, address, cast.stranger)
    assert again.status_code == 403
    assert Deputyship.objects.not_over().exists()


@pytest.mark.parametrize("signed_in", [True, False])
def test_from_a_page_that_was_open_too_long_it_is_to_be_pressed_again(
    browser, cast, address, signed_in
):
    if not signed_in:
        Session.objects.all().delete()
    refused = browser.post(address, {"csrfmiddlewaretoken": "x" * 64})
    assert refused.status_code == 403
    assert "页面已失效" in refused.content.decode()
    assert browser.post(address, {"unconfirmed": "1"}).status_code == 403
    assert Deputyship.objects.not_over().exists()
