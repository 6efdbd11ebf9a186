"""Giving sections to people: who may answer what, and how everyone sees it."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from compliance.assessments.collaboration.assigning import pass_on, state_of
from compliance.assessments.models import Answer, SectionAssignment
from compliance.audit.models import Event as Recorded
from compliance.notices.models import Notice
from compliance.organisations.models import Deputyship, Membership, Role
from tests.cast import PASSWORD, make_answer, make_assessment, make_member
from tests.page import Form, section_address, section_form
from tests.workbook import download, preview_address, taken, upload

pytestmark = pytest.mark.django_db

TOMORROW = timezone.localdate() + dt.timedelta(days=1)
YESTERDAY = timezone.localdate() - dt.timedelta(days=1)


def browser_of(user):
    browser = Client()
    browser.force_login(user)
    return browser


def make_assignment(assessment, section, person, **fields):
    return SectionAssignment.objects.create(
        assessment=assessment, section=section, person=person, by=assessment.created_by, **fields
    )


def address(assessment):
    return f"/assessments/{assessment.pk}/assign/"


@pytest.fixture
def other(cast):
    return make_member(cast.company, Role.CONTRIBUTOR)


# --- the officer's page


def test_the_officer_gives_sections_to_people(officer, assessment, cast, other):
    page = Form(officer.get(address(assessment)))
    page.fill(
        **{
            "risks-people": [str(cast.colleague.pk), str(other.pk)],
            "risks-due_on": TOMORROW.isoformat(),
            "contents-people": str(cast.colleague.pk),
        }
    )
    assert officer.post(address(assessment), page.fields).status_code == 302
    rows = {(row.section, row.person, row.due_on) for row in SectionAssignment.objects.all()}
    assert rows == {
        ("risks", cast.colleague, TOMORROW),
        ("risks", other, TOMORROW),
        ("contents", cast.colleague, None),
    }
    # Each is told once, however many sections they were given.
    assert sorted(Notice.objects.values_list("recipient", flat=True)) == sorted(
        [cast.colleague.pk, other.pk]
    )
    assert Recorded.objects.filter(action="section_assigned", chain=assessment.pk).count() == 3


def test_a_section_passes_to_someone_else(officer, assessment, cast, other):
    make_assignment(assessment, "risks", cast.colleague)
    page = Form(officer.get(address(assessment))).fill(**{"risks-people": str(other.pk)})
    officer.post(address(assessment), page.fields)
    assert SectionAssignment.objects.get().person == other
    assert Recorded.objects.filter(action="section_unassigned").count() == 1


def test_two_officers_do_not_overwrite_each_other_unseen(officer, assessment, cast, other):
    mine = Form(officer.get(address(assessment)))
    theirs = Form(officer.get(address(assessment)))
    officer.post(address(assessment), theirs.fill(**{"risks-people": str(other.pk)}).fields)
    mine.fill(**{"risks-people": str(cast.colleague.pk)})
    response = officer.post(address(assessment), mine.fields)
    assert response.status_code == 409
    assert SectionAssignment.objects.get().person == other
    again = Form(response)
    assert again.value("risks-people") == str(cast.colleague.pk)
    assert officer.post(address(assessment), again.fields).status_code == 302
    assert SectionAssignment.objects.get().person == cast.colleague


@pytest.mark.parametrize(
    "entered",
    [
        {"risks-due_on": TOMORROW.isoformat()},
        {"risks-due_on": "2026-13-45"},
        {"risks-people": "no-such-person"},
        {"risks-people": "00000000-0000-4000-8000-000000000000"},
    ],
)
def test_what_makes_no_sense_is_shown_again(officer, assessment, entered):
    page = Form(officer.get(address(assessment))).fill(**entered)
    response = officer.post(address(assessment), page.fields)
    assert response.status_code == 422
    assert "field__error" in response.content.decode()
    assert not SectionAssignment.objects.exists()


def test_a_day_that_has_passed_is_refused_but_may_stay(officer, assessment, cast):
    chosen = {"risks-people": str(cast.colleague.pk), "risks-due_on": YESTERDAY.isoformat()}
    page = Form(officer.get(address(assessment))).fill(**chosen)
    assert officer.post(address(assessment), page.fields).status_code == 422
    make_assignment(assessment, "risks", cast.colleague, due_on=YESTERDAY)
    page = Form(officer.get(address(assessment)))
    assert page.value("risks-due_on") == YESTERDAY.isoformat()
    assert officer.post(address(assessment), page.fields).status_code == 302


@pytest.mark.parametrize("who", ["stranger", "signatory", "auditor"])
def test_only_those_who_answer_in_the_company_can_be_given_sections(officer, assessment, cast, who):
    person = getattr(cast, who)
    page = Form(officer.get(address(assessment))).fill(**{"risks-people": str(person.pk)})
    assert officer.post(address(assessment), page.fields).status_code == 422
    assert not SectionAssignment.objects.exists()


def test_progress_is_told_for_each_person(officer, assessment, cast):
    make_assignment(assessment, "risks", cast.colleague, due_on=YESTERDAY)
    page = officer.get(address(assessment)).content.decode()
    assert f'<th scope="row">{cast.colleague}</th>' in page
    assert "已逾期" in page


# --- the rule


@pytest.fixture
def held(assessment, other):
    """The section on risks is someone else's."""
    return make_assignment(assessment, "risks", other, due_on=TOMORROW)


def test_others_read_the_section_and_learn_who_has_it(held, assessment, cast):
    page = browser_of(cast.colleague).get(section_address(assessment, "risks"))
    text = page.content.decode()
    assert str(held.person) in text
    assert not Form(page, "section").value("answer-assessed")
    assert "fieldset" in text
    assert " disabled" in text


def test_the_wizard_refuses_others_and_shows_what_they_entered(held, officer, assessment, cast):
    page = section_form(officer, assessment, "risks").fill(**{"comment-assessed": "我写的"})
    response = browser_of(cast.colleague).post(section_address(assessment, "risks"), page.fields)
    assert response.status_code == 403
    assert "我写的" in response.content.decode()
    assert str(held.person) in response.content.decode()
    assert not Answer.objects.exists()


@pytest.mark.parametrize("who", ["other", "officer"])
def test_those_who_have_it_and_officers_answer_it(held, officer, assessment, cast, other, who):
    page = section_form(officer, assessment, "risks").fill(**{"answer-assessed": "late"})
    browser = browser_of(other if who == "other" else cast.officer)
    assert browser.post(section_address(assessment, "risks"), page.fields).status_code == 302
    assert Answer.objects.get(question="assessed").value == "late"


def test_a_section_that_nobody_has_is_open(held, assessment, cast):
    browser = browser_of(cast.colleague)
    page = section_form(browser, assessment, "scope").fill(**{"answer-minors": "no"})
    assert browser.post(section_address(assessment, "scope"), page.fields).status_code == 302
    assert Answer.objects.get().value == "no"


def test_autosave_refuses_others_and_names_who_has_it(held, officer, assessment, cast):
    page = section_form(officer, assessment, "risks")
    data = {"question": "assessed", "answer-assessed": "late"}
    data["seen-assessed"] = page.value("seen-assessed")
    url = f"/assessments/{assessment.pk}/autosave/"
    response = browser_of(cast.colleague).post(url, data)
    assert response.status_code == 403
    assert str(held.person) in response.json()["error"]
    assert not Answer.objects.exists()
    assert browser_of(held.person).post(url, data).status_code == 200


def test_someone_who_has_left_keeps_no_section(held, assessment, cast, other):
    Membership.objects.filter(user=other).update(active=False)
    browser = browser_of(cast.colleague)
    page = section_form(browser, assessment, "risks").fill(**{"answer-assessed": "late"})
    assert browser.post(section_address(assessment, "risks"), page.fields).status_code == 302


def test_a_deputy_answers_for_the_absent(held, assessment, cast, other):
    Deputyship.objects.create(
        organisation=cast.company,
        absent=other,
        deputy=cast.colleague,
        first_day=YESTERDAY,
        last_day=TOMORROW,
        created_by=cast.officer,
    )
    browser = browser_of(cast.colleague)
    page = section_form(browser, assessment, "risks").fill(**{"answer-assessed": "late"})
    assert browser.post(section_address(assessment, "risks"), page.fields).status_code == 302
    assert f"代理{other}" in browser.get("/assessments/").content.decode()


# --- lists


def test_the_task_list_shows_who_has_what_and_ones_own_sections_first(assessment, cast, other):
    make_assignment(assessment, "contents", cast.colleague, due_on=YESTERDAY)
    make_assignment(assessment, "risks", other)
    text = browser_of(cast.colleague).get(f"/assessments/{assessment.pk}/").content.decode()
    assert text.index("内容安全") < text.index("评估范围")
    assert str(other) in text
    assert "已逾期" in text


def test_the_start_page_lists_what_is_assigned_to_me(assessment, cast, other):
    make_assignment(assessment, "contents", cast.colleague, due_on=TOMORROW)
    make_assignment(assessment, "risks", other)
    make_assignment(assessment, "scope", cast.colleague, done_at=timezone.now())
    text = browser_of(cast.colleague).get("/assessments/").content.decode()
    assert section_address(assessment, "contents") in text
    assert section_address(assessment, "risks") not in text
    assert section_address(assessment, "scope") not in text


def test_reporting_a_section_as_done_and_taking_it_up_again(held, assessment, cast, other):
    url = f"{section_address(assessment, 'risks')}done/"
    assert browser_of(cast.colleague).post(url, {"done": "1"}).status_code == 403
    browser = browser_of(other)
    browser.post(url, {"done": "1"})
    held.refresh_from_db()
    assert held.done_at
    assert Notice.objects.get().recipient == cast.officer
    browser.post(url, {"done": "0"})
    held.refresh_from_db()
    assert held.done_at is None


def test_when_someone_leaves_their_sections_pass_on(assessment, cast, other):
    make_assignment(assessment, "contents", other, due_on=TOMORROW)
    make_assignment(assessment, "risks", other, due_on=TOMORROW)
    make_assignment(assessment, "risks", cast.colleague)
    assert pass_on(other, cast.company, cast.colleague, cast.officer) == 2
    rows = {(row.section, row.person, row.due_on) for row in SectionAssignment.objects.all()}
    assert rows == {("contents", cast.colleague, TOMORROW), ("risks", cast.colleague, TOMORROW)}
    assert Recorded.objects.filter(action="section_passed_on").count() == 2


# --- the other ways to an answer


def test_earlier_answers_are_offered_only_where_they_may_be_given(held, assessment, cast, officer):
    former = make_assessment(assessment.subject, version=assessment.version)
    make_answer(former, "assessed", "late")
    make_answer(former, "minors", "no")
    url = f"/assessments/{assessment.pk}/reuse/"
    full = Form(officer.get(url)).fields
    browser = browser_of(cast.colleague)
    text = browser.get(url).content.decode()
    assert "offer-minors" in text
    assert "offer-assessed" not in text
    response = browser.post(url, full | {"take": ["assessed", "minors"]})
    assert response.status_code == 403
    assert str(held.person) in response.content.decode()
    assert not assessment.answers.exists()
    assert browser.post(url, Form(browser.get(url)).fields | {"all": "1"}).status_code == 302
    assert assessment.answers.get().question == "minors"


def test_a_workbook_is_taken_over_only_where_one_may_answer(held, assessment, cast):
    browser = browser_of(cast.colleague)
    book = download(browser, assessment)
    book.fill(**{"answer-users": 12, "answer-assessed": "上线后补做"})
    page = upload(browser, assessment, book)
    assert str(held.person) in page.content.decode()
    fields = taken(page)
    assert len(fields) == 1
    # Whoever sends the other along is not heard.
    response = browser.post(preview_address(page), {"take-1": "0.x"} | fields)
    assert response.status_code == 302
    assert {row.question: row.value for row in assessment.answers.all()} == {"users": 12}


def test_a_conflict_is_settled_by_those_who_have_the_section(officer, assessment, cast, other):
    theirs = section_form(officer, assessment, "risks").fill(**{"answer-assessed": "none"})
    mine = section_form(officer, assessment, "risks").fill(**{"answer-assessed": "late"})
    officer.post(section_address(assessment, "risks"), mine.fields)
    officer.post(section_address(assessment, "risks"), theirs.fields)
    make_assignment(assessment, "risks", other)
    page = section_form(officer, assessment, "risks")
    choice = next(v for name, v in page.buttons if name == "choose" and ".other." in v)
    browser = browser_of(cast.colleague)
    response = browser.post(section_address(assessment, "risks"), page.fields | {"choose": choice})
    assert response.status_code == 403
    assert Answer.objects.get().value == "late"
    browser_of(other).post(section_address(assessment, "risks"), page.fields | {"choose": choice})
    assert Answer.objects.get().value == "none"


def test_what_was_typed_survives_a_lost_session(assessment, cast):
    officer = make_member(cast.company, Role.COMPLIANCE_OFFICER, password=PASSWORD)
    browser = Client()
    fields = {"shown": state_of([]), "risks-people": str(cast.colleague.pk)}
    again = Form(browser.post(address(assessment), fields))
    again.fill(**{"again-login": officer.email, "again-password": PASSWORD})
    assert browser.post(address(assessment), again.fields).status_code == 302
    assert SectionAssignment.objects.get().person == cast.colleague
