"""Where one has signed in, and being out at once where that was ended."""

import datetime as dt

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from compliance.accounts import browsers
from tests.accounts.conftest import sign_in
from tests.cast import PASSWORD, make_user

pytestmark = pytest.mark.django_db
ADDRESS = "/accounts/sessions/"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0"


def is_in(browser) -> bool:
    return browser.get("/library/").status_code == 200


@pytest.fixture
def elsewhere(user):
    browser = Client(headers={"User-Agent": EDGE})
    sign_in(browser, user)
    return browser


@pytest.fixture
def here(client, user, elsewhere):
    sign_in(client, user)
    return client


def test_both_are_listed_by_what_people_call_them(here):
    rows = here.get(ADDRESS).context["sessions"]
    assert [row.browser for row in rows] == ["Edge · Windows", "未知浏览器"]


def test_one_can_be_ended_and_is_out_at_once(here, elsewhere):
    assert is_in(elsewhere)
    row = UserSession.objects.get(user_agent=EDGE)
    assert here.post(ADDRESS, {"session": row.pk}).url == ADDRESS
    assert not is_in(elsewhere)
    assert is_in(here)


def test_all_others_can_be_ended(here, elsewhere):
    here.post(ADDRESS)
    assert not is_in(elsewhere)
    assert is_in(here)


def noted(browser, minutes_ago):
    """Let the browser have been used then for the last time, as far as is known."""
    session = browser.session
    session["last_seen"] = (timezone.now() - dt.timedelta(minutes=minutes_ago)).timestamp()
    session.save()


def last_seen():
    return UserSession.objects.get(user_agent=EDGE).last_seen_at


def test_the_list_says_when_each_was_last_used(here, elsewhere):
    UserSession.objects.filter(user_agent=EDGE).update(
        last_seen_at=dt.datetime(2026, 1, 2, 3, 4, tzinfo=dt.UTC)
    )
    page = here.get(ADDRESS).content.decode()
    assert "上次使用" in page
    assert "2026年1月2日 11:04" in page
    noted(elsewhere, minutes_ago=11)
    elsewhere.get("/library/")
    assert timezone.now() - last_seen() < dt.timedelta(minutes=1)


def test_what_was_noted_a_moment_ago_is_not_written_again(elsewhere):
    before = last_seen()
    noted(elsewhere, minutes_ago=9)
    elsewhere.get("/library/")
    assert last_seen() == before


def test_a_session_that_was_ended_is_not_noted(here, elsewhere):
    noted(elsewhere, minutes_ago=11)
    here.post(ADDRESS)
    assert elsewhere.get("/library/").status_code == 302
    assert not UserSession.objects.filter(user_agent=EDGE).exists()


@pytest.mark.parametrize("number", ["", "0", "x", "-1", "9" * 400, "\x00"])
def test_what_is_no_session_ends_none(here, elsewhere, number):
    assert here.post(ADDRESS, {"session": number}).status_code == 404
    assert is_in(elsewhere)


def test_a_session_of_another_does_not_exist(here):
    other, browser = make_user(password=PASSWORD), Client()
    sign_in(browser, other)
    row = UserSession.objects.get(user=other)
    assert here.post(ADDRESS, {"session": row.pk}).status_code == 404
    assert is_in(browser)
    assert other not in {row.user for row in here.get(ADDRESS).context["sessions"]}


def test_a_session_that_was_ended_cannot_be_carried_on(here, elsewhere):
    """Nor is it stored again by a request that was under way."""
    key = elsewhere.session.session_key
    here.post(ADDRESS)
    elsewhere.get("/library/")
    assert not elsewhere.session.exists(key)


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Macintosh) AppleWebKit/605 Version/17 Safari/605", "Safari · macOS"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/120 MicroMessenger/8.0", "微信 · Android"),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0",
            "Firefox · Linux",
        ),
        ("curl/8.0", "未知浏览器"),
        ("<script>alert(1)</script>", "未知浏览器"),
        ("", "未知浏览器"),
    ],
)
def test_the_name_of_a_browser(agent, name):
    assert browsers.name_of(agent) == name
