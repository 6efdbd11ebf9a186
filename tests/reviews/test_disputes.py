"""Disputes: contested, an opinion, a decision that enters the verified score; nobody else sees."""

import datetime as dt
from fractions import Fraction

import pytest
from django.urls import reverse
from django.utils import timezone

from compliance.lifecycle import NotAllowed, NotReady
from compliance.notices.models import Notice
from compliance.organisations.models import Membership, Organisation
from compliance.remediation.demands import demanded_findings
from compliance.reviews.deciding import decide, look
from compliance.reviews.disputing import (
    AlreadyContested,
    DisputeOver,
    OwnFinding,
    PanelHasTime,
    contest,
    decide_dispute,
    give_opinion,
    withdraw_dispute,
)
from compliance.reviews.findings import Word, store
from compliance.reviews.models import Decision, Dispute, Finding
from compliance.reviews.reminders import remind
from compliance.reviews.rounds import reply
from compliance.reviews.taking_up import take_up
from compliance.reviews.verifying import verified
from tests.cast import (
    ANSWERED,
    make_answer,
    make_assessment,
    make_association,
    make_claim,
    make_company,
    make_link,
    make_member,
    make_regulator,
    make_submission,
)

Kind, Outcome, Effect = Finding.Kind, Dispute.Outcome, Dispute.Effect


@pytest.fixture
def demanded(desk):
    """A desk whose review demands remediation for one criterion and agrees with another."""
    desk.begin()
    word = Word("fraud", Kind.ADJUST, Fraction(0), "报告无签批")
    _outcome, finding = store(desk.review, word, 0, desk.reviewer)
    look(finding, confirms=True, note="", by=desk.lead)
    store(desk.review, Word("labels", Kind.AGREE), 0, desk.reviewer)
    decide(desk.review, Decision.DEMAND, statement="整改", respond_by=None, by=desk.lead)
    desk.finding = desk.review.findings.get(criterion="fraud")
    desk.officer = desk.submission.submitted_by
    desk.association = make_association()
    desk.panellist = make_member(desk.association, "panellist")
    return desk


@pytest.fixture
def case(demanded):
    demanded.dispute = contest(demanded.finding, demanded.association, "有签批", demanded.officer)
    return demanded


def address(name, case):
    return reverse(f"reviews:{name}", args=[case.dispute.pk])


def test_an_officer_contests_a_finding_and_those_concerned_are_told(demanded, client):
    client.force_login(demanded.officer)
    here = reverse("reviews:contest", args=[demanded.submission.pk, "fraud"])
    page = client.get(here)
    assert page.context["form"].initial["association"] == demanded.association
    sent = {"association": demanded.association.pk, "grounds": "签批页在附件三"}
    done = client.post(here, sent)
    dispute = Dispute.objects.get()
    assert done.url == reverse("reviews:case", args=[dispute.pk])
    told = set(
        Notice.objects.filter(event__in=["dispute_opened", "opinion_asked"]).values_list(
            "recipient", flat=True
        )
    )
    assert told == {demanded.lead.pk, demanded.panellist.pk}
    assert client.post(here, sent).url == done.url
    assert Dispute.objects.get().grounds == "签批页在附件三", "a finding is contested once"
    assert client.get(here).url == done.url


def test_what_was_agreed_to_is_not_contested(demanded, client):
    client.force_login(demanded.officer)
    here = reverse("reviews:contest", args=[demanded.submission.pk, "labels"])
    assert client.get(here).status_code == 404
    agreed = demanded.review.findings.get(criterion="labels")
    with pytest.raises(ValueError, match="differs"):
        contest(agreed, demanded.association, "x", demanded.officer)


def test_grounds_and_association_are_asked_for(demanded, client):
    client.force_login(demanded.officer)
    here = reverse("reviews:contest", args=[demanded.submission.pk, "fraud"])
    for sent in ({}, {"grounds": "x"}, {"grounds": "x", "association": demanded.company.pk}):
        assert client.post(here, sent).status_code == 422
    assert not Dispute.objects.exists()


def test_the_decision_enters_the_verified_score(case):
    before = verified(case.submission)
    other = Effect.ACHIEVEMENT
    with pytest.raises(PanelHasTime):
        decide_dispute(case.dispute, Outcome.ADOPTED, other, Fraction(1), "x", case.lead)
    give_opinion(case.dispute, "company", "签批有效", case.panellist)
    with pytest.raises(ValueError, match="achievement"):
        decide_dispute(case.dispute, Outcome.ADOPTED, other, None, "x", case.lead)
    half, partly = Fraction(1, 2), Outcome.PARTLY_ADOPTED
    decide_dispute(case.dispute, partly, other, half, "部分有效", case.lead)
    after = verified(case.submission)
    assert after.score.score > before.score.score
    assert after.score.standings["fraud"].achievement == Fraction(1, 2)
    with pytest.raises(DisputeOver):
        give_opinion(case.dispute, "reviewer", "太晚了", case.panellist)
    with pytest.raises(DisputeOver):
        withdraw_dispute(case.dispute, case.officer)


def test_a_declined_opinion_leaves_the_finding(case):
    before = verified(case.submission).score.score
    give_opinion(case.dispute, "company", "签批有效", case.panellist)
    stands = Effect.STANDS
    decide_dispute(case.dispute, Outcome.DECLINED, stands, Fraction(1), "证据不足", case.lead)
    assert verified(case.submission).score.score == before


def test_each_side_does_its_part_on_its_page(case, client):
    client.force_login(case.panellist)
    sent = {"side": "partly", "reasons": "签批日期不明"}
    assert client.post(address("opinion", case), sent).url == address("case", case)
    client.force_login(case.lead)
    page = client.get(address("case", case))
    assert "签批日期不明" in page.content.decode()
    sent = {"outcome": "adopted", "effect": "achievement", "reasons": "采纳"}
    assert client.post(address("decide_dispute", case), sent).status_code == 422
    sent["achievement"] = "50"
    assert client.post(address("decide_dispute", case), sent).status_code == 302
    case.dispute.refresh_from_db()
    assert (case.dispute.outcome, case.dispute.achievement) == ("adopted", "1/2")
    assert client.post(address("decide_dispute", case), sent).status_code == 409


def test_the_company_withdraws(case, client):
    client.force_login(case.officer)
    assert client.get(address("withdraw_dispute", case)).status_code == 200
    client.post(address("withdraw_dispute", case))
    case.dispute.refresh_from_db()
    assert case.dispute.status == Dispute.Status.WITHDRAWN
    client.force_login(case.panellist)
    late = client.post(address("opinion", case), {"side": "company", "reasons": "x"})
    assert late.status_code == 409


def test_nobody_else_sees_the_case(case, client):
    strangers = [
        make_member(make_company(), "compliance_officer"),
        make_member(make_regulator("110000"), "lead_reviewer"),
        make_member(make_association(), "panellist"),
    ]
    for stranger in strangers:
        client.force_login(stranger)
        for name in ("case", "opinion", "decide_dispute", "withdraw_dispute"):
            assert client.get(address(name, case)).status_code == 404, name
        assert not client.get(reverse("reviews:cases")).context["disputes"]


def test_each_side_keeps_to_its_part(case, client):
    parts = {"opinion": case.panellist, "decide_dispute": case.lead}
    parts["withdraw_dispute"] = case.officer
    for name, own in parts.items():
        for other in set(parts.values()) - {own}:
            client.force_login(other)
            assert client.get(address(name, case)).status_code == 403, name
    client.force_login(make_member(case.association, "auditor"))
    assert client.get(address("case", case)).status_code == 200
    assert client.get(address("opinion", case)).status_code == 403


def test_trade_secrets_are_hidden_from_the_panel_alone(client, desk):
    assessment = make_assessment()
    make_answer(assessment, "functions", ["live"])
    make_answer(assessment, "minors", "no")
    make_answer(assessment, "users", "10")
    secret = {"trade_secret": True, "comment": "机密算法的内部代号"}
    make_answer(assessment, "assessed", "late", **secret)
    desk.submission = make_submission(assessment)
    desk.begin()
    _o, finding = store(desk.review, Word("fraud", Kind.ASK, reason="请说明"), 0, desk.reviewer)
    decide(desk.review, Decision.RETURN, statement="x", respond_by=None, by=desk.lead)
    association = make_association()
    panellist = make_member(association, "panellist")
    desk.dispute = contest(finding, association, "x", desk.submission.submitted_by)
    seen = {}
    for who in (desk.submission.submitted_by, desk.lead, panellist):
        client.force_login(who)
        page = client.get(address("case", desk)).content.decode()
        seen[who] = "机密算法的内部代号" in page, "上线后补做" in page
    assert list(seen.values()) == [(True, True), (True, True), (False, False)]
    client.force_login(panellist)
    page = client.get(address("opinion", desk)).content.decode()
    assert "机密算法的内部代号" not in page


def test_whoever_belongs_to_both_sides_is_no_judge_in_their_own_cause(case, client):
    Membership.objects.create(
        user=case.panellist, organisation=case.company, role="compliance_officer"
    )
    client.force_login(case.panellist)
    assert client.get(address("opinion", case)).status_code == 403


def test_after_the_round_has_ended_nothing_is_contested(demanded):
    type(demanded.assessment).objects.update(status="closed")
    with pytest.raises(NotAllowed):
        contest(demanded.finding, demanded.association, "x", demanded.officer)
    assert Organisation.objects.filter(kind="association").exists()


# --- contested twice


def test_the_same_sent_twice_is_one_dispute(case):
    again = contest(case.finding, case.association, "有签批", case.officer)
    assert again == case.dispute


def test_other_grounds_are_not_dropped_unseen(case, client):
    """Two officers contest at the same moment: the second sees that, and keeps what they wrote."""
    colleague = make_member(case.company, "compliance_officer")
    client.force_login(colleague)
    here = reverse("reviews:contest", args=[case.submission.pk, "fraud"])
    page = client.post(here, {"association": case.association.pk, "grounds": "另有签批页"})
    assert page.status_code == 422
    assert "另有签批页" in page.content.decode()
    assert "已提出" in page.content.decode()
    assert Dispute.objects.get().grounds == "有签批"


def test_what_was_withdrawn_is_not_contested_again(case):
    withdraw_dispute(case.dispute, case.officer)
    with pytest.raises(AlreadyContested):
        contest(case.finding, case.association, "有签批", case.officer)


def submit_again(desk):
    """Hand the assessment in once more as it is; return the submission, taken up."""
    desk.assessment.refresh_from_db()
    submission = make_submission(desk.assessment)
    take_up(submission, desk.regulator, desk.reviewer)
    return submission


@pytest.fixture
def rejected(desk):
    """A desk that rejected a claim and asks about a criterion, both contested in a return."""
    assessment = make_assessment()
    for question, value in ANSWERED.items():
        make_answer(assessment, question, value)
    make_claim(assessment, "consent", "不生成内容")
    desk.submission = make_submission(assessment)
    desk.assessment, desk.officer = assessment, desk.submission.submitted_by
    desk.begin()
    association = make_association()
    panellist = make_member(association, "panellist")
    for word in (
        Word("consent", Kind.REJECT_CLAIM, reason="生成图片"),
        Word("fraud", Kind.ASK, reason="请补充签批页"),
    ):
        store(desk.review, word, 0, desk.reviewer)
    desk.consent, desk.fraud = (desk.review.findings.get(criterion=c) for c in ("consent", "fraud"))
    look(desk.consent, confirms=True, note="", by=desk.lead)
    decide(desk.review, Decision.RETURN, statement="x", respond_by=None, by=desk.lead)

    def settle(finding, outcome, effect, achievement=None):
        dispute = contest(finding, association, "x", desk.officer)
        give_opinion(dispute, "company", "x", panellist)
        return decide_dispute(dispute, outcome, effect, achievement, "x", desk.lead)

    desk.settle = settle
    return desk


def test_the_list_begins_with_what_is_undecided(rejected, client):
    waiting = contest(rejected.consent, make_association(), "x", rejected.officer)
    over = rejected.settle(rejected.fraud, Outcome.ADOPTED, Effect.COMPANY)
    client.force_login(rejected.lead)
    assert list(client.get(reverse("reviews:cases")).context["disputes"]) == [waiting, over]
    Dispute.objects.filter(pk=over.pk).update(status=Dispute.Status.WITHDRAWN, decided_at=None)
    assert list(client.get(reverse("reviews:cases")).context["disputes"]) == [waiting, over]


def test_a_claim_that_was_rejected_wrongly_stands_in_every_round(rejected):
    assert verified(rejected.submission).score.standings["consent"].achievement == 0
    rejected.settle(rejected.consent, Outcome.ADOPTED, Effect.COMPANY)
    again = submit_again(rejected)
    for submission in (rejected.submission, again):
        assert verified(submission).score.standings["consent"].achievement is None
    assert again.review.findings.get(criterion="consent").kind == Kind.AGREE


def test_a_claim_that_is_rejected_in_part_stays_rejected_in_the_next_round(rejected):
    partly, other = Outcome.PARTLY_ADOPTED, Effect.ACHIEVEMENT
    rejected.settle(rejected.consent, partly, other, Fraction(1, 4))
    again = submit_again(rejected)
    for submission in (rejected.submission, again):
        assert verified(submission).score.standings["consent"].achievement == Fraction(1, 4)


def test_a_decision_settles_what_was_asked_for(rejected):
    rejected.settle(rejected.fraud, Outcome.ADOPTED, Effect.ACHIEVEMENT, Fraction(1))
    carried = submit_again(rejected).review.findings.get(criterion="fraud")
    assert (carried.kind, carried.achievement, carried.look) == (Kind.ADJUST, "1", "confirmed")
    assert carried.looked_by == rejected.lead


def test_a_decision_after_the_next_round_has_begun_enters_both_scores(rejected):
    dispute = contest(rejected.consent, make_association(), "x", rejected.officer)
    again = submit_again(rejected)
    give_opinion(dispute, "company", "x", make_member(dispute.association, "panellist"))
    partly, other = Outcome.PARTLY_ADOPTED, Effect.ACHIEVEMENT
    decide_dispute(dispute, partly, other, Fraction(1, 2), "x", rejected.lead)
    for submission in (rejected.submission, again):
        assert verified(submission).score.standings["consent"].achievement == Fraction(1, 2)
    review = rejected.submission.review
    told = verified(rejected.submission, review.decided_at)
    assert told.score.standings["consent"].achievement == 0, "as the letter said"


def test_the_page_takes_a_claim_that_stands_without_an_achievement(rejected, client):
    association = make_association()
    dispute = contest(rejected.consent, association, "x", rejected.officer)
    give_opinion(dispute, "company", "x", make_member(association, "panellist"))
    client.force_login(rejected.lead)
    here = reverse("reviews:decide_dispute", args=[dispute.pk])
    sent = {"outcome": "partly_adopted", "effect": "achievement", "reasons": "x"}
    assert "achievement" in client.post(here, sent).context["form"].errors
    sent = {"outcome": "adopted", "effect": "company", "reasons": "x"}
    assert client.post(here, sent).status_code == 302


def test_the_panel_sees_no_trade_secret_by_a_way_round(desk, client):
    assessment = make_assessment()
    for question, value in ANSWERED.items():
        make_answer(assessment, question, value)
    answers = assessment.answers
    answers.filter(question="reviewers").update(trade_secret=True)
    make_answer(assessment, "consent-files", None, trade_secret=True)
    company = assessment.subject.organisation
    both = make_link(company, title="内部代号甲")
    unanswered = make_link(company, title="内部代号乙")
    for link, question in (
        (both, "reviewers"),
        (both, "label-places"),
        (unanswered, "consent-files"),
    ):
        link.uses.create(assessment=assessment, question=question, by=assessment.created_by)
    desk.submission = make_submission(assessment)
    desk.begin()
    for criterion in ("labels", "consent"):
        store(desk.review, Word(criterion, Kind.ASK, reason="x"), 0, desk.reviewer)
    decide(desk.review, Decision.RETURN, statement="x", respond_by=None, by=desk.lead)
    association, officer = make_association(), desk.submission.submitted_by
    panellist = make_member(association, "panellist")
    for finding in desk.review.findings.all():
        reply(finding, "内部代号丙", officer)
        desk.dispute = contest(finding, association, "x", officer)
        for who, seen in ((desk.lead, True), (panellist, False)):
            client.force_login(who)
            assert ("内部代号" in client.get(address("case", desk)).content.decode()) == seen


# --- what a decision means


def test_the_panel_may_side_with_the_reviewer(case):
    """Adopting that opinion leaves the finding, and what it demands, as they are."""
    give_opinion(case.dispute, "reviewer", "签批无效", case.panellist)
    decide_dispute(case.dispute, Outcome.ADOPTED, Effect.STANDS, None, "采纳", case.lead)
    assert verified(case.submission).score.standings["fraud"].achievement == 0
    assert demanded_findings(case.review) == [case.finding]


def test_an_adopted_opinion_may_leave_a_claim_rejected(rejected):
    rejected.settle(rejected.consent, Outcome.ADOPTED, Effect.STANDS)
    assert verified(rejected.submission).score.standings["consent"].achievement == 0


def test_what_was_asked_for_needlessly_is_not_asked_again(rejected):
    rejected.settle(rejected.fraud, Outcome.ADOPTED, Effect.COMPANY)
    assert submit_again(rejected).review.findings.get(criterion="fraud").kind == Kind.AGREE


def test_what_is_carried_over_is_not_contested_again(rejected):
    association = make_association()
    dispute = contest(rejected.consent, association, "x", rejected.officer)
    review = submit_again(rejected).review
    store(review, Word("fraud", Kind.ASK, reason="仍缺"), 0, rejected.reviewer)
    decide(review, Decision.RETURN, statement="x", respond_by=None, by=rejected.lead)
    carried = review.findings.get(criterion="consent")
    assert carried.contested == dispute
    with pytest.raises(AlreadyContested):
        contest(carried, association, "y", rejected.officer)


# --- nothing ends before it is decided, and nobody waits for ever


def passed_time(dispute):
    """Let the panel's time be over."""
    opened = timezone.now() - dt.timedelta(days=60)
    Dispute.objects.filter(pk=dispute.pk).update(opened_at=opened)
    dispute.refresh_from_db()


def test_a_review_is_not_passed_while_a_dispute_is_open(rejected, client):
    dispute = contest(rejected.consent, make_association(), "x", rejected.officer)
    review = submit_again(rejected).review
    for criterion in ("fraud", "labels", "review-maturity"):
        store(review, Word(criterion, Kind.AGREE), 0, rejected.reviewer)
    with pytest.raises(NotReady, match="争议"):
        decide(review, Decision.PASS, statement="", respond_by=None, by=rejected.lead)
    client.force_login(rejected.lead)
    here = reverse("reviews:decide", args=[review.submission_id])
    refused = client.post(here, {"decision": "pass", "statement": "写好的话"})
    assert refused.status_code == 409
    page = refused.content.decode()
    assert "写好的话" in page
    assert reverse("reviews:case", args=[dispute.pk]) in page
    withdraw_dispute(dispute, rejected.officer)
    assert client.post(here, {"decision": "pass"}).status_code == 302


def test_without_an_opinion_the_lead_decides_once_the_panel_had_its_time(case, client):
    here = address("decide_dispute", case)
    sent = {"effect": "company", "reasons": "签批页属实"}
    client.force_login(case.lead)
    assert not client.get(address("case", case)).context["may_decide"]
    assert client.post(here, sent).status_code == 409
    passed_time(case.dispute)
    page = client.get(address("case", case))
    assert page.context["may_decide"]
    assert "评议组未在" in page.content.decode()
    assert client.post(here, sent | {"reasons": ""}).status_code == 422
    assert client.post(here, sent).status_code == 302
    case.dispute.refresh_from_db()
    assert (case.dispute.status, case.dispute.outcome) == ("decided", "without_opinion")
    assert not demanded_findings(case.review)


def test_an_opinion_that_comes_late_is_not_passed_over(case):
    passed_time(case.dispute)
    give_opinion(case.dispute, "company", "签批有效", case.panellist)
    without = Outcome.WITHOUT_OPINION
    with pytest.raises(DisputeOver):
        decide_dispute(case.dispute, without, Effect.STANDS, None, "x", case.lead)


def test_the_panel_is_asked_again_and_then_the_lead_is_told(case):
    def told(event, at):
        remind(at)
        return Notice.objects.filter(event=event).count()

    end = case.dispute.opinion_by.at
    assert told("opinion_asked", timezone.now()) == 1
    Notice.objects.update(at=timezone.now() - dt.timedelta(days=10))
    assert told("opinion_asked", end - dt.timedelta(days=1)) == 2
    assert told("opinion_lacking", end) == told("opinion_lacking", end) == 1
    assert Notice.objects.get(event="opinion_lacking").recipient == case.lead


# --- a finding of one's own, and one in a review that passed


@pytest.fixture
def own(desk):
    """A contested finding that the lead wrote, with an opinion on it."""
    desk.begin()
    _o, desk.finding = store(desk.review, Word("fraud", Kind.ASK, reason="x"), 0, desk.lead)
    decide(desk.review, Decision.RETURN, statement="x", respond_by=None, by=desk.lead)
    association, desk.officer = make_association(), desk.submission.submitted_by
    desk.dispute = contest(desk.finding, association, "x", desk.officer)
    give_opinion(desk.dispute, "company", "x", make_member(association, "panellist"))
    return desk


def test_another_lead_decides_about_a_finding_of_ones_own(own, client):
    other = make_member(own.regulator, "lead_reviewer", name="孙组长")
    client.force_login(own.lead)
    page = client.get(address("case", own)).content.decode()
    assert "应由孙组长作出决定" in page
    assert address("decide_dispute", own) not in page
    sent = {"outcome": "declined", "effect": "stands", "reasons": "x"}
    for answer in (
        client.get(address("decide_dispute", own)),
        client.post(address("decide_dispute", own), sent),
    ):
        assert answer.status_code == 409
        assert "应由孙组长作出决定" in answer.content.decode()
    with pytest.raises(OwnFinding):
        decide_dispute(own.dispute, Outcome.DECLINED, Effect.STANDS, None, "x", own.lead)
    client.force_login(other)
    assert client.post(address("decide_dispute", own), sent).status_code == 302
    own.dispute.refresh_from_db()
    assert not own.dispute.decided_by_author


def test_the_only_lead_decides_openly_about_a_finding_of_their_own(own, client):
    make_member(own.regulator, "lead_reviewer").memberships.update(active=False)
    client.force_login(own.lead)
    assert "您本人" in client.get(address("decide_dispute", own)).content.decode()
    sent = {"outcome": "declined", "effect": "stands", "reasons": "x"}
    assert client.post(address("decide_dispute", own), sent).status_code == 302
    record = reverse("records:submission", args=[own.submission.pk])
    assert "由该核查意见的作出人作出决定" in client.get(record).content.decode()
    client.force_login(own.officer)
    assert "没有其他核查组长" in client.get(address("case", own)).content.decode()


def test_an_adjustment_in_a_review_that_passed_can_be_contested(desk, client):
    desk.begin()
    word = Word("fraud", Kind.ADJUST, Fraction(1, 2), "报告无签批")
    _o, finding = store(desk.review, word, 0, desk.reviewer)
    look(finding, confirms=True, note="", by=desk.lead)
    for criterion in ("consent", "labels", "review-maturity"):
        store(desk.review, Word(criterion, Kind.AGREE), 0, desk.reviewer)
    decide(desk.review, Decision.PASS, statement="", respond_by=None, by=desk.lead)
    client.force_login(desk.submission.submitted_by)
    here = reverse("reviews:contest", args=[desk.submission.pk, "fraud"])
    outcome = client.get(reverse("reviews:outcome", args=[desk.submission.pk]))
    assert here in outcome.content.decode()
    association = make_association()
    sent = {"association": association.pk, "grounds": "有签批"}
    assert client.post(here, sent).status_code == 302
    dispute = Dispute.objects.get()
    archive = reverse("reviews:archive", args=[desk.assessment.pk])
    case_page = reverse("reviews:case", args=[dispute.pk])
    for answer, status in ((client.get(archive), 200), (client.post(archive), 409)):
        assert answer.status_code == status
        assert case_page in answer.content.decode()
        assert "有1项争议既未决定也未撤回" in answer.content.decode()
    give_opinion(dispute, "company", "x", make_member(association, "panellist"))
    decide_dispute(dispute, Outcome.ADOPTED, Effect.COMPANY, None, "x", desk.lead)
    score = verified(desk.submission).score
    assert score.standings["fraud"].achievement == 1
    desk.assessment.refresh_from_db()
    assert desk.assessment.status == "passed"
    assert client.post(archive).status_code == 302
    desk.assessment.refresh_from_db()
    assert desk.assessment.status == "archived"
