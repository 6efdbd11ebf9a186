"""Registers as spreadsheets: for each side what it may see."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from compliance.assessments.submissions.withdrawing import withdraw
from compliance.audit.models import Event
from tests.cast import (
    make_assessment,
    make_company,
    make_member,
    make_regulator,
    make_subject,
    make_submission,
)

pytestmark = pytest.mark.django_db


def rows(client, kind, prefix=""):
    response = client.get(prefix + reverse("oversight:register", args=[kind]))
    return list(load_workbook(io.BytesIO(response.content)).active.values)


@pytest.fixture
def submission():
    return make_submission()


def test_a_company_sees_its_own(client, submission):
    draft = make_assessment(make_subject(submission.organisation, name="起草中的对象"))
    make_submission()
    client.force_login(submission.submitted_by)
    assert [row[0] for row in rows(client, "submissions")[1:]] == [submission.number]
    assert {row[1] for row in rows(client, "assessments")[1:]} == {
        submission.assessment.subject.name,
        draft.subject.name,
    }
    assert len(rows(client, "subjects")) == 3


def test_a_regulator_sees_what_was_submitted_in_its_jurisdiction_and_no_drafts(client, submission):
    make_assessment(make_subject(submission.organisation, name="起草中的对象"))
    client.force_login(make_member(make_regulator(), "auditor"))
    assert [row[0] for row in rows(client, "submissions")[1:]] == [submission.number]
    (one,) = rows(client, "assessments")[1:]
    assert (one[1], one[8]) == (submission.assessment.subject.name, submission.number)
    assert [row[1] for row in rows(client, "subjects")[1:]] == [submission.assessment.subject.name]
    client.force_login(make_member(make_regulator("310000"), "auditor"))
    for kind in ("assessments", "submissions", "subjects"):
        assert rows(client, kind)[1:] == [], kind


def test_they_speak_the_language_of_the_page_and_are_recorded(client, submission):
    client.force_login(submission.submitted_by)
    assert rows(client, "submissions")[0][0] == "报送编号"
    assert rows(client, "submissions", "/en")[0][0] == "Submission number"
    recorded = Event.objects.filter(action="register_downloaded")
    assert recorded.count() == 2
    assert recorded.first().details == {"register": "submissions", "rows": 1}


def test_a_register_that_is_none_is_a_404(client, submission):
    client.force_login(submission.submitted_by)
    assert client.get(reverse("oversight:register", args=["secrets"])).status_code == 404


def test_cells_stay_text(client, submission):
    company = submission.organisation
    make_assessment(make_subject(company, name="=HYPERLINK(1)"))
    client.force_login(submission.submitted_by)
    response = client.get(reverse("oversight:register", args=["subjects"]))
    sheet = load_workbook(io.BytesIO(response.content)).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=HYPERLINK(1)"]
    assert cells
    assert all(cell.data_type == "s" for cell in cells)
    assert make_company().name


def test_what_was_withdrawn_says_nothing_of_the_draft_that_it_is_again(client):
    submission = make_submission()
    withdraw(submission, submission.submitted_by, "有误")
    client.force_login(make_member(make_regulator(), "reviewer"))
    answer = client.get(reverse("oversight:register", args=["submissions"]))
    (row,) = list(load_workbook(io.BytesIO(answer.content)).active.values)[1:]
    assert row[10:12] == (None, "已撤回")
    assert rows(client, "assessments")[1:] == []
