"""What a demand names: gaps that the lead chooses, also where the reviewer agrees."""

import pytest
from django.urls import reverse

from compliance.lifecycle import NotReady
from compliance.remediation.demands import demanded_findings
from compliance.remediation.planning import plan_of
from compliance.reviews.deciding import decide, demandable, proposed
from compliance.reviews.findings import Word, store
from compliance.reviews.letter import letter_pdf
from compliance.reviews.models import Decision, Finding
from questionnaires.gaps import RiskLevel
from tests.reviews.test_letter import text_of

Kind = Finding.Kind


@pytest.fixture
def agreed(desk):
    """A desk that agrees with whatever the company says, gaps and all."""
    desk.begin()
    for criterion in ("fraud", "consent", "labels", "review-maturity"):
        store(desk.review, Word(criterion, Kind.AGREE), 0, desk.reviewer)
    desk.here = reverse("reviews:decide", args=[desk.submission.pk])
    desk.sent = {"decision": "demand", "statement": "请整改", "working_days": "10"}
    return desk


def test_proposed_is_what_differs_and_every_risk_above_low(agreed):
    known = demandable(agreed.review)
    above = {gap.criterion.id for _f, gap in known if gap.level is not RiskLevel.LOW}
    low = {gap.criterion.id for _f, gap in known} - above
    assert above
    assert low
    assert proposed(agreed.review) == above
    one = min(low)
    store(agreed.review, Word(one, Kind.ASK, reason="请说明"), 1, agreed.reviewer)
    assert proposed(agreed.review) == above | {one}


def test_an_accepted_measure_is_not_proposed(agreed):
    above = proposed(agreed.review)
    one = min(above)
    agreed.review.findings.filter(criterion=one).update(kind=Kind.ACCEPT_MEASURE)
    assert proposed(agreed.review) == above - {one}


def test_the_lead_demands_gaps_that_the_reviewer_agrees_with(agreed, client):
    client.force_login(agreed.lead)
    page = client.get(agreed.here)
    assert set(page.context["form"]["demanded"].value()) == proposed(agreed.review)
    chosen = min(proposed(agreed.review))
    assert client.post(agreed.here, agreed.sent | {"demanded": [chosen]}).status_code == 302
    agreed.review.refresh_from_db()
    (finding,) = demanded_findings(agreed.review)
    assert (finding.criterion, finding.kind) == (chosen, Kind.AGREE)
    assert "须整改" in text_of(letter_pdf(agreed.review, "zh"))

    client.force_login(agreed.submission.submitted_by)
    outcome = reverse("reviews:outcome", args=[agreed.submission.pk])
    page = client.get(outcome).content.decode()
    plan = reverse("remediation:plan", args=[agreed.assessment.pk])
    assert f"{plan}#gap-{chosen}" in page
    assert reverse("reviews:contest", args=[agreed.submission.pk, chosen]) not in page
    agreed.assessment.refresh_from_db()
    gaps = plan_of(agreed.assessment, None, "zh").gaps
    assert [gap.gap.criterion.id for gap in gaps if gap.finding] == [chosen]
    text = client.get(plan).content.decode()
    assert f"{len(gaps)}项差距中，0项已有整改措施" in text
    assert text.count(">尚无整改措施<") == len(gaps)


def test_a_demand_names_something(agreed, client):
    client.force_login(agreed.lead)
    refused = client.post(agreed.here, agreed.sent)
    assert refused.status_code == 422
    assert "demanded" in refused.context["form"].errors
    assert client.post(agreed.here, agreed.sent | {"demanded": ["x"]}).status_code == 422
    said = {"statement": "x", "respond_by": None, "by": agreed.lead}
    with pytest.raises(NotReady):
        decide(agreed.review, Decision.DEMAND, demanded=[], **said)
    assert not Finding.objects.filter(demanded=True).exists()


def test_without_a_checked_gap_nothing_is_demanded(desk):
    desk.begin()
    said = {"statement": "x", "respond_by": None, "by": desk.lead}
    with pytest.raises(NotReady):
        decide(desk.review, Decision.DEMAND, **said)
