"""What was answered before: told with person and time, and taken again on request."""

import pytest
from django.test import Client

from compliance.assessments.models import Answer, ConflictingAnswer, SectionAssignment
from compliance.assessments.saving import taken_over
from compliance.audit.models import EventValue
from compliance.audit.recording import record_all
from compliance.organisations.models import Role
from tests.cast import make_answer, make_member
from tests.page import Form, section_address, section_form

pytestmark = pytest.mark.django_db


def browser_of(user):
    browser = Client()
    browser.force_login(user)
    return browser


def address(assessment, question="users"):
    return f"/assessments/{assessment.pk}/history/{question}/"


def answer(browser, assessment, **entered):
    page = section_form(browser, assessment, "scope").fill(**entered)
    return browser.post(section_address(assessment, "scope"), page.fields)


@pytest.fixture
def changed(officer, assessment, cast):
    """7 by the officer, then 8 by a colleague with a comment."""
    answer(officer, assessment, **{"answer-users": "7"})
    answer(browser_of(cast.colleague), assessment, **{"answer-users": "8", "comment-users": "月活"})
    return Answer.objects.get(question="users")


def test_each_change_is_listed_with_person_and_words(changed, officer, assessment, cast):
    text = officer.get(address(assessment)).content.decode()
    newest, oldest = text.index("7 人"), text.rindex("7 人")
    assert text.index("8 人") < newest < oldest
    for words in (str(cast.officer), str(cast.colleague), "月活"):
        assert words in text


def test_the_section_page_says_who_answered_and_leads_there(changed, officer, assessment, cast):
    text = officer.get(section_address(assessment, "scope")).content.decode()
    assert f"{cast.colleague}作答" in text
    assert address(assessment) in text
    assert address(assessment, "minors") not in text


def buttons(page):
    return [button for button in Form(page).buttons if button[0].startswith("take")]


def test_an_earlier_answer_is_taken_again_as_a_new_one(changed, officer, assessment, cast):
    page = officer.get(address(assessment))
    [(name, value)] = buttons(page)
    response = officer.post(address(assessment), Form(page).fields | {name: value})
    assert response.status_code == 302
    row = Answer.objects.get(question="users")
    assert (row.value, row.comment, row.by, row.revision) == (7, "月活", cast.officer, 3)
    assert "8 人" in officer.get(address(assessment)).content.decode()


def test_what_stood_before_the_record_began_can_be_taken_too(officer, assessment, cast):
    make_answer(assessment, "users", 5)
    answer(officer, assessment, **{"answer-users": "7"})
    page = officer.get(address(assessment))
    [(name, value)] = buttons(page)
    assert name == "take_before"
    officer.post(address(assessment), Form(page).fields | {name: value})
    assert Answer.objects.get().value == 5


def test_a_newer_answer_is_not_overwritten(changed, officer, assessment, cast):
    page = officer.get(address(assessment))
    [(name, value)] = buttons(page)
    answer(browser_of(cast.colleague), assessment, **{"answer-users": "9"})
    officer.post(address(assessment), Form(page).fields | {name: value})
    assert Answer.objects.get(question="users").value == 9
    assert ConflictingAnswer.objects.get().value == 7


@pytest.mark.parametrize("sent", [{"take": "999"}, {"take": "x"}, {}, {"take_before": "1"}])
def test_what_no_page_sends_is_refused(changed, officer, assessment, sent):
    seen = Form(officer.get(address(assessment))).value("seen")
    assert officer.post(address(assessment), {"seen": seen} | sent).status_code == 400
    assert Answer.objects.get(question="users").value == 8


def test_what_is_erased_is_said_to_be_erased(changed, officer, assessment):
    EventValue.objects.all().delete()
    text = officer.get(address(assessment)).content.decode()
    assert "保存期限已届满" in text
    assert "8 人" in text
    assert not buttons(officer.get(address(assessment)))


def test_an_answer_taken_over_had_nothing_before_it(officer, assessment, cast):
    row = make_answer(assessment, "users", 5)
    record_all([taken_over(row, {"through": "upgrade"})], by=cast.officer, chain=assessment)
    text = officer.get(address(assessment)).content.decode()
    assert "保存期限已届满" not in text
    assert text.index("更改前") < text.index("未作答") < text.index("更改后")


def test_an_answer_given_at_the_same_time_is_listed(officer, assessment, cast):
    theirs = section_form(officer, assessment, "scope").fill(**{"answer-users": "8"})
    answer(officer, assessment, **{"answer-users": "7"})
    browser_of(cast.colleague).post(section_address(assessment, "scope"), theirs.fields)
    text = officer.get(address(assessment)).content.decode()
    assert "与他人同时作答" in text
    assert "8 人" in text


def test_who_may_not_answer_reads_only(changed, officer, assessment, cast):
    page = browser_of(cast.auditor).get(address(assessment))
    assert page.status_code == 200
    assert not buttons(page)
    other = make_member(cast.company, Role.CONTRIBUTOR)
    SectionAssignment.objects.create(
        assessment=assessment, section="scope", person=other, by=cast.officer
    )
    colleague = browser_of(cast.colleague)
    assert not buttons(colleague.get(address(assessment)))
    full = officer.get(address(assessment))
    response = colleague.post(address(assessment), Form(full).fields | dict(buttons(full)))
    assert response.status_code == 403
    assert str(other) in response.content.decode()
    assert Answer.objects.get(question="users").value == 8
