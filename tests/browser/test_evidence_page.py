"""Evidence as people add it: from the question to the file and back, nothing lost on the way."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from compliance.assessments.models import Answer, AnswerEvidence
from tests.assessments.evidence_files import PROGRAM, pdf
from tests.browser.going import follow
from tests.cast import Cast, make_assessment, make_link, make_subject
from tests.page import section_address

pytestmark = pytest.mark.django_db(transaction=True)

WIDTHS = {"zh": ("", 1280), "en": ("/en", 360)}


@pytest.fixture
def cast():
    return Cast()


@pytest.fixture
def assessment(cast):
    return make_assessment(make_subject(cast.company), created_by=cast.officer)


@pytest.fixture
def files(settings, tmp_path):
    """A folder for the site's files, and two to send."""
    options = {"location": tmp_path / "site"}
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    settings.STORAGES = settings.STORAGES | {"default": storage}
    (tmp_path / "备案证明.pdf").write_bytes(pdf())
    (tmp_path / "假冒.pdf").write_bytes(PROGRAM)
    return tmp_path


def test_a_file_is_added_from_the_question_and_fetched(open_browser, cast, assessment, files):
    page = open_browser(cast.officer)
    page.goto(section_address(assessment, "scope"))
    page.fill("#answer-users", "7")  # not saved yet when the button is pressed
    follow(page.locator('[name="evidence"][value="users"]'))
    expect(page.locator("h1")).to_have_text("佐证材料")
    assert Answer.objects.get().value == 7
    page.set_input_files("#id_file-file", files / "假冒.pdf")
    page.fill("#id_file-title", "备案证明")
    follow(page.get_by_role("button", name="添加该文件"))
    expect(page.locator("#id_file-file_error")).to_contain_text("程序文件不能作为佐证材料")
    expect(page.locator("#id_file-title")).to_have_value("备案证明")
    page.set_input_files("#id_file-file", files / "备案证明.pdf")
    follow(page.get_by_role("button", name="添加该文件"))
    expect(page.locator("#behind + ul")).to_contain_text("备案证明")
    with page.expect_download() as download:
        page.click("#behind + ul .evidence__name a")
    assert Path(download.value.path()).read_bytes() == pdf()
    follow(page.get_by_role("link", name="返回题目"))
    expect(page.locator("#question-users .evidence")).to_contain_text("备案证明")


def test_what_is_taken_away_can_be_put_back(open_browser, cast, assessment):
    link = make_link(cast.company, title="公示页", added_by=cast.officer)
    link.uses.create(assessment=assessment, question="users", by=cast.officer)
    page = open_browser(cast.officer)
    page.goto(f"/assessments/{assessment.pk}/evidence/users/")
    follow(page.locator(".evidence__act a").last)
    follow(page.get_by_role("button", name="移除"))
    expect(page.locator("#behind + p")).to_have_text("暂无。")
    follow(page.get_by_role("button", name="重新附上"))
    expect(page.locator("#behind + ul")).to_contain_text("公示页")
    assert AnswerEvidence.objects.get().evidence == link


@pytest.mark.parametrize("language", WIDTHS)
def test_the_pages_fit_their_window(open_browser, cast, assessment, language):
    prefix, width = WIDTHS[language]
    for number, title in enumerate(("沪网信备案" * 20, "合同", "评估报告")):
        link = make_link(cast.company, title=title, added_by=cast.officer)
        if number < 2:
            link.uses.create(assessment=assessment, question="users", by=cast.officer)
    page = open_browser(cast.officer)
    page.set_viewport_size({"width": width, "height": 900})
    for name, address in {
        "evidence": f"{prefix}/assessments/{assessment.pk}/evidence/users/",
        "section": section_address(assessment, "scope", prefix),
        "check": f"{prefix}/assessments/{assessment.pk}/check/",
    }.items():
        page.goto(address)
        if folder := os.environ.get("PICTURES"):
            page.screenshot(path=f"{folder}/{name}-{language}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
