"""What a regulator demands as a whole: reported, re-inspected, closed; and what it leads to."""

from fractions import Fraction

import pytest
from django.urls import reverse

from compliance.lifecycle import NotAllowed, NotReady, Status
from compliance.remediation import planning
from compliance.remediation.acting import give_up
from compliance.remediation.demands import (
    demanded_findings,
    end_reinspection,
    report_all,
    unreported,
)
from compliance.remediation.inspecting import inspect, report
from compliance.remediation.models import RemediationAction
from compliance.remediation.planning import plan_of, predecessor, progress
from compliance.reviews.disputing import contest, decide_dispute, give_opinion, withdraw_dispute
from compliance.reviews.models import Decision, Finding, Review
from tests.cast import make_assessment, make_association, make_member


def address(name, *args):
    return reverse(f"remediation:{name}", args=args)


def status(demand):
    demand.assessment.refresh_from_db()
    return demand.assessment.status


def test_it_is_reported_once_every_finding_has_a_reported_action(demand, client):
    client.force_login(demand.officer)
    assert "1" in unreported(demand.review)[0]
    assert client.post(address("report_all", demand.assessment.pk)).status_code == 409
    assert status(demand) == Status.REMEDIATION_DEMANDED
    action = demand.plan()
    with pytest.raises(NotReady):
        report_all(demand.review, demand.officer)
    report(action, "x", demand.colleague)
    client.post(address("report_all", demand.assessment.pk))
    assert status(demand) == Status.REPORTED
    with pytest.raises(NotAllowed):
        report_all(demand.review, demand.officer)


def test_the_lead_closes_what_is_closed_in_every_part(demand, client):
    action = demand.plan()
    report(action, "x", demand.colleague)
    report_all(demand.review, demand.officer)
    here = address("demand", demand.submission.pk)
    client.force_login(demand.reviewer)
    assert client.post(here, {"closes": "yes"}).status_code == 403
    client.force_login(demand.lead)
    assert client.post(here, {"closes": "yes"}).status_code == 409
    assert status(demand) == Status.REPORTED, "the action is not re-inspected"
    inspect(action, True, "", demand.reviewer)
    assert client.post(here, {"closes": "maybe"}).status_code == 400
    client.post(here, {"closes": "yes"})
    assert status(demand) == Status.CLOSED
    assert client.post(here, {"closes": "yes"}).status_code == 409


def test_what_is_sent_back_is_demanded_again(demand):
    action = demand.plan()
    report(action, "x", demand.colleague)
    report_all(demand.review, demand.officer)
    with pytest.raises(NotReady):
        end_reinspection(demand.review, False, demand.lead)
    inspect(action, False, "缺日期", demand.reviewer)
    end_reinspection(demand.review, False, demand.lead)
    assert status(demand) == Status.REMEDIATION_DEMANDED


def test_an_adopted_opinion_lets_the_demand_fall_away(demand):
    association = make_association()
    panellist = make_member(association, "panellist")
    dispute = contest(demand.finding, association, "有签批", demand.officer)
    give_opinion(dispute, "company", "有", panellist)
    assert unreported(demand.review)
    decide_dispute(dispute, "adopted", "company", None, "采纳", demand.lead)
    assert not unreported(demand.review)


def test_the_plan_shows_each_gap_and_the_score_it_leads_to(demand, client):
    demand.plan(target="3/4")
    client.force_login(demand.officer)
    plan = client.get(address("plan", demand.assessment.pk)).context["plan"]
    assert [g.gap.criterion.id for g in plan.gaps if g.ticked] == ["fraud"]
    assert plan.planned > plan.now
    bare = client.get(address("plan", demand.assessment.pk), {"tick": "1"}).context["plan"]
    assert bare.planned == bare.now
    everything = {"close": [g.gap.criterion.id for g in plan.gaps]}
    full = client.get(address("plan", demand.assessment.pk), everything).context["plan"]
    assert full.planned > plan.planned
    assert client.get(address("plan", demand.assessment.pk), {"close": "x"}).status_code == 200


def test_what_is_demanded_comes_first_in_the_plan(demand, monkeypatch):
    def order():
        return [gap.gap.criterion.id for gap in plan_of(demand.assessment, None, "zh").gaps]

    demanded = order()
    monkeypatch.setattr(planning, "demanded_findings", lambda _review: [])
    of_the_report = order()
    assert of_the_report.index("fraud") > 0
    of_the_report.remove("fraud")
    assert demanded == ["fraud", *of_the_report]


def test_a_gap_reaches_its_best_target_and_never_less_than_it_has(demand):
    demand.plan(target="1/4")
    (fraud,) = [g for g in plan_of(demand.assessment, None, "zh").gaps if g.finding]
    assert fraud.gap.standing.achievement == Fraction(1, 2)
    now = plan_of(demand.assessment, set(), "zh").planned
    assert plan_of(demand.assessment, {"fraud"}, "zh").planned == now


def test_the_next_assessment_shows_what_became_of_the_gaps(demand):
    action = demand.plan()
    following = make_assessment(demand.assessment.subject, version=demand.assessment.version)
    assert predecessor(following) == demand.assessment
    from compliance.assessments.draft import Draft

    (one,) = progress(demand.assessment, Draft(following).score, "zh")
    assert one.before.achievement == Fraction(1, 2)
    assert one.actions == [action]
    assert predecessor(demand.assessment) is None
    assert RemediationAction.objects.count() == 1


def test_a_demand_page_is_the_regulators(demand, client):
    here = address("demand", demand.submission.pk)
    client.force_login(demand.officer)
    assert client.get(here).status_code == 404
    client.force_login(demand.reviewer)
    assert "报告无签批" in client.get(here).content.decode()


def test_what_leaves_no_gap_is_not_demanded(demand):
    """Else it could neither be planned for nor reported: the plan knows gaps alone."""
    review = demand.review
    said = {"by": demand.reviewer, "at": review.decided_at, "demanded": True}
    word = {"kind": Finding.Kind.ADJUST, "achievement": "1"}
    review.findings.update_or_create(criterion="consent", defaults=said | word)
    assert demanded_findings(review) == [demand.finding]
    Review.objects.update(decision=Decision.RETURN)
    review.refresh_from_db()
    assert not demanded_findings(review)
    assert not [g for g in plan_of(demand.assessment, None, "zh").gaps if g.finding]


def test_a_report_is_sent_back_too_where_an_action_was_given_up_since(demand):
    action = demand.plan()
    report(action, "x", demand.colleague)
    report_all(demand.review, demand.officer)
    inspect(action, False, "缺日期", demand.reviewer)
    give_up(action, demand.officer)
    end_reinspection(demand.review, False, demand.lead)
    assert status(demand) == Status.REMEDIATION_DEMANDED


def test_the_review_leads_to_what_it_demands(demand, client):
    client.force_login(demand.reviewer)
    page = client.get(reverse("reviews:review", args=[demand.submission.pk]))
    there = address("demand", demand.submission.pk)
    assert f'href="{there}"' in page.content.decode()
    assert client.get(there).status_code == 200


def test_nothing_is_closed_while_a_dispute_is_open(demand, client):
    dispute = contest(demand.finding, make_association(), "有签批", demand.officer)
    action = demand.plan()
    report(action, "x", demand.colleague)
    report_all(demand.review, demand.officer)
    inspect(action, True, "", demand.reviewer)
    here = address("demand", demand.submission.pk)
    client.force_login(demand.lead)
    refused = client.post(here, {"closes": "yes"})
    assert refused.status_code == 409
    assert reverse("reviews:case", args=[dispute.pk]) in refused.content.decode()
    assert status(demand) == Status.REPORTED
    withdraw_dispute(dispute, demand.officer)
    assert client.post(here, {"closes": "yes"}).status_code == 302
    assert status(demand) == Status.CLOSED
