"""Light or dark is remembered in the browser, for whoever uses it."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils import translation

from compliance import appearance, gallery
from questionnaires.gaps import RiskLevel
from questionnaires.scoring import Status

pytestmark = pytest.mark.django_db

TAGS = [("status_tag.html", "status", list(Status)), ("risk_tag.html", "level", list(RiskLevel))]
ICONS = Path(finders.find("ziping/img/icons.svg")).read_text()
COMPONENTS = Path(finders.find("ziping/css/components.css")).read_text()
DARK_SHEET = re.compile(r'id="dark-theme" media="([^"]+)"')


def dark_media(client) -> str:
    return DARK_SHEET.search(client.get("/accounts/sign-in/").content.decode())[1]


def test_the_system_decides_until_someone_chooses(client):
    assert dark_media(client) == "screen and (prefers-color-scheme: dark)"


@pytest.mark.parametrize(("theme", "media"), [("dark", "screen"), ("light", "not all")])
def test_a_choice_is_remembered_and_leads_back(client, theme, media):
    response = client.post("/theme/", {"theme": theme, "next": "/en/accounts/sign-in/"})
    assert response.url == "/en/accounts/sign-in/"
    assert dark_media(client) == media
    client.post("/theme/", {"theme": "auto"})
    assert dark_media(client) == appearance.DARK_MEDIA["auto"]


@pytest.mark.parametrize("away", ["https://elsewhere.example/", "//elsewhere.example", ""])
def test_it_leads_nowhere_else(client, away):
    assert client.post("/theme/", {"theme": "dark", "next": away}).url == "/"


def test_an_unknown_theme_is_refused(client):
    response = client.post("/theme/", {"theme": "not all"})
    assert response.status_code == 400
    assert not response.cookies


def test_a_cookie_that_someone_wrote_does_not_reach_the_page(client):
    client.cookies["theme"] = '"><script>'
    assert dark_media(client) == appearance.DARK_MEDIA["auto"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_pages_of_last_resort_need_nothing_but_themselves(name, language):
    with translation.override(language):
        page = get_template(name).render()
    assert f'<html lang="{"en" if language == "en" else "zh-Hans"}">' in page
    assert f'<p class="error-code">{name[:3]}</p>' in page


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_component_can_be_shown(client, language):
    request = RequestFactory().get("/design/")
    with translation.override(language):
        page = gallery.gallery(request).content.decode()
    assert "style=" not in page  # the content security policy would block it


def test_the_gallery_is_for_developers_only(client):
    assert client.get("/design/").status_code == 404


@pytest.mark.parametrize(("template", "name", "codes"), TAGS)
def test_every_code_of_the_engine_has_its_own_sign_colour_and_word(template, name, codes):
    words = set()
    for code in codes:
        tag = get_template(f"components/{template}").render({name: code})
        assert f'class="tag tag--{code}"' in tag
        assert f'<symbol id="{code}"' in ICONS
        words.add(re.sub(r"<[^>]+>", "", tag))
        if code != "not_applicable":  # the plain tag
            assert f".tag--{code}" in COMPONENTS
    assert len(words) == len(codes)
