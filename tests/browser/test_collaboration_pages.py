"""Working together in a browser: on a small phone and a wide screen, by keyboard, accessibly."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from compliance.assessments.collaboration.threads import say
from compliance.assessments.models import SectionAssignment
from compliance.assessments.revisions import seen
from compliance.assessments.saving import store
from compliance.organisations.models import Role
from questionnaires.forms import Entry
from questionnaires.publishing import canonical
from tests.browser.going import follow
from tests.browser.looking import findings_as_shown
from tests.cast import Cast, make_assessment, make_member, make_subject, make_version
from tests.samples import company_sample

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def cast():
    return Cast()


@pytest.fixture
def assessment(cast):
    """Half assigned, discussed and answered twice."""
    version = make_version(document=canonical(company_sample()).decode(), version="2")
    made = make_assessment(make_subject(cast.company), version=version, created_by=cast.officer)
    other = make_member(cast.company, Role.CONTRIBUTOR, name="李四")
    today = timezone.localdate()
    for section, person, days in (("risks", cast.colleague, 3), ("contents", other, -2)):
        SectionAssignment.objects.create(
            assessment=made,
            section=section,
            person=person,
            due_on=today + dt.timedelta(days=days),
            by=cast.officer,
        )
    token = seen("answer", None)
    for value, by in ((2, other), (4, cast.officer)):
        content = {"value": value, "typed": None}
        _outcome, token = store(made, Entry("answer", "maturity", str(token), content), by)
    say(made, "maturity", "请 @李四 补充审核记录的编号。\n最近一次在九月。", cast.officer)
    say(made, "maturity", "已补充。", other)
    return made


PAGES = ("", "assign/", "threads/", "threads/maturity/", "history/maturity/", "sections/contents/")


@pytest.mark.parametrize("page_name", PAGES)
def test_pages_are_accessible_and_fit_a_phone(open_browser, cast, assessment, page_name, request):
    page = open_browser(cast.officer)
    for prefix, size in (("", {"width": 1280, "height": 900}), ("/en", PHONE)):
        page.set_viewport_size(size)
        page.goto(f"{prefix}/assessments/{assessment.pk}/{page_name}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= size["width"]
        assert not findings_as_shown(page)


def test_a_contributor_finds_their_section_and_reports_it(open_browser, cast, assessment):
    page = open_browser(cast.colleague)
    page.goto("/assessments/")
    follow(page.get_by_role("link", name="风险防控"))
    expect(page.locator("h1")).to_have_text("风险防控")
    page.goto(f"/assessments/{assessment.pk}/")
    follow(page.get_by_role("button", name="报告完成"), key="Enter")
    expect(page.locator(".task").first).to_contain_text("报告完成")
    assert SectionAssignment.objects.get(section="risks").done_at


def test_a_message_is_sent_by_keyboard(open_browser, cast, assessment):
    page = open_browser(cast.colleague)
    page.goto(f"/assessments/{assessment.pk}/sections/contents/")
    messages = page.locator("#question-maturity").get_by_role("link", name="2条留言")
    follow(messages, key="Enter")
    page.get_by_label("留言").fill("收到，谢谢。")
    follow(page.get_by_role("button", name="发送"), key="Enter")
    expect(page.locator(".message").last).to_contain_text("收到，谢谢。")
