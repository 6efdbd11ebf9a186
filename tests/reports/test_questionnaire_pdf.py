"""/library/<key>/<version>/pdf/<language>/: a published questionnaire on paper."""

import io
import re

import pytest
from pypdf import PdfReader

from compliance.library.models import QuestionnaireVersion
from compliance.library.questionnaire_page import questionnaire_page
from compliance.library.versions import scorer_of
from compliance.reports import printed_questionnaire
from compliance.reports.printed_questionnaire import (
    Edition,
    questionnaire_html,
    questionnaire_pdf,
)
from questionnaires.answers import questions_of
from questionnaires.parts import Language
from questionnaires.publishing import canonical
from tests.cast import make_user, make_version
from tests.questionnaires.build import criterion, questionnaire, single, words
from tests.samples import sample_questionnaire

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> QuestionnaireVersion:
    return make_version(key="sample")


@pytest.fixture
def reader(client):
    client.force_login(make_user())
    return client


def text_of(pdf: bytes) -> str:
    """All that is printed, without the spaces and line breaks that pages put in."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize(("tag", "language"), [("zh-hans", "zh"), ("en", "en")])
def test_everything_that_is_asked_is_printed(reader, version, tag: str, language: Language):
    response = reader.get(f"/library/sample/1/pdf/{tag}/")
    assert response["Content-Type"] == "application/pdf"
    printed = text_of(response.content)
    asked = sample_questionnaire()
    expected = [asked.title, asked.purpose, *(each.title for each in asked.ratings)]
    for section in asked.sections:
        expected += [section.title, *(each.title for each in section.criteria)]
    for question in questions_of(asked):
        expected += [question.text, *(each.text for each in getattr(question, "options", ()))]
        expected += [each for each in (question.help, question.evidence) if each]
    expected += [each.message for each in asked.contradictions]
    expected += [each.cited_as for each in asked.instruments]
    missing = [each.to(language) for each in expected if squeezed(each.to(language)) not in printed]
    assert missing == []
    for number in ("1.1", "2.4", "4.1"):
        assert number in printed
    assert version.sha256 in printed


def test_pages_are_numbered_and_the_file_says_what_and_in_which_language_it_is(reader, version):
    for tag, page, title in (
        ("zh-hans", r"第2页共\d+页", "示例问卷 1"),
        ("en", r"Page2of\d+", "Sample questionnaire 1"),
    ):
        pdf = reader.get(f"/library/sample/1/pdf/{tag}/").content
        read = PdfReader(io.BytesIO(pdf))
        assert re.search(page, text_of(pdf))
        assert read.metadata.title == title
        assert read.trailer["/Root"]["/Lang"].lower().startswith(tag[:2])


def test_it_is_shown_under_a_name_in_its_language(reader, version):
    shown = reader.get("/en/library/sample/1/pdf/zh-hans/")["Content-Disposition"]
    assert shown == "inline; filename*=utf-8''%E7%A4%BA%E4%BE%8B%E9%97%AE%E5%8D%B7%201.pdf"
    shown = reader.get("/library/sample/1/pdf/en/")["Content-Disposition"]
    assert shown == 'inline; filename="Sample questionnaire 1.pdf"'


def test_the_same_version_gives_the_same_bytes(reader, version):
    first = reader.get("/library/sample/1/pdf/en/").content
    printed_questionnaire._printed.cache_clear()
    assert reader.get("/library/sample/1/pdf/en/").content == first


@pytest.mark.parametrize("rest", ["1/pdf/fr/", "2/pdf/en/", "1/pdf/zh/"])
def test_another_language_or_version_is_not_found(reader, version, rest):
    assert reader.get(f"/library/sample/{rest}").status_code == 404


def test_what_a_questionnaire_says_is_escaped(version):
    evil = questionnaire(criterion("c", single("q", text=words("<img src=file:///etc/passwd>"))))
    evil_version = make_version(key="evil", document=canonical(evil).decode())
    page = questionnaire_page(scorer_of(evil_version), "en")
    html = questionnaire_html(page, Edition("1", evil_version.published_at.date(), "0" * 64))
    assert "<img" not in html
    assert "&lt;img src=file:///etc/passwd&gt;" in html


def test_what_to_answer_next_is_named_by_its_title(version):
    lead = {"if": {"question": "q", "is": "full"}, "because": words("You do this.")}
    leads = [lead | {"questionnaire": "sample"}, lead | {"questionnaire": "not-published"}]
    first = questionnaire(criterion("c", single("q")), leads_to=leads)
    printed = questionnaire_pdf(make_version(key="first", document=canonical(first).decode()), "en")
    assert "SamplequestionnaireYoudothis." in text_of(printed)
    assert "not-publishedYoudothis." in text_of(printed)


def test_nothing_is_loaded_from_elsewhere(version):
    page = questionnaire_page(scorer_of(version), "zh")
    html = questionnaire_html(page, Edition("1", version.published_at.date(), version.sha256))
    assert not re.search(r"(src|@import|url\()\s*[=\"'(]?\s*(https?:|file:|/)", html)
