"""The address alone decides the language: Chinese without a prefix, English under /en/."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("accepts", ["en", "en-GB,en;q=0.9", "zh-CN", "fr", ""])
def test_the_browser_does_not_decide(client, accepts):
    headers = {"Accept-Language": accepts}
    chinese = client.get("/accounts/sign-in/", headers=headers)
    assert chinese.status_code == 200
    assert chinese.headers["Content-Language"] == "zh-hans"
    english = client.get("/en/accounts/sign-in/", headers=headers)
    assert english.headers["Content-Language"] == "en"


def test_each_page_links_to_itself_in_the_other_language(client):
    languages = client.get("/en/accounts/sign-in/?next=/en/assessments/").context["languages"]
    assert [(language["url"], language["current"]) for language in languages] == [
        ("/accounts/sign-in/?next=/en/assessments/", False),
        ("/en/accounts/sign-in/?next=/en/assessments/", True),
    ]


def test_an_unknown_address_stays_in_its_language(client):
    assert client.get("/en/nowhere/").headers["Content-Language"] == "en"
    assert client.get("/nowhere/", headers={"Accept-Language": "en"}).status_code == 404
