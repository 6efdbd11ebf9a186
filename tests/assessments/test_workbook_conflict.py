"""An answer that has changed in both places: both are shown, and someone chooses."""

import re

import pytest
from django.test import Client

from compliance.assessments.models import Assessment, ConflictingAnswer, WorkbookImport
from tests.cast import make_answer, make_assessment, make_subject
from tests.page import section_address, section_form
from tests.workbook import download, preview_address, taken, upload

pytestmark = pytest.mark.django_db


def answer_online(browser, assessment, **answers):
    """Answer on the page of the scope, as someone else meanwhile."""
    form = section_form(browser, assessment, "scope")
    form.fill(**{f"answer-{question}": value for question, value in answers.items()})
    assert browser.post(section_address(assessment, "scope"), form.fields).status_code == 302


@pytest.fixture
def colleague(cast):
    browser = Client()
    browser.force_login(cast.colleague)
    return browser


@pytest.fixture
def conflict(officer, colleague, assessment):
    """The officer filled in 8 offline while the colleague answered 9 on the site."""
    make_answer(assessment, "users", 7)
    book = download(officer, assessment).fill(**{"answer-users": 8, "answer-minors": "否"})
    answer_online(colleague, assessment, users="9")
    return upload(officer, assessment, book)


def choice(page, use_file):
    text = page.content.decode()
    name, token = re.findall(r'type="radio" name="(take-\d+)" value="(\d+\.\w+)"', text)[0]
    return {name: token if use_file else "here"}


def users(assessment):
    return assessment.answers.get(question="users").value


def test_both_are_shown_with_who_changed_it_and_neither_is_chosen(conflict, cast, assessment):
    text = conflict.content.decode()
    for words in ("两处均有改动", "8 人", "9 人", str(cast.colleague)):
        assert words in text
    assert not re.search(r'type="radio"[^>]* checked', text)
    assert users(assessment) == 9


def test_without_a_choice_nothing_is_applied(conflict, officer, assessment):
    page = officer.post(preview_address(conflict), taken(conflict))
    assert page.status_code == 422
    assert "须逐项选择以哪一处为准" in page.content.decode()
    assert set(assessment.answers.values_list("question", flat=True)) == {"users"}
    assert taken(page) == taken(conflict)  # what was ticked stays ticked


def test_the_one_of_the_workbook(conflict, officer, assessment, cast):
    officer.post(preview_address(conflict), taken(conflict) | choice(conflict, use_file=True))
    row = assessment.answers.get(question="users")
    assert (row.value, row.by) == (8, cast.officer)
    assert assessment.answers.get(question="minors").value == "no"


def test_the_one_that_is_stored(conflict, officer, assessment):
    officer.post(preview_address(conflict), taken(conflict) | choice(conflict, use_file=False))
    assert users(assessment) == 9
    assert assessment.answers.get(question="minors").value == "no"


def test_an_answer_nobody_changed_in_the_workbook_is_no_conflict(officer, colleague, assessment):
    make_answer(assessment, "users", 7)
    book = download(officer, assessment).fill(**{"answer-minors": "否"})
    answer_online(colleague, assessment, users="9")
    page = upload(officer, assessment, book)
    assert "9 人" not in page.content.decode()
    officer.post(preview_address(page), taken(page))
    assert users(assessment) == 9


def test_the_same_answer_in_both_places_is_no_conflict(officer, colleague, assessment):
    book = download(officer, assessment).fill(**{"answer-users": 9})
    answer_online(colleague, assessment, users="9")
    page = upload(officer, assessment, book)
    assert "没有需要变更的内容" in page.content.decode()
    assert taken(page) == {}


def test_what_changes_after_the_page_was_shown_stops_everything(officer, colleague, assessment):
    book = download(officer, assessment).fill(**{"answer-users": 8, "answer-minors": "否"})
    page = upload(officer, assessment, book)
    answer_online(colleague, assessment, users="9")
    again = officer.post(preview_address(page), taken(page))
    assert again.status_code == 409
    assert "本页显示之后，有作答发生了变动" in again.content.decode()
    assert users(assessment) == 9
    assert not assessment.answers.filter(question="minors").exists()
    assert not ConflictingAnswer.objects.exists()
    assert WorkbookImport.objects.get().status == WorkbookImport.Status.PENDING
    done = officer.post(preview_address(page), taken(again) | choice(again, use_file=True))
    assert done.status_code == 302
    assert users(assessment) == 8
    assert assessment.answers.get(question="minors").value == "no"


def test_a_conflict_chosen_on_an_outdated_page_is_shown_again(
    conflict, officer, colleague, assessment
):
    chosen = taken(conflict) | choice(conflict, use_file=True)
    answer_online(colleague, assessment, users="10")
    assert officer.post(preview_address(conflict), chosen).status_code == 409
    assert users(assessment) == 10


@pytest.mark.parametrize("token", ["", "x", "0.0000000000000000", "here"])
def test_a_change_is_taken_over_only_with_the_token_of_its_page(token, officer, assessment):
    make_answer(assessment, "users", 7)
    page = upload(officer, assessment, download(officer, assessment).fill(**{"answer-users": 8}))
    officer.post(preview_address(page), {"take-0": token})
    assert users(assessment) == 7


def test_finished_meanwhile(officer, assessment):
    page = upload(officer, assessment, download(officer, assessment).fill(**{"answer-users": 8}))
    Assessment.objects.update(status=Assessment.Status.FINISHED)
    late = officer.post(preview_address(page), taken(page))
    assert late.status_code == 409
    assert "工作簿中的内容均未导入" in late.content.decode()
    assert "8 人" in late.content.decode()
    assert not assessment.answers.exists()
    assert WorkbookImport.objects.get().status == WorkbookImport.Status.PENDING
    Assessment.objects.update(status=Assessment.Status.DRAFT)
    officer.post(preview_address(page), taken(page))
    assert users(assessment) == 8


def test_signed_out_meanwhile(officer, cast, assessment):
    cast.officer.set_password("correct horse battery")
    cast.officer.save()
    officer.force_login(cast.officer)
    page = upload(officer, assessment, download(officer, assessment).fill(**{"answer-users": 8}))
    boxes = taken(page)
    officer.logout()
    asked = officer.post(preview_address(page), boxes)
    assert asked.status_code == 403
    assert boxes["take-0"] in asked.content.decode()
    signed_in = boxes | {
        "again-login": cast.officer.email,
        "again-password": "correct horse battery",
    }
    assert officer.post(preview_address(page), signed_in).status_code == 302
    assert users(assessment) == 8


def test_a_request_of_unknown_origin_applies_nothing(cast, assessment):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.officer)
    kept = WorkbookImport.objects.create(
        assessment=assessment,
        by=cast.officer,
        found={
            "given": [
                {
                    "kind": "answer",
                    "key": "users",
                    "cell": "1!E8",
                    "seen": "0.0000000000000000",
                    "content": {"value": 8, "typed": None, "comment": ""},
                }
            ],
            "problems": [],
            "untouched": 0,
            "absent": [],
        },
    )
    address = f"/assessments/{assessment.pk}/offline/{kept.pk}/"
    assert browser.post(address, {"take-0": "here"}).status_code == 403
    assert browser.post(f"{address}cancel/").status_code == 403
    assert browser.post(f"/assessments/{assessment.pk}/offline/").status_code == 403
    assert WorkbookImport.objects.get().status == WorkbookImport.Status.PENDING


def test_nobody_sees_the_workbook_of_someone_else(conflict, colleague, assessment, cast):
    assert colleague.get(preview_address(conflict)).status_code == 404
    assert colleague.post(f"{preview_address(conflict)}cancel/").status_code == 404
    other = make_assessment(make_subject(cast.company), version=assessment.version)
    mine = WorkbookImport.objects.get()
    officer = Client()
    officer.force_login(cast.officer)
    assert officer.get(f"/assessments/{other.pk}/offline/{mine.pk}/").status_code == 404


def test_whoever_left_the_company_cannot_confirm(conflict, officer, cast, assessment):
    cast.officer.memberships.update(active=False)
    chosen = taken(conflict) | choice(conflict, use_file=True)
    assert officer.post(preview_address(conflict), chosen).status_code == 404
    assert users(assessment) == 9
