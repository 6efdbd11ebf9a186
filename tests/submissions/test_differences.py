"""Before the next round is signed, the company sees in what it differs from the last one."""

import pytest
from django.urls import reverse
from django.utils import timezone

from compliance.assessments.models import Answer, Assessment, CompanyAnswer, CompanyClaim
from compliance.assessments.outline import outline_of
from compliance.lifecycle import Status
from compliance.reviews.deciding import decide
from compliance.reviews.findings import Word, store
from compliance.reviews.models import Decision, Finding
from compliance.reviews.taking_up import take_up
from questionnaires.publishing import canonical
from tests.cast import (
    ANSWERED,
    make_answer,
    make_assessment,
    make_member,
    make_regulator,
    make_submission,
    make_version,
)
from tests.samples import company_sample


@pytest.fixture
def returned(db):
    """A submission that was returned; it asks one question about the company as a whole."""
    version = make_version(document=canonical(company_sample()).decode())
    assessment = make_assessment(version=version)
    for question, value in ANSWERED.items():
        make_answer(assessment, question, value)
    row = assessment.answers.get(question="maturity")
    said = {name: getattr(row, name) for name in ("question", "value", "by", "at")}
    CompanyAnswer.objects.create(
        organisation=assessment.subject.organisation,
        meaning=outline_of(version).company_questions["maturity"],
        source=assessment,
        **said,
    )
    submission = make_submission(assessment)
    regulator = make_regulator()
    reviewer, lead = make_member(regulator, "reviewer"), make_member(regulator, "lead_reviewer")
    review = take_up(submission, regulator, reviewer)
    store(review, Word("fraud", Finding.Kind.ASK, reason="x"), 0, reviewer)
    decide(review, Decision.RETURN, statement="x", respond_by=None, by=lead)
    return submission


def page_of(submission, client):
    client.force_login(submission.submitted_by)
    return client.get(reverse("assessments:signing", args=[submission.assessment_id]))


def test_nothing_differs_as_long_as_nothing_is_changed(returned, client):
    page = page_of(returned, client)
    assert page.context["since"]["questions"] == page.context["since"]["claims"] == []
    assert returned.number in page.content.decode()


def test_what_is_answered_elsewhere_for_the_company_does_not_change_unseen(returned, client):
    CompanyAnswer.objects.update(value=5)
    page = page_of(returned, client)
    (one,) = page.context["since"]["questions"]
    assert one["company"]
    assert one["was"] != one["now"]
    assert one["was"] in page.content.decode()


def test_answers_comments_and_claims_are_listed(returned, client):
    answers = Answer.objects.filter(assessment=returned.assessment)
    answers.filter(question="assessed").update(value="late")
    answers.filter(question="reviewers").update(comment="补充")
    CompanyClaim.objects.create(
        organisation=returned.organisation,
        criterion="consent",
        meaning=outline_of(returned.assessment.version).company_criteria["consent"],
        claimed=True,
        justification="不生成内容",
        by=returned.submitted_by,
        at=timezone.now(),
    )
    since = page_of(returned, client).context["since"]
    changed = [one["was"] != one["now"] for one in since["questions"]]
    assert changed == [True, False]
    assert since["claims"] == ["单独同意"]


def test_the_first_round_has_nothing_to_differ_from(world, client):
    Assessment.objects.update(status=Status.AWAITING_SIGNATURE)
    client.force_login(world.officer)
    page = client.get(reverse("assessments:signing", args=[world.assessment.pk]))
    assert page.context["since"] is None
