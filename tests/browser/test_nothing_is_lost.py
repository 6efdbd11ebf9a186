"""What people entered survives two tabs, a lost session and a browser without JavaScript."""

import pytest
from playwright.sync_api import expect

from compliance.assessments.models import Answer, ConflictingAnswer
from compliance.assessments.outline import outline_of
from tests.browser import filling
from tests.browser.going import follow
from tests.cast import PASSWORD, Cast, make_assessment, make_subject
from tests.page import section_address

pytestmark = pytest.mark.django_db(transaction=True)

ANSWERS = {
    "risks": {
        "assessed": "late",
        "assessed-on": "2026-01-31",
        "consent-share": {"numerator": 1, "denominator": 3},
        "consent-files": ["同意书.pdf", "清单.xlsx"],
    },
    "contents": {"label-places": ["start"], "reviewers": "cannot_show", "maturity": 2},
}


@pytest.fixture
def cast(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cast = Cast()
    cast.officer.set_password(PASSWORD)
    cast.officer.save()
    return cast


@pytest.fixture
def assessment(cast):
    return make_assessment(make_subject(cast.company), created_by=cast.officer)


@pytest.fixture
def plain_page(open_browser, cast):
    """A page of the officer's in a browser without JavaScript."""
    return open_browser(cast.officer, scripts=False)


def stored():
    return {row.question: row.value for row in Answer.objects.all()}


@pytest.mark.parametrize("section", ANSWERS)
def test_without_javascript_a_section_with_every_kind_of_question(plain_page, assessment, section):
    page, questions = plain_page, outline_of(assessment.version).questions
    page.goto(section_address(assessment, section))
    for key, given in ANSWERS[section].items():
        if not page.locator(f"#question-{key}").is_visible():  # brought up by an answer before
            follow(page.get_by_role("button", name="保存并继续").last)
            page.goto(section_address(assessment, section))
        filling.answer(page, questions[key], given)
    filling.comment(page, "assessed" if section == "risks" else "maturity", "无脚本")
    follow(page.get_by_role("button", name="保存并继续").last)
    assert stored() == ANSWERS[section]
    assert Answer.objects.filter(comment="无脚本").count() == 1
    page.goto(section_address(assessment, section))
    follow(page.get_by_role("button", name="保存并继续").last)
    assert set(Answer.objects.values_list("revision", flat=True)) == {1}


@pytest.fixture(params=["with JavaScript", "without"])
def tabs(request, open_browser, cast, assessment):
    """Two tabs of one browser with the same page, opened before anything was answered."""
    if request.param == "without":
        context = request.getfixturevalue("plain_page").context
    else:
        context = open_browser(cast.officer).context
    tabs = context.new_page(), context.new_page()
    for tab in tabs:
        tab.goto(section_address(assessment, "scope"))
    return tabs


def test_two_tabs_keep_both_answers_and_let_one_choose(tabs, assessment):
    first, second = tabs
    for tab, number in ((first, "12"), (second, "34")):
        tab.fill("#answer-users", number)
        follow(tab.get_by_role("button", name="保存并继续").last)
    assert first.url.endswith(section_address(assessment, "risks"))
    versions = second.locator("#question-users .version")
    expect(versions).to_have_count(2)
    expect(versions.nth(0)).to_contain_text("12 人")
    expect(versions.nth(1)).to_contain_text("34 人")
    assert stored() == {"users": 12}
    assert ConflictingAnswer.objects.get().value == 34
    follow(versions.nth(1).get_by_role("button"))
    expect(second.locator("#answer-users")).to_have_value("34")
    assert stored() == {"users": 34}
    assert not ConflictingAnswer.objects.exists()


def test_two_tabs_on_different_questions_do_not_meet(tabs, assessment):
    first, second = tabs
    first.fill("#answer-users", "12")
    follow(first.get_by_role("button", name="保存并继续").last)
    assert first.url.endswith(section_address(assessment, "risks"))
    second.check("[name=answer-minors][value=no]")
    follow(second.get_by_role("button", name="保存并继续").last)
    assert second.url.endswith(section_address(assessment, "risks"))
    assert stored() == {"users": 12, "minors": "no"}


def test_without_any_cookie_left_nothing_entered_is_lost(open_browser, cast, assessment):
    """Neither session nor token: sign in, look at what was entered, save it again."""
    page = open_browser(cast.officer)
    page.goto(section_address(assessment, "scope"))
    page.route("**/autosave/", lambda route: route.abort())
    page.fill("#answer-users", "12")
    filling.comment(page, "users", "第一行\n第二行 <b>")
    page.context.clear_cookies()
    follow(page.locator(".wizard-foot .button--primary"))
    page.fill("[name=again-login]", cast.officer.email)
    page.fill("[name=again-password]", PASSWORD)
    follow(page.get_by_role("main").get_by_role("button"))
    expect(page.locator(".notice--warning")).to_be_visible()
    expect(page.locator("#answer-users")).to_have_value("12")
    assert not Answer.objects.exists()  # another site could have sent this
    follow(page.locator(".wizard-foot .button--primary"))
    assert page.url.endswith(section_address(assessment, "risks"))
    row = Answer.objects.get()
    assert (row.value, row.comment) == (12, "第一行\n第二行 <b>")
