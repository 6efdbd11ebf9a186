"""Findings: stored without losing a word, looked at twice, and turned into a verified score."""

from fractions import Fraction

import pytest

from compliance.audit.models import Event
from compliance.lifecycle import NotAllowed, NotReady, Status
from compliance.notices.models import Notice
from compliance.reviews.deciding import decide, look, obstacles
from compliance.reviews.findings import Outcome, Word, settle, store
from compliance.reviews.models import ConflictingFinding, Decision, Finding
from compliance.reviews.taking_up import assign, take_up
from compliance.reviews.verifying import verified
from tests.cast import make_member, make_user

Kind = Finding.Kind
HALF = Fraction(1, 2)


def agree_with_all(desk):
    for criterion in ("fraud", "consent", "labels", "review-maturity"):
        store(desk.review, Word(criterion, Kind.AGREE), 0, desk.reviewer)


def test_taking_up_begins_the_review_and_tells_the_company(desk):
    review = desk.begin()
    desk.assessment.refresh_from_db()
    assert desk.assessment.status == Status.UNDER_REVIEW
    assert review.submission == desk.submission
    assert Notice.objects.filter(organisation=desk.company, event="taken_up").exists()


def test_it_is_taken_up_once(desk):
    desk.begin()
    with pytest.raises(NotAllowed):
        take_up(desk.submission, desk.regulator, desk.second)


def test_only_a_reviewer_of_the_regulator_can_have_it(desk):
    review = desk.begin()
    assign(review, desk.second, None, desk.lead)
    assert review.assigned_to == desk.second
    with pytest.raises(ValueError, match="reviewer"):
        assign(review, make_user(), None, desk.lead)


def test_an_adjustment_waits_for_the_lead_and_enters_the_verified_score(desk):
    review = desk.begin()
    before = verified(desk.submission)
    outcome, finding = store(
        review, Word("fraud", Kind.ADJUST, HALF, "报告缺签批页"), 0, desk.reviewer
    )
    assert (outcome, finding.look) == (Outcome.SAVED, Finding.Look.WAITING)
    after = verified(desk.submission)
    assert after.score.score < before.score.score
    assert (before.checked, after.checked) == (0, 1)
    assert before.total == after.total == 4
    assert desk.submission.exact_score == before.score.score, "the self-assessed score stays"


def test_the_leads_are_told_once_that_findings_wait(desk):
    review = desk.begin()
    for criterion in ("fraud", "labels"):
        store(review, Word(criterion, Kind.ADJUST, HALF, "x"), 0, desk.reviewer)
    told = Notice.objects.filter(event="second_look_needed")
    assert [notice.recipient for notice in told] == [desk.lead]


def test_two_reviewers_on_one_finding_get_a_conflict_and_no_word_is_lost(desk):
    review = desk.begin()
    store(review, Word("fraud", Kind.ASK, reason="请补充报告"), 0, desk.reviewer)
    outcome, kept = store(review, Word("fraud", Kind.AGREE), 0, desk.second)
    assert outcome == Outcome.CONFLICT
    assert kept.reason == "请补充报告"
    other = ConflictingFinding.objects.get()
    assert (other.kind, other.by) == (Kind.AGREE, desk.second)
    store(review, Word("fraud", Kind.AGREE), 0, desk.second)
    assert ConflictingFinding.objects.count() == 1, "sent twice, kept once"
    outcome, kept = store(review, Word("fraud", Kind.AGREE), kept.revision, desk.second)
    assert (outcome, kept.kind, kept.revision) == (Outcome.SAVED, Kind.AGREE, 2)


@pytest.mark.parametrize("take", [True, False])
def test_what_was_not_chosen_stays_in_the_record(desk, take):
    review = desk.begin()
    store(review, Word("fraud", Kind.ASK, reason="请补充报告"), 0, desk.reviewer)
    _, kept = store(review, Word("fraud", Kind.ASK, reason="请补充签批"), 0, desk.second)
    other = ConflictingFinding.objects.get()
    assert settle(review, other.pk, take, kept.revision, desk.lead)
    assert not ConflictingFinding.objects.exists()
    assert review.findings.get().reason == ("请补充签批" if take else "请补充报告")
    events = Event.objects.filter(chain=desk.assessment.pk, key="fraud")
    beside = events.get(action="finding_kept_beside")
    assert (beside.actor, beside.value.new["reason"]) == (desk.second.pk, "请补充签批")
    settled = events.get(action="finding_settled")
    assert settled.details == {"chosen": "other" if take else "stored", "by": str(desk.second.pk)}


def test_the_same_word_again_changes_nothing(desk):
    review = desk.begin()
    word = Word("fraud", Kind.AGREE)
    _, first = store(review, word, 0, desk.reviewer)
    outcome, again = store(review, word, 0, desk.second)
    assert (outcome, again.revision, again.by) == (Outcome.UNCHANGED, 1, first.by)


def test_nobody_gives_their_own_finding_the_second_look(desk):
    review = desk.begin()
    _, finding = store(review, Word("fraud", Kind.ADJUST, HALF, "x"), 0, desk.lead)
    with pytest.raises(PermissionError):
        look(finding, confirms=True, note="", by=desk.lead)
    other_lead = make_member(desk.regulator, "lead_reviewer")
    assert look(finding, confirms=False, note="理由不足", by=other_lead)
    assert not look(finding, confirms=True, note="", by=other_lead), "looked at already"
    finding.refresh_from_db()
    assert (finding.look, finding.look_note) == (Finding.Look.SENT_BACK, "理由不足")


def test_a_decision_waits_for_every_second_look(desk):
    review = desk.begin()
    _, finding = store(review, Word("fraud", Kind.ADJUST, HALF, "x"), 0, desk.reviewer)
    with pytest.raises(NotReady, match="1"):
        decide(review, Decision.DEMAND, statement="", respond_by=None, by=desk.lead)
    look(finding, confirms=True, note="", by=desk.lead)
    decide(review, Decision.DEMAND, statement="请整改", respond_by=None, by=desk.lead)
    desk.assessment.refresh_from_db()
    assert desk.assessment.status == Status.REMEDIATION_DEMANDED
    with pytest.raises(NotAllowed):
        store(review, Word("fraud", Kind.AGREE), 1, desk.reviewer)
    with pytest.raises(NotAllowed):
        decide(review, Decision.PASS, statement="", respond_by=None, by=desk.lead)


def test_passing_needs_every_criterion_checked(desk):
    review = desk.begin()
    assert obstacles(review, Decision.PASS)
    agree_with_all(desk)
    assert not obstacles(review, Decision.PASS)
    decide(review, Decision.PASS, statement="", respond_by=None, by=desk.lead)
    desk.assessment.refresh_from_db()
    assert desk.assessment.status == Status.PASSED


def test_returning_needs_something_to_change(desk):
    review = desk.begin()
    agree_with_all(desk)
    with pytest.raises(NotReady):
        decide(review, Decision.RETURN, statement="", respond_by=None, by=desk.lead)


def test_a_revision_that_never_was_is_no_failure(desk):
    review = desk.begin()
    outcome, finding = store(review, Word("fraud", Kind.AGREE), 7, desk.reviewer)
    assert (outcome, finding.revision) == (Outcome.SAVED, 1)
    outcome, _kept = store(review, Word("fraud", Kind.ASK, reason="x"), 10**30, desk.second)
    assert outcome == Outcome.CONFLICT
