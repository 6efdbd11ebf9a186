"""A section with JavaScript: it saves by itself, says so, and warns only of what is unsaved."""

from urllib.parse import urljoin

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from compliance.assessments.models import Answer, ConflictingAnswer
from compliance.organisations.models import Membership, Role
from tests.browser.going import follow
from tests.cast import Cast, make_answer, make_assessment, make_subject
from tests.page import section_address

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast():
    return Cast()


@pytest.fixture
def assessment(cast):
    return make_assessment(make_subject(cast.company), created_by=cast.officer)


@pytest.fixture
def page(open_browser, cast, assessment):
    page = open_browser(cast.officer)
    page.goto(section_address(assessment, "scope"))
    return page


def test_a_choice_is_saved_at_once_and_the_page_says_when(page):
    with page.expect_response("**/autosave/"):
        page.check("[name=answer-minors][value=no]")
    expect(page.locator("#saved")).to_contain_text("已保存")
    assert Answer.objects.get().value == "no"


def test_typing_is_saved_after_a_pause_and_once(page):
    page.clock.install(time=0)
    page.reload()
    page.clock.pause_at(3600)  # from here on time passes in this test alone
    page.locator("#answer-users").press_sequentially("12")
    page.clock.run_for(700)  # too short to be a pause
    page.locator("#answer-users").press_sequentially("00")
    with page.expect_response("**/autosave/"):
        page.clock.run_for(800)
    expect(page.locator("#saved")).to_contain_text("已保存")
    row = Answer.objects.get()
    assert (row.value, row.revision) == (1200, 1)


def test_what_was_typed_a_moment_ago_is_saved_when_the_page_goes_out_of_sight(page):
    page.clock.install(time=0)
    page.reload()
    page.clock.pause_at(3600)  # no pause in typing ends
    page.locator("#answer-users").press_sequentially("12")
    with page.expect_response("**/autosave/"):
        page.evaluate(
            """() => {
                Object.defineProperty(document, "visibilityState", { value: "hidden" });
                document.dispatchEvent(new Event("visibilitychange"));
            }"""
        )
    assert Answer.objects.get().value == 12


def test_saving_by_itself_and_sending_the_page_do_not_meet(page, assessment):
    with page.expect_response("**/autosave/"):
        page.check("[name=answer-minors][value=no]")
    page.fill("#answer-users", "7")  # still on its way when the button is pressed
    follow(page.locator(".wizard-foot .button--primary"))
    assert page.url.endswith(section_address(assessment, "risks"))
    assert {row.question: row.value for row in Answer.objects.all()} == {"minors": "no", "users": 7}
    assert not ConflictingAnswer.objects.exists()


def test_what_cannot_be_read_is_said_beside_the_field(page):
    with page.expect_response("**/autosave/"):
        page.fill("#answer-users", "很多")
    expect(page.locator("#error-users")).to_contain_text("不是数字")
    expect(page.locator("#answer-users")).to_have_attribute("aria-invalid", "true")
    with page.expect_response("**/autosave/"):
        page.fill("#answer-users", "9")
    expect(page.locator("#error-users")).to_be_hidden()
    assert Answer.objects.get().value == 9


def test_an_answer_brings_up_and_hides_its_follow_up(page):
    with page.expect_response("**/autosave/"):
        page.check("[name=answer-functions][value=live]")
    expect(page.locator("#question-clone-source")).to_be_hidden()
    with page.expect_response("**/autosave/"):
        page.check("[name=answer-functions][value=clone]")
    expect(page.locator("#question-clone-source")).to_be_visible()


def test_without_a_connection_it_says_so_keeps_trying_and_warns(page, assessment):
    page.context.set_offline(True)
    page.fill("#answer-users", "7")
    expect(page.locator("#saved")).to_contain_text("尚未保存")
    with page.expect_event("dialog") as warning:
        page.close(run_before_unload=True)
    assert warning.value.type == "beforeunload"
    warning.value.dismiss()
    with page.expect_response("**/autosave/"):
        page.context.set_offline(False)
    expect(page.locator("#saved")).to_contain_text("已保存")
    assert Answer.objects.get().value == 7


def test_whoever_may_answer_no_more_is_told_so_and_keeps_what_was_typed(page, cast):
    Membership.objects.filter(user=cast.officer).update(role=Role.AUDITOR)
    with page.expect_response("**/autosave/") as answer:
        page.fill("#answer-users", "7")
    assert answer.value.status == 403
    expect(page.locator("#saved")).to_contain_text("请先复制已填的内容")
    expect(page.locator("#answer-users")).to_have_value("7")
    with page.expect_event("dialog") as warning:
        page.close(run_before_unload=True)
    warning.value.dismiss()


def test_leaving_a_saved_page_needs_no_warning(page):
    with page.expect_response("**/autosave/"):
        page.fill("#answer-users", "7")
    expect(page.locator("#saved")).to_contain_text("已保存")
    warned = []
    page.on("dialog", lambda dialog: (warned.append(dialog.type), dialog.accept()))
    page.goto("/assessments/")
    assert warned == []


def test_a_change_by_someone_else_is_told_and_both_are_kept(page, cast, assessment):
    make_answer(assessment, "users", 5, by=cast.colleague)
    with page.expect_response("**/autosave/"):
        page.fill("#answer-users", "7")
    expect(page.locator("#saved")).to_contain_text(str(cast.colleague))
    follow(page.locator(".wizard-foot .button--primary"))
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator("#question-users .versions")).to_contain_text("7 人")
    page.locator(".error-summary a[href='#conflict-users']").click()
    expect(page.locator("#conflict-users")).to_be_in_viewport()
    follow(page.locator("#question-users button:has-text('改用这一份')"))
    expect(page.locator("#answer-users")).to_have_value("7")
    expect(page.locator("#question-users")).to_be_in_viewport()  # where the choice was made
    assert Answer.objects.get().value == 7
    assert not ConflictingAnswer.objects.exists()


def test_signed_out_meanwhile_the_page_leads_through_a_new_sign_in(
    page, cast, assessment, settings
):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cast.officer.set_password("a long password")
    cast.officer.save()
    Session.objects.all().delete()
    with page.expect_response("**/autosave/"):
        page.fill("#answer-users", "7")
    expect(page.locator("#saved")).to_contain_text("登录已失效")
    follow(page.locator(".wizard-foot .button--primary"))
    page.fill("[name=again-login]", cast.officer.email)
    page.fill("[name=again-password]", "a long password")
    follow(page.locator("main button"))
    assert page.url.endswith(section_address(assessment, "risks"))
    assert Answer.objects.get().value == 7


def test_after_a_new_sign_in_in_another_tab_the_page_says_that_it_has_to_be_sent(page, assessment):
    token = {"name": "csrftoken", "value": "x" * 32, "url": urljoin(page.url, "/")}
    page.context.add_cookies([token])
    with page.expect_response("**/autosave/"):
        page.fill("#answer-users", "7")
    expect(page.locator("#saved")).to_contain_text("页面已失效")
    follow(page.locator(".wizard-foot .button--primary"))
    expect(page.locator("#answer-users")).to_have_value("7")
    follow(page.locator(".wizard-foot .button--primary"))
    assert page.url.endswith(section_address(assessment, "risks"))
    assert Answer.objects.get().value == 7


def test_a_choice_can_be_taken_back(page):
    with page.expect_response("**/autosave/"):
        page.check("[name=answer-minors][value=no]")
    with page.expect_response("**/autosave/"):
        page.click("#question-minors .clear")
    expect(page.locator("[name=answer-minors]:checked")).to_have_count(0)
    assert Answer.objects.get().value is None


def test_the_language_switch_keeps_what_was_just_typed(page, assessment):
    page.fill("#answer-users", "12")
    follow(page.locator("button.language"))
    assert page.url.endswith(section_address(assessment, "scope", "/en"))
    expect(page.locator("#answer-users")).to_have_value("12")


def test_the_language_switch_keeps_the_place(page):
    page.set_viewport_size({"width": 1280, "height": 300})
    page.locator("#question-minors").evaluate("question => question.scrollIntoView()")
    page.locator("button.language").evaluate("button => button.click()")  # without scrolling there
    page.wait_for_url("**/en/**")
    expect(page.locator("#question-minors")).to_be_in_viewport(ratio=0.3)


def test_the_enter_key_saves_and_goes_on_instead_of_switching_the_language(page, assessment):
    page.fill("#answer-users", "12")
    follow(page.locator("#answer-users"), key="Enter")
    assert page.url.endswith(section_address(assessment, "risks"))
    assert Answer.objects.get().value == 12


def test_without_javascript_everything_works(open_browser, cast, assessment):
    page = open_browser(cast.officer, scripts=False)
    page.goto(section_address(assessment, "scope"))
    page.fill("#answer-users", "12")
    page.check("[name=answer-minors][value=no]")
    follow(page.locator("#answer-users"), key="Enter")
    assert page.url.endswith(section_address(assessment, "risks"))
    assert {row.question: row.value for row in Answer.objects.all()} == {
        "minors": "no",
        "users": 12,
    }
