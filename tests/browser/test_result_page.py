"""The result with JavaScript: ticks recompute in place, explanations open below their figure."""

import re

import pytest
from playwright.sync_api import expect

from compliance.assessments.models import Assessment
from tests.assessments.test_result import ANSWERS, SCOPE
from tests.browser.going import follow
from tests.browser.looking import findings
from tests.cast import Cast, make_answer, make_assessment, make_subject

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast():
    return Cast()


@pytest.fixture
def assessment(cast):
    """Finished, with a contradiction and a major risk."""
    assessment = make_assessment(
        make_subject(cast.company), created_by=cast.officer, status=Assessment.Status.FINISHED
    )
    answers = {**SCOPE, **ANSWERS, "reviewers": 0, "assessed": "none"}
    for question, value in answers.items():
        make_answer(assessment, question, value)
    return assessment


@pytest.fixture
def address(assessment):
    return f"/assessments/{assessment.pk}/result/"


@pytest.fixture
def page(open_browser, cast, address):
    page = open_browser(cast.officer)
    page.goto(address)
    return page


def tick(page, gap):
    with page.expect_response("**/planned/**"):
        page.click(f"label[for=close-{gap}]")


def test_a_tick_shows_the_planned_score_at_once_and_stays_in_the_address(page, address):
    now = page.inner_text(".planned__score")
    tick(page, "fraud")
    expect(page.locator(".planned__score")).not_to_have_text(now)
    expect(page.locator(".planned__difference")).to_have_text(re.compile(r"^\+"))
    expect(page.locator(".adds")).to_contain_text("涉诈风险评估")
    planned = page.inner_text(".planned__score")
    expect(page).to_have_url(re.compile(r"\?close=fraud$"))
    page.reload()
    expect(page.locator("#close-fraud")).to_be_checked()
    assert page.inner_text(".planned__score") == planned


def test_ticking_everything_gives_100_and_the_best_rating(page):
    with page.expect_response("**/planned/**"):
        page.get_by_role("link", name="全部差距项").click()
    expect(page.locator(".planned__score")).to_have_text("100.00")
    expect(page.locator(".planned .rating")).to_contain_text("总体符合")
    for box in page.locator("[name=close]").all():
        assert box.is_checked()


def test_the_language_switch_keeps_what_is_ticked(page):
    tick(page, "labels")
    expect(page).to_have_url(re.compile("close=labels"))
    follow(page.locator("a.language"))
    expect(page).to_have_url(re.compile(r"/en/.*close=labels"))
    expect(page.locator("#close-labels")).to_be_checked()


def test_an_explanation_opens_below_its_figure_and_gives_the_focus_back(page):
    link = page.locator("#gap-fraud .gap__lost a")
    link.focus()
    with page.expect_response("**/explain/**"):
        page.keyboard.press("Enter")
    panel = page.locator("#gap-fraud .explained")
    expect(panel).to_be_focused()
    expect(panel).to_contain_text("示例法")
    expect(link).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(link).to_be_focused()
    expect(link).to_have_attribute("aria-expanded", "false")


def test_an_impatient_click_opens_one_explanation(page):
    dblclick_before_the_answer(page, "#gap-fraud .gap__lost a")
    expect(page.locator("#gap-fraud .explained")).to_be_focused()
    dblclick_before_the_answer(page, "#gap-fraud .gap__tags a")
    expect(page.locator("#gap-fraud .explained")).to_be_focused()
    expect(page.locator("#gap-fraud .explained")).to_have_count(1)
    expect(page.locator("#gap-fraud a[aria-expanded=true]")).to_have_count(1)


def dblclick_before_the_answer(page, selector):
    """Click twice while the site's answers are held back; then let all of them through."""
    held = []
    page.route("**/explain/**", lambda route: held.append(route))
    with page.expect_request("**/explain/**"):
        page.dblclick(selector)
    for route in held:
        with page.expect_response(route.request.url):
            route.continue_()
    page.unroute("**/explain/**")


def test_whoever_was_signed_out_meanwhile_is_led_to_sign_in(page):
    page.context.clear_cookies()
    page.click("label[for=close-fraud]")
    page.wait_for_url("**/accounts/sign-in/**")


def test_it_all_works_without_a_script(open_browser, cast, address):
    page = open_browser(cast.officer, scripts=False)
    page.goto(address)
    page.check("#close-fraud")
    follow(page.get_by_role("button", name="计算"))
    expect(page.locator(".planned__difference")).to_have_text(re.compile(r"^\+"))
    follow(page.locator("#gap-fraud .gap__lost a"))
    expect(page.locator("h1")).to_have_text("涉诈风险评估")


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
def test_axe_finds_nothing(page, address, prefix):
    found = {}
    for rest in ("", "?close=fraud", "explain/", "explain/domains/risk/", "explain/fraud/"):
        page.goto(f"{prefix}{address}{rest}")
        if rest == "?close=fraud":
            page.click("#gap-labels .gap__lost a")
            page.wait_for_selector(".explained")
        if report := findings(page):
            found[rest] = report
    assert not found, "\n".join(f"{rest}\n{report}" for rest, report in found.items())


def test_nothing_is_wider_than_a_small_phone(page, address):
    page.set_viewport_size({"width": 360, "height": 740})
    for rest in ("", "explain/", "explain/domains/risk/", "explain/fraud/"):
        page.goto(f"{address}{rest}")
        assert page.evaluate("document.documentElement.scrollWidth") == 360, rest
    page.goto(address)
    page.click("#gap-fraud .gap__lost a")
    page.wait_for_selector(".explained")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
