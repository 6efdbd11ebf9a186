"""Two people, or two tabs, on one answer: both are kept, and someone chooses."""

import pytest

from compliance.assessments.models import Answer, ConflictingAnswer, ConflictingClaim
from tests.page import Form, section_address, section_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(cast):
    from django.test import Client

    browser = Client()
    browser.force_login(cast.colleague)
    return browser


def send(browser, assessment, form, section="scope", **button):
    return browser.post(section_address(assessment, section), form.fields | button)


@pytest.fixture
def conflict(officer, colleague, assessment):
    """The officer's answer counts; the colleague's page was older."""
    mine = section_form(officer, assessment, "scope").fill(**{"answer-users": "7"})
    theirs = section_form(colleague, assessment, "scope")
    theirs.fill(**{"answer-users": "8", "comment-users": "我的依据", "answer-minors": "no"})
    send(officer, assessment, mine)
    return send(colleague, assessment, theirs)


def test_both_answers_are_shown_and_the_rest_of_the_page_is_stored(conflict, cast):
    assert conflict.status_code == 200
    text = conflict.content.decode()
    for words in (str(cast.officer), str(cast.colleague), "7 人", "8 人", "我的依据"):
        assert words in text
    assert Answer.objects.get(question="users").value == 7
    assert Answer.objects.get(question="minors").value == "no"
    assert Form(conflict, "section").value("answer-users") == "7"


def test_everyone_who_comes_to_the_page_sees_it(conflict, officer, assessment):
    assert "我的依据" in officer.get(section_address(assessment, "scope")).content.decode()
    assert "tag--needs_attention" in officer.get(f"/assessments/{assessment.pk}/").content.decode()
    assert "#question-users" in officer.get(f"/assessments/{assessment.pk}/check/").content.decode()


def test_the_summary_above_the_page_leads_to_it(conflict, officer, assessment):
    for page in (conflict, officer.get(section_address(assessment, "scope"))):
        text = page.content.decode()
        assert "error-summary" in text
        assert text.count('href="#conflict-users"') == text.count('id="conflict-users"') == 1


def button(page, kind):
    return next(value for name, value in page.buttons if name == "choose" and f".{kind}." in value)


def test_taking_the_other_answer(conflict, colleague, assessment, cast):
    page = Form(conflict, "section")
    response = send(colleague, assessment, page, choose=button(page, "other"))
    assert Form(response, "section").value("answer-users") == "8"
    row = Answer.objects.get(question="users")
    assert (row.value, row.comment, row.by) == (8, "我的依据", cast.colleague)
    assert not ConflictingAnswer.objects.exists()
    assert "choose" not in dict(Form(response, "section").buttons)


def test_keeping_the_answer_that_counts(conflict, colleague, assessment):
    page = Form(conflict, "section")
    send(colleague, assessment, page, choose=button(page, "stored"))
    assert Answer.objects.get(question="users").value == 7
    assert not ConflictingAnswer.objects.exists()


def test_choosing_stores_the_rest_of_the_page_too(conflict, colleague, assessment):
    page = Form(conflict, "section").fill(**{"comment-minors": "补充"})
    send(colleague, assessment, page, choose=button(page, "stored"))
    assert Answer.objects.get(question="minors").comment == "补充"


def test_a_choice_that_comes_too_late_is_shown_again(conflict, officer, colleague, assessment):
    page = Form(conflict, "section")
    newer = section_form(officer, assessment, "scope").fill(**{"answer-users": "9"})
    send(officer, assessment, newer)
    response = send(colleague, assessment, page, choose=button(page, "other"))
    assert "9 人" in response.content.decode()
    assert Answer.objects.get(question="users").value == 9
    assert ConflictingAnswer.objects.count() == 1


def test_going_elsewhere_does_not_hide_a_conflict(officer, colleague, assessment):
    theirs = section_form(colleague, assessment, "scope").fill(**{"answer-users": "8"})
    send(
        officer,
        assessment,
        section_form(officer, assessment, "scope").fill(**{"answer-users": "7"}),
    )
    response = send(colleague, assessment, theirs, then="tasks")
    assert response.status_code == 200
    assert ConflictingAnswer.objects.get().value == 8


def test_people_on_different_questions_do_not_meet(officer, colleague, assessment):
    theirs = section_form(colleague, assessment, "scope").fill(**{"answer-minors": "no"})
    send(
        officer,
        assessment,
        section_form(officer, assessment, "scope").fill(**{"answer-users": "7"}),
    )
    assert send(colleague, assessment, theirs).status_code == 302
    assert {row.question: row.value for row in Answer.objects.all()} == {"users": 7, "minors": "no"}


def test_two_tabs_of_one_person_lose_nothing(officer, assessment):
    first, second = (section_form(officer, assessment, "scope") for _ in range(2))
    send(officer, assessment, first.fill(**{"comment-users": "第一个标签页"}))
    send(officer, assessment, second.fill(**{"comment-users": "第二个标签页"}))
    assert Answer.objects.get().comment == "第一个标签页"
    assert ConflictingAnswer.objects.get().comment == "第二个标签页"


def test_claims_meet_in_the_same_way(officer, colleague, assessment):
    theirs = section_form(colleague, assessment, "risks")
    mine = section_form(officer, assessment, "risks")
    for page, browser, reason in ((mine, officer, "无真人"), (theirs, colleague, "全部虚构")):
        page.fill(**{"claimed-consent": "on", "justification-consent": reason})
        response = send(browser, assessment, page, "risks")
    assert ConflictingClaim.objects.get().justification == "全部虚构"
    page = Form(response, "section")
    send(colleague, assessment, page, "risks", choose=button(page, "other"))
    assert assessment.claims.get().justification == "全部虚构"
    assert not ConflictingClaim.objects.exists()
