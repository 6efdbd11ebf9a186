"""The task list, and the page on which all answers are checked."""

import pytest

from compliance.assessments.draft import Draft
from compliance.assessments.models import NotApplicableClaim
from compliance.assessments.progress import State, progress
from tests.cast import make_answer, make_assessment, make_subject
from tests.page import section_address

pytestmark = pytest.mark.django_db


def states(assessment):
    return {one.section.id: one.state for one in progress(Draft(assessment))}


def counts(assessment):
    return {one.section.id: (one.answered, one.total) for one in progress(Draft(assessment))}


def claim(assessment, justification):
    NotApplicableClaim.objects.create(
        assessment=assessment,
        criterion="consent",
        claimed=True,
        justification=justification,
        by=assessment.created_by,
        at=assessment.created_at,
    )


def test_a_new_assessment_has_everything_before_it(assessment):
    assert set(states(assessment).values()) == {State.NOT_STARTED}
    assert counts(assessment) == {
        "scope": (0, 4),
        "risks": (0, 4),
        "contents": (0, 3),
        "children": (0, 1),
    }


def test_scoping_decides_what_counts(assessment):
    make_answer(assessment, "functions", ["live"])
    make_answer(assessment, "minors", "no")
    make_answer(assessment, "users", 3)
    assert states(assessment)["scope"] == State.COMPLETE
    assert counts(assessment)["scope"] == (3, 3)
    assert states(assessment)["children"] == State.NOT_APPLICABLE


def test_a_section_in_progress(assessment):
    make_answer(assessment, "users", 3)
    assert states(assessment)["scope"] == State.IN_PROGRESS


def test_a_comment_alone_begins_a_section(assessment):
    make_answer(assessment, "users", None, comment="待核实")
    assert states(assessment)["scope"] == State.IN_PROGRESS
    assert counts(assessment)["scope"] == (0, 4)


def test_what_cannot_be_read_needs_attention_and_does_not_count(assessment):
    make_answer(assessment, "users", None, typed="很多")
    assert states(assessment)["scope"] == State.NEEDS_ATTENTION
    assert counts(assessment)["scope"] == (0, 4)


def test_what_cannot_be_read_does_not_matter_where_it_is_not_asked(assessment):
    make_answer(assessment, "assessed", "none")
    make_answer(assessment, "assessed-on", None, typed="昨天")
    assert states(assessment)["risks"] == State.IN_PROGRESS


def test_contradictions_need_attention_on_both_sides(assessment):
    make_answer(assessment, "functions", ["live"])
    make_answer(assessment, "reviewers", 0)
    found = states(assessment)
    assert found["scope"] == found["contents"] == State.NEEDS_ATTENTION
    assert found["risks"] == State.NOT_STARTED


def test_a_justified_claim_makes_its_questions_needless(assessment):
    claim(assessment, "无真人")
    assert counts(assessment)["risks"] == (0, 2)


def test_a_claim_without_justification_needs_attention(assessment):
    claim(assessment, "")
    assert counts(assessment)["risks"] == (0, 4)
    assert states(assessment)["risks"] == State.NEEDS_ATTENTION


def test_the_task_list_shows_sections_and_where_to_go_on(officer, assessment):
    make_answer(assessment, "functions", ["live"])
    make_answer(assessment, "minors", "no")
    make_answer(assessment, "users", 3)
    response = officer.get(f"/assessments/{assessment.pk}/")
    text = response.content.decode()
    assert response.context["next_url"] == section_address(assessment, "risks")
    assert (response.context["answered"], response.context["total"]) == (3, 10)
    assert section_address(assessment, "contents") in text
    assert section_address(assessment, "children") not in text
    assert (
        "Protection of minors" in officer.get(f"/en/assessments/{assessment.pk}/").content.decode()
    )


def test_who_may_only_read_is_not_told_to_go_on(client, cast, assessment):
    client.force_login(cast.auditor)
    assert "next_url" not in client.get(f"/assessments/{assessment.pk}/").context


def check(client, assessment, prefix=""):
    return client.get(f"{prefix}/assessments/{assessment.pk}/check/")


def test_the_check_page_shows_every_answer_in_words(officer, assessment):
    make_answer(assessment, "functions", ["live", "clone"])
    make_answer(assessment, "consent-share", {"numerator": 1, "denominator": 4}, comment="备注")
    make_answer(assessment, "assessed-on", "2026-03-05")
    text = check(officer, assessment).content.decode()
    for words in ("直播；声音克隆", "1 / 4（25%）", "2026年3月5日", "备注"):
        assert words in text
    assert f"{section_address(assessment, 'risks')}#question-consent-share" in text
    assert "Live streams; Voice cloning" in check(officer, assessment, "/en").content.decode()


def test_the_check_page_counts_what_is_unanswered(officer, assessment):
    make_answer(assessment, "minors", "no")
    assert check(officer, assessment).context["unanswered"] == 10


def test_the_check_page_leads_to_what_needs_another_look(officer, assessment):
    make_answer(assessment, "users", None, typed="很多")
    claim(assessment, "")
    text = check(officer, assessment).content.decode()
    assert "很多" in text
    assert f"{section_address(assessment, 'scope')}#question-users" in text
    assert f"{section_address(assessment, 'risks')}#claimed-consent" in text


def test_an_answer_that_is_not_asked_is_not_shown(officer, assessment):
    make_answer(assessment, "minors", "no")
    make_answer(assessment, "mode", "yes")
    assert "是否有未成年人模式" not in check(officer, assessment).content.decode()


def test_a_claimed_criterion_shows_its_justification(officer, assessment):
    claim(assessment, "不使用真人形象")
    assert "不使用真人形象" in check(officer, assessment).content.decode()


@pytest.mark.parametrize(("page", "queries"), [("", 13), ("check/", 10)])
def test_as_many_queries_however_much_is_stored(
    officer, cast, assessment, django_assert_num_queries, page, queries
):
    address = f"/assessments/{assessment.pk}/{page}"
    officer.get(address)
    with django_assert_num_queries(queries):
        officer.get(address)
    for question in ("functions", "minors", "users", "assessed"):
        make_answer(assessment, question, None, typed="?")
    make_answer(make_assessment(make_subject(cast.company)), "users", 3)
    with django_assert_num_queries(queries):
        officer.get(address)
