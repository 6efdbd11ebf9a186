"""A session that ends while people change what they say about themselves."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from tests.cast import PASSWORD, make_user
from tests.page import Form

pytestmark = pytest.mark.django_db
ADDRESS = "/accounts/"


@pytest.fixture
def person():
    return make_user("li.lei@example.com", name="李雷", password=PASSWORD)


@pytest.fixture
def browser(person):
    """A browser that is held to the site's forgery protection."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    return client


def send_without_session(browser):
    page = Form(browser.get(ADDRESS)).fill(name="李 雷", language="zh-hans")
    Session.objects.all().delete()
    return browser.post(ADDRESS, page.fields)


def sign_in(browser, page, person):
    given = {"again-login": person.email, "again-password": PASSWORD}
    return browser.post(ADDRESS, Form(page).fill(**given).fields)


def test_the_name_is_stored_after_a_new_sign_in(browser, person):
    asked = send_without_session(browser)
    assert asked.status_code == 403
    assert sign_in(browser, asked, person).status_code == 302
    person.refresh_from_db()
    assert person.name == "李 雷"


def test_nobody_else_gets_the_name(browser, person):
    other = make_user(name="韩梅梅", password=PASSWORD)
    again = sign_in(browser, send_without_session(browser), other)
    assert again.status_code == 403
    other.refresh_from_db()
    assert other.name == "韩梅梅"


def test_a_page_that_was_open_too_long_stores_nothing(browser, person):
    page = Form(browser.get(ADDRESS)).fill(name="李 雷", csrfmiddlewaretoken="x" * 64)
    again = browser.post(ADDRESS, page.fields)
    assert again.status_code == 403
    assert Form(again).value("name") == "李 雷"
    person.refresh_from_db()
    assert person.name == "李雷"
