"""Answers that demand evidence, and evidence that expires: on the pages, and before signing."""

import datetime as dt
import json

import pytest

from compliance.assessments.draft import Draft
from compliance.assessments.evidence.demands import (
    expired_evidence,
    missing_evidence,
    obstacles,
)
from compliance.assessments.models import Answer
from questionnaires.publishing import canonical
from tests.cast import make_answer, make_assessment, make_link, make_subject, make_version
from tests.page import section_address, section_form
from tests.samples import sample_questionnaire

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 11, 21)


@pytest.fixture
def assessment(cast):
    """One whose answer “closed” to the question “assessed” demands evidence."""
    document = json.loads(canonical(sample_questionnaire()))
    for section in document["sections"]:
        for criterion in section.get("criteria", []):
            for question in criterion["questions"]:
                if question["id"] == "assessed":
                    option = next(one for one in question["options"] if one["id"] == "closed")
                    option["evidence_required"] = True
    version = make_version(document=json.dumps(document))
    return make_assessment(make_subject(cast.company), created_by=cast.officer, version=version)


def put_behind(assessment, question, cast, **fields):
    link = make_link(cast.company, added_by=cast.officer, **fields)
    link.uses.create(assessment=assessment, question=question, by=cast.officer)
    return link


def missing(assessment):
    return missing_evidence(Draft(assessment))


def test_an_answer_that_demands_evidence_cannot_be_signed_without(assessment, cast):
    assert missing(assessment) == []
    make_answer(assessment, "assessed", "closed")
    assert missing(assessment) == ["assessed"]
    assert obstacles(Draft(assessment)) == ["有1项作答须附佐证材料，但没有在有效期内的材料。"]
    put_behind(assessment, "users", cast)
    assert missing(assessment) == ["assessed"]
    put_behind(assessment, "assessed", cast, expires_on=DAY)
    assert missing(assessment) == []
    assert obstacles(Draft(assessment)) == []


def test_another_answer_to_the_same_question_demands_none(assessment):
    make_answer(assessment, "assessed", "late")
    assert missing(assessment) == []


def test_evidence_that_has_expired_by_the_reference_date_is_none(officer, assessment, cast):
    make_answer(assessment, "assessed", "closed")
    link = put_behind(assessment, "assessed", cast, expires_on=DAY - dt.timedelta(days=1))
    assert missing(assessment) == ["assessed"]
    assert [use.evidence for use in expired_evidence(Draft(assessment))] == [link]
    page = officer.get(f"/assessments/{assessment.pk}/check/").content.decode()
    for words in ("须附佐证材料但没有在有效期内的材料", "在评估基准日已过期", "缺佐证材料"):
        assert words in page
    assert (
        "在评估基准日已过期" in officer.get(section_address(assessment, "risks")).content.decode()
    )


def test_the_page_says_which_option_demands_it_and_that_it_is_missing(officer, assessment):
    page = officer.get(section_address(assessment, "risks")).content.decode()
    assert page.count("须附佐证材料") == 1
    assert "不能签署" not in page
    make_answer(assessment, "assessed", "closed")
    assert "不能签署" in officer.get(section_address(assessment, "risks")).content.decode()


def test_the_button_stores_the_page_and_leads_to_the_evidence(officer, assessment):
    form = section_form(officer, assessment, "scope")
    assert ("evidence", "users") in form.buttons
    form.fill(**{"answer-users": "7", "evidence": "users"})
    response = officer.post(section_address(assessment, "scope"), form.fields)
    assert response.url == f"/assessments/{assessment.pk}/evidence/users/"
    assert Answer.objects.get(question="users").value == 7
    page = officer.get(response.url).content.decode()
    assert f"{section_address(assessment, 'scope')}#question-users" in page


def test_what_cannot_be_stored_is_shown_before_the_evidence(officer, assessment):
    form = section_form(officer, assessment, "scope")
    form.fill(**{"comment-users": "字" * 4001, "evidence": "users"})
    response = officer.post(section_address(assessment, "scope"), form.fields)
    assert response.status_code == 422
    assert "字" * 4001 in response.content.decode()


@pytest.mark.parametrize("question", ["assessed", "nonsense", "", "../x"])
def test_a_button_that_no_page_has_is_refused(officer, assessment, question):
    form = section_form(officer, assessment, "scope").fill(**{"answer-users": "7"})
    form.fill(evidence=question)
    response = officer.post(section_address(assessment, "scope"), form.fields)
    assert response.status_code == 400
    assert not Answer.objects.exists()


def test_as_many_queries_however_much_evidence_there_is(
    officer, assessment, cast, django_assert_num_queries, queries_for
):
    address = section_address(assessment, "scope")
    officer.get(address)
    put_behind(assessment, "users", cast)
    before = queries_for(officer, address)
    for question in ("users", "minors", "functions"):
        put_behind(assessment, question, cast)
    assert queries_for(officer, address) == before
