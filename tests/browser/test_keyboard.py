"""A section answered by keyboard alone: everything is reached, and the focus can be seen."""

import pytest
from playwright.sync_api import Page, expect

from compliance.assessments.models import Answer
from tests.cast import Cast, make_assessment, make_subject
from tests.page import section_address

pytestmark = pytest.mark.django_db(transaction=True)

FAR = 80
"""More presses of the Tab key than the page has stops."""
FOCUS_SHOWS = """() => {
    const focused = document.activeElement;
    const shows = (element, part) => element
        && getComputedStyle(element, part).outlineStyle !== "none";
    return shows(focused) || shows(focused, "::after") || shows(focused.closest("label"));
}"""


@pytest.fixture
def assessment():
    cast = Cast()
    return make_assessment(make_subject(cast.company), created_by=cast.officer)


@pytest.fixture
def page(open_browser, assessment):
    return open_browser(assessment.created_by)


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus; it must be seen to have it."""
    for _ in range(FAR):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            break
    else:
        raise AssertionError(f"The Tab key never comes to {selector}")
    assert page.evaluate(FOCUS_SHOWS), f"{selector} has the focus and does not show it"


def test_the_first_stop_skips_to_the_content(page, assessment):
    page.goto(section_address(assessment, "scope"))
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_a_section_is_answered_and_saved(page, assessment):
    page.goto(section_address(assessment, "scope"))
    tab_to(page, "[name=answer-functions][value=live]")
    page.keyboard.press("Space")
    tab_to(page, "[name=answer-minors]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")  # from yes to no
    tab_to(page, "#answer-users")
    page.keyboard.type("1200")
    tab_to(page, "#question-users summary")
    page.keyboard.press("Enter")
    tab_to(page, "#comment-users")
    page.keyboard.type("按月活跃用户计")
    tab_to(page, ".wizard-foot .button--primary")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{section_address(assessment, 'risks')}")
    rows = {row.question: (row.value, row.comment) for row in Answer.objects.all()}
    assert rows == {
        "functions": (["live"], ""),
        "minors": ("no", ""),
        "users": (1200, "按月活跃用户计"),
    }


def test_from_the_task_list_into_a_section_and_to_the_check(page, assessment):
    page.goto(f"/assessments/{assessment.pk}/")
    tab_to(page, "a[href$='/sections/risks/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sections/risks/")
    page.go_back()
    tab_to(page, "a[href$='/check/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/check/")
