"""What is approved is frozen: whole, numbered, hashed, once."""

import hashlib
import json

import pytest
import rfc8785
from django.db import DatabaseError, connection, transaction

from compliance.assessments.draft import Draft
from compliance.assessments.models import Answer, Assessment, SignOff, Submission
from compliance.assessments.moving import move
from compliance.assessments.submissions import guards, signing
from compliance.assessments.submissions.freezing import submit
from compliance.assessments.submissions.frozen import Frozen, score_of
from compliance.assessments.submissions.numbers import is_number
from compliance.assessments.submissions.withdrawing import withdraw
from compliance.audit.actions import Action
from compliance.audit.models import Chain, Event
from compliance.lifecycle import NotAllowed, NotReady, Status, Step
from compliance.organisations.models import Organisation, Role
from questionnaires.figures import figures
from tests.cast import make_answer, make_member, make_regulator
from tests.submissions.world import ANSWERS, HIDDEN, approved, requested, submitted

pytestmark = pytest.mark.django_db


def test_it_works(world):
    submission = submitted(world)
    world.assessment.refresh_from_db()
    assert world.assessment.status == Status.SUBMITTED
    assert submission.is_current
    assert submission.round == 1
    assert is_number(submission.number)
    assert submission.number.startswith("ZP-2026-110105-")


def test_the_hashes_are_those_of_the_document(world):
    submission = submitted(world)
    frozen = submission.document.encode()
    assert hashlib.sha256(frozen).hexdigest() == submission.sha256
    assert hashlib.new("sm3", frozen).hexdigest() == submission.sm3
    assert rfc8785.dumps(json.loads(frozen)) == frozen


def test_the_document_says_who_what_and_when(world):
    submission = submitted(world)
    document = submission.content
    assert document["number"] == submission.number
    assert document["round"] == 1
    assert document["previous"] is None
    assert document["content"]["organisation"]["credit_code"] == world.company.credit_code
    assert document["content"]["subject"]["name"] == world.assessment.subject.name
    assert document["signers"]["prepared"]["name"] == world.colleague.name
    assert document["signers"]["checked"]["name"] == world.officer.name
    assert document["signers"]["approved"]["name"] == "赵代表"
    assert document["signers"]["approved"]["capacity"] == "legal"
    assert document["commitment"]["text"]["zh"].startswith("本单位承诺")
    assert document["content"]["questionnaire"]["sha256"] == world.assessment.version.sha256


def test_only_answers_that_count_are_in_it(world):
    answers = submitted(world).content["content"]["answers"]
    assert set(answers) == set(ANSWERS)
    assert not set(HIDDEN) & set(answers)


def test_the_frozen_answers_come_to_the_same_figures(world):
    before = figures(Draft(world.assessment).score)
    submission = submitted(world)
    assert figures(score_of(submission)) == before == submission.content["content"]["figures"]
    assert str(score_of(submission).score) == submission.score
    assert score_of(submission).tier == submission.tier
    assert score_of(submission).rating == submission.rating


def test_what_is_answered_later_changes_nothing(world):
    submission = submitted(world)
    Answer.objects.filter(assessment=world.assessment).delete()
    frozen = Frozen(Submission.objects.get(pk=submission.pk))
    assert frozen.answers["users"].value == 3
    assert frozen.claims == {"consent": "不处理个人信息"}
    assert frozen.counts("users")
    assert frozen.hidden("clone-source")


def test_the_record_leads_to_the_document_and_back(world):
    submission = submitted(world)
    chain = Chain.objects.get(pk=world.assessment.pk)
    event = Event.objects.get(chain=chain, action=Action.SUBMITTED)
    assert event.details == {"number": submission.number, "sha256": submission.sha256}
    before = Event.objects.get(chain=chain, sequence=submission.content["record"]["events"])
    assert before.hash == submission.content["record"]["head"] == event.previous


def test_what_stands_under_a_claim_is_not_handed_in(world):
    """Not even among the figures, which name the answer behind each."""
    make_answer(world.assessment, "consent-files", "未报送的文件清单")
    submission = submitted(world)
    assert "未报送的文件清单" not in submission.document


def test_a_very_large_number_is_frozen_exactly(world):
    Answer.objects.filter(question="users").update(value=str(10**17))
    submission = submitted(world)
    assert submission.content["content"]["answers"]["users"]["value"] == "1" + 17 * "0"
    assert score_of(submission).sheet.values["users"] == 10**17


def test_submitting_again_gives_the_same(world):
    sign_off = approved(world)
    assert submit(sign_off, world.officer) == submit(sign_off, world.officer)
    assert Submission.objects.count() == 1


def test_without_approval_nobody_submits(world):
    sign_off = requested(world)
    with pytest.raises(NotAllowed, match="“"):
        submit(sign_off, world.officer)
    assert not Submission.objects.exists()


@pytest.mark.parametrize("end", [signing.recall, signing.decline])
def test_a_sign_off_that_has_ended_submits_nothing(world, end):
    sign_off = requested(world)
    end(sign_off, world.signatory, "暂缓")
    with pytest.raises(NotAllowed):
        submit(sign_off, world.officer)
    world.assessment.refresh_from_db()
    assert world.assessment.status == Status.FINISHED
    assert SignOff.objects.get().reason == "暂缓"


CHANGES = {
    "answer": lambda world: Answer.objects.filter(question="users").update(value="4"),
    "comment": lambda world: Answer.objects.filter(question="users").update(comment="新"),
    "company": lambda world: Organisation.objects.filter(pk=world.company.pk).update(name="另一家"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_was_not_approved_is_not_submitted(world, change):
    sign_off = approved(world)
    change(world)
    with pytest.raises(NotReady):
        submit(sign_off, world.officer)
    assert not Submission.objects.exists()
    world.assessment.refresh_from_db()
    assert world.assessment.status == Status.AWAITING_SIGNATURE


def test_without_its_details_a_company_cannot_even_ask(world):
    Organisation.objects.filter(pk=world.company.pk).update(credit_code="")
    with pytest.raises(NotReady, match="统一社会信用代码"):
        requested(world)
    world.assessment.refresh_from_db()
    assert world.assessment.status == Status.FINISHED
    assert not SignOff.objects.exists()


def test_the_next_round_replaces_the_one_before(world):
    first = submitted(world)
    with transaction.atomic():
        move(world.assessment, Step.TAKE_UP)
        move(world.assessment, Step.RETURN)
    Answer.objects.filter(question="users").update(value="5")
    second = submitted(world)
    first.refresh_from_db()
    assert first.status == Submission.Status.REPLACED
    assert (second.round, second.status) == (2, Submission.Status.CURRENT)
    assert second.number.startswith(first.number[:21] + "-R2-")
    assert second.content["previous"] == {"number": first.number, "sha256": first.sha256}
    assert list(Submission.objects.current()) == [second]


def test_recalled_after_a_return_it_is_returned_again(world):
    submitted(world)
    with transaction.atomic():
        move(world.assessment, Step.TAKE_UP)
        move(world.assessment, Step.RETURN)
    signing.recall(requested(world), world.officer)
    world.assessment.refresh_from_db()
    assert world.assessment.status == Status.RETURNED


def test_a_withdrawn_one_can_be_taken_up_and_submitted_again(world):
    first = withdraw(submitted(world), world.officer, "填错对象")
    world.assessment.refresh_from_db()
    assert world.assessment.status == Status.WITHDRAWN
    with transaction.atomic():
        move(world.assessment, Step.REOPEN)
        move(world.assessment, Step.FINISH)
    sign_off = requested(world)
    signing.recall(sign_off, world.officer)
    world.assessment.refresh_from_db()
    assert world.assessment.status == Status.FINISHED
    second = submitted(world)
    first.refresh_from_db()
    assert first.status == Submission.Status.WITHDRAWN
    assert first.withdrawal_reason == "填错对象"
    assert second.round == 2


def test_nobody_withdraws_what_is_under_review(world):
    submission = submitted(world)
    with transaction.atomic():
        move(world.assessment, Step.TAKE_UP)
    with pytest.raises(NotAllowed):
        withdraw(submission, world.officer, "后悔")
    submission.refresh_from_db()
    assert submission.is_current


def refused(statement, values=()):
    """The database refuses it, whoever asks."""
    with (
        pytest.raises(DatabaseError, match="never changes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)


@pytest.mark.parametrize("column", guards.FROZEN)
def test_the_database_refuses_to_change_it(world, column):
    submission = submitted(world)
    values = {"round": 7, "rating": 9, "submitted_at": "2020-01-01 00:00:00+00:00"}
    other = world.lead.pk.hex if connection.vendor == "sqlite" else world.lead.pk
    value = other if column == "id" or column.endswith("_id") else values.get(column, "x")
    refused(f"UPDATE assessments_submission SET {column} = %s", [value])
    assert Submission.objects.get().document == submission.document


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM assessments_submission",
        "UPDATE assessments_submission SET status = 'current'",
        "UPDATE assessments_submission SET withdrawal_reason = 'x'",
    ],
)
def test_the_database_refuses_to_lose_it(world, statement):
    submitted(world)
    refused(statement)
    assert Submission.objects.count() == 1


def test_a_withdrawn_one_never_stands_again(world):
    submission = withdraw(submitted(world), world.officer, "填错")
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Submission.objects.filter(pk=submission.pk).update(status="current")


def test_regulators_find_it_by_its_region(world):
    submission = submitted(world)
    assert list(Submission.objects.in_jurisdiction_of(world.lead)) == [submission]
    assert list(Submission.objects.in_jurisdiction_of(world.reviewer)) == [submission]
    elsewhere = make_member(make_regulator("310000"), Role.LEAD_REVIEWER)
    assert not Submission.objects.in_jurisdiction_of(elsewhere)
    assert not Submission.objects.in_jurisdiction_of(world.officer)
    Organisation.objects.filter(pk=world.company.pk).update(region="310101")
    assert list(Submission.objects.in_jurisdiction_of(world.lead)) == [submission]


def test_companies_find_their_own(world):
    submission = submitted(world)
    assert list(Submission.objects.for_company_of(world.auditor)) == [submission]
    assert not Submission.objects.for_company_of(world.stranger)
    assert not Submission.objects.for_company_of(world.lead)


def test_the_queue_reads_no_document(world, django_assert_num_queries):
    submitted(world)
    with django_assert_num_queries(1):
        (found,) = Submission.objects.current().without_document()
        assert found.assessment.subject.name
        assert found.organisation.name
        assert found.questionnaire_title
    assert isinstance(found.assessment, Assessment)
