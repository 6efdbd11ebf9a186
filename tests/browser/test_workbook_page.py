"""A workbook is sent and confirmed in a browser: by keyboard, on a small phone, accessibly."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from compliance.assessments.models import Answer
from tests.browser.going import follow
from tests.browser.looking import findings_as_shown
from tests.cast import Cast, make_answer, make_assessment, make_subject
from tests.workbook import download

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def cast():
    return Cast()


@pytest.fixture
def assessment(cast):
    return make_assessment(make_subject(cast.company), created_by=cast.officer)


@pytest.fixture
def filled_in(cast, assessment, tmp_path):
    """A workbook with a change of everything: one conflicts, one cannot be read, rows are gone."""
    browser = Client()
    browser.force_login(cast.officer)
    make_answer(assessment, "users", 7, comment="见台账")
    book = download(browser, assessment)
    book.fill(
        **{
            "answer-users": 8,
            "answer-minors": "否",
            "answer-assessed": "差不多",
            "answer-functions.option.live": "是",
            "claimed-consent": "是",
            "justification-consent": "全部为完全原创的虚构形象，不涉及任何真实自然人。",
        }
    )
    gone = book.cell("answer-maturity")
    gone.parent.delete_rows(gone.row)
    Answer.objects.filter(question="users").update(value=9, revision=2, by=cast.colleague)
    path = tmp_path / "填报 一.xlsx"
    path.write_bytes(book.content())
    return path


@pytest.fixture
def page(open_browser, cast, assessment, filled_in):
    page = open_browser(cast.officer)
    page.goto(f"/assessments/{assessment.pk}/")
    follow(page.get_by_role("link", name="离线填报"))
    page.set_input_files("[name=file]", filled_in)
    follow(page.get_by_role("button", name="上传并查看变更"))
    expect(page.locator("h1")).to_have_text("工作簿将带来的变更")
    return page


def test_it_is_confirmed_by_keyboard(page, assessment):
    page.get_by_label("以工作簿为准").focus()
    page.keyboard.press("Space")
    page.locator("[type=checkbox]").first.focus()
    page.keyboard.press("Space")  # leaves the first change out
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/assessments/{assessment.pk}/")
    expect(page.locator(".notice--success")).to_contain_text("已从工作簿导入 3 项")
    stored = {row.question: row.value for row in assessment.answers.all()}
    assert stored == {"users": 8, "minors": "no"}
    assert assessment.claims.get().claimed


def test_the_page_is_accessible_and_fits_a_small_phone(page):
    assert not findings_as_shown(page)
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_workbook_of_a_section_is_downloaded(open_browser, cast, assessment):
    page = open_browser(cast.officer)
    page.goto(f"/en/assessments/{assessment.pk}/offline/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Content safety").click()
    assert waiting.value.suggested_filename.endswith("Content safety.xlsx")
