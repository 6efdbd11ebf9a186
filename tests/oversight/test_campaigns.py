"""Campaigns: begun for chosen companies, followed, reminded of, ended."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from compliance.audit.models import Event
from compliance.deadlines import Unit, due
from compliance.notices.models import Notice
from compliance.organisations.models import Membership
from compliance.oversight.campaigns import (
    begin_campaign,
    companies_for,
    end_campaign,
    invite,
    remind,
    remind_of_campaigns,
)
from compliance.oversight.models import Campaign, Invited
from tests.cast import (
    make_assessment,
    make_company,
    make_member,
    make_regulator,
    make_subject,
    make_submission,
    make_version,
)

pytestmark = pytest.mark.django_db


class Office:
    """A regulator in Beijing, its lead, and companies in and outside of its jurisdiction."""

    def __init__(self) -> None:
        self.regulator = make_regulator("110000")
        self.lead = make_member(self.regulator, "lead_reviewer")
        self.reviewer = make_member(self.regulator, "reviewer")
        self.near = make_company(region="110105", industry="I")
        self.other = make_company(region="110108", industry="R")
        self.far = make_company(region="310101", industry="I")
        self.officer = make_member(self.near, "compliance_officer")
        self.version = make_version()

    def begin(self, *companies, **told):
        fields = {
            "title": "年度专项",
            "notice": "",
            "questionnaire": self.version.key,
            "amount": 10,
            "unit": Unit.WORKING_DAYS,
        }
        return begin_campaign(self.regulator, fields | told, companies or [self.near], self.lead)


@pytest.fixture
def office():
    return Office()


def chosen(office, regions=(), industries=(), codes=()):
    return set(companies_for(office.regulator, regions, industries, codes))


def test_companies_are_chosen_by_region_industry_and_one_by_one(office):
    assert chosen(office) == set()
    assert chosen(office, ["110000"]) == {office.near, office.other}
    assert chosen(office, ["110105"]) == {office.near}
    assert chosen(office, ["110000"], ["R"]) == {office.other}
    assert chosen(office, [], ["I"]) == {office.near}
    assert chosen(office, ["110105"], [], [office.other.credit_code]) == {office.near, office.other}
    assert chosen(office, ["310000"], ["I"], [office.far.credit_code]) == set(), "not their own"


def sent(office, **changes):
    return {
        "title": "年度专项",
        "questionnaire": office.version.key,
        "amount": "10",
        "unit": "working_days",
        "regions": "北京市朝阳区",
    } | changes


def test_a_lead_sees_whom_it_would_invite_and_begins(office, client):
    client.force_login(office.lead)
    here = reverse("oversight:begin")
    page = client.post(here, sent(office, preview="1"))
    assert office.near.name in page.content.decode()
    until = due(timezone.now(), 10, Unit.WORKING_DAYS)
    assert f"报送截止日期为{until}。" in page.content.decode(), "known before it begins"
    assert "例如20" in page.content.decode()
    assert not Campaign.objects.exists()
    done = client.post(here, sent(office))
    campaign = Campaign.objects.get()
    assert done.url == reverse("oversight:campaign", args=[campaign.pk])
    assert [one.company for one in campaign.invited.all()] == [office.near]
    assert Notice.objects.filter(recipient=office.officer, event="campaign_invited").exists()


def test_many_companies_are_told_in_as_many_statements_as_one(
    office, django_assert_max_num_queries
):
    with django_assert_max_num_queries(30) as few:
        office.begin(office.near)
    others = [make_company(region="110105") for _ in range(4)]
    officers = {make_member(each, "compliance_officer") for each in others}
    with django_assert_max_num_queries(len(few)):
        office.begin(*others, title="专项二")
    told = Notice.objects.exclude(recipient=office.officer)
    assert {(one.recipient, one.organisation) for one in told} == {
        (each, each.memberships.get().organisation) for each in officers
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""},
        {"questionnaire": "nothing"},
        {"amount": "0"},
        {"amount": "9999"},
        {"unit": "years"},
        {"regions": ""},
        {"regions": "亚特兰蒂斯"},
        {"regions": "朝阳区"},  # there are several
        {"regions": "上海市"},
        {"industries": ["Z"]},
        {"codes": "91110105MA0000000X"},
    ],
)
def test_a_campaign_that_does_not_fit_is_refused(office, client, changes):
    client.force_login(office.lead)
    assert client.post(reverse("oversight:begin"), sent(office, **changes)).status_code == 422
    assert not Campaign.objects.exists()


def test_a_reviewer_follows_and_a_stranger_sees_nothing(office, client):
    campaign = office.begin()
    here = reverse("oversight:campaign", args=[campaign.pk])
    client.force_login(office.reviewer)
    assert client.get(here).status_code == 200
    assert client.get(reverse("oversight:begin")).status_code == 403
    for step in ("remind", "end"):
        address = reverse(f"oversight:{step}", args=[campaign.pk])
        assert client.post(address).status_code == 403
    client.force_login(make_member(make_regulator("110000"), "lead_reviewer"))
    assert client.get(here).status_code == 404
    client.force_login(office.officer)
    assert client.get(here).status_code == 404


def test_progress_counts_what_was_done_since_the_campaign_began(office):
    early = make_assessment(make_subject(office.near), version=office.version)
    yesterday = timezone.now() - dt.timedelta(days=1)
    type(early).objects.update(created_at=yesterday)
    office.begin()
    (one,) = Invited.objects.all().with_progress()
    assert not one.has_started, "begun before"
    assessment = make_assessment(make_subject(office.near), version=office.version)
    (one,) = Invited.objects.all().with_progress()
    assert one.has_started
    assert not one.has_submitted
    make_submission(assessment)
    (one,) = Invited.objects.all().with_progress()
    assert one.has_submitted


def test_the_page_of_a_campaign_narrows_and_has_pages(office, client):
    done = make_submission(make_assessment(make_subject(office.near), version=office.version))
    companies = [make_company(region="110101", name=f"第{n:02}公司") for n in range(52)]
    campaign = office.begin(office.near, *companies)
    Campaign.objects.update(created_at=done.submitted_at - dt.timedelta(hours=1))
    make_assessment(make_subject(companies[3]), version=office.version)
    client.force_login(office.lead)
    here = reverse("oversight:campaign", args=[campaign.pk])
    page = client.get(here)
    assert len(page.context["invited"]) == 50
    found = [page.context[name] for name in ("total", "submitted", "under_way")]
    assert found == [53, 1, 1]
    assert len(client.get(here, {"page": "2"}).context["invited"]) == 3
    expected = {"submitted": [office.near], "started": [companies[3]], "nonsense": None}
    for progress, named in expected.items():
        found = client.get(here, {"progress": progress}).context["invited"]
        assert named is None or [one.company for one in found] == named
    assert client.get(here, {"progress": "lacking"}).context["paginator"].count == 52
    idle = client.get(here, {"progress": "idle", "page": "2"})
    assert idle.context["paginator"].count == 51
    assert "progress=idle" in idle.content.decode()


def test_a_company_sees_its_invitations_first(office, client):
    campaign = office.begin()
    client.force_login(office.officer)
    page = client.get(reverse("assessments:list")).content.decode()
    assert "年度专项" in page
    here = reverse("oversight:invitation", args=[campaign.pk])
    assert office.version.key in client.get(here).content.decode()
    stranger = make_member(office.other, "compliance_officer")
    client.force_login(stranger)
    assert client.get(here).status_code == 404
    assert "年度专项" not in client.get(reverse("assessments:list")).content.decode()


def test_those_who_lack_are_reminded_once_a_day(office):
    campaign = office.begin(office.near, office.other)
    make_member(office.other, "compliance_officer")
    assert remind(campaign) == 2
    assert remind(campaign) == 0
    Invited.objects.update(reminded_at=timezone.now() - dt.timedelta(days=2))
    make_submission(make_assessment(make_subject(office.near), version=office.version))
    assert remind(campaign) == 1


def test_reminders_go_out_by_themselves_when_the_date_is_near(office):
    office.begin()
    now = timezone.now()
    remind_of_campaigns(now - dt.timedelta(days=30))
    assert not Notice.objects.filter(event="campaign_reminder").exists()
    Campaign.objects.update(due_at=now + dt.timedelta(days=2))
    remind_of_campaigns(now)
    assert Notice.objects.filter(event="campaign_reminder").count() == 1
    Campaign.objects.update(due_at=now - dt.timedelta(days=1))
    Invited.objects.update(reminded_at=None)
    remind_of_campaigns(now)
    assert Notice.objects.filter(event="campaign_overdue").count() == 1


def test_invited_twice_is_invited_once(office):
    campaign = office.begin()
    assert invite(campaign, [office.near, office.other], office.lead) == 1
    assert campaign.invited.count() == 2


def test_whether_to_end_is_asked_first(office, client):
    campaign = office.begin()
    client.force_login(office.lead)
    here = reverse("oversight:end", args=[campaign.pk])
    assert here in client.get(reverse("oversight:campaign", args=[campaign.pk])).content.decode()
    assert "年度专项" in client.get(here).content.decode()
    assert Campaign.objects.running().exists(), "nothing is done yet"
    client.post(here)
    assert not Campaign.objects.running().exists()


def test_an_ended_campaign_reminds_nobody(office, client):
    campaign = office.begin()
    client.force_login(office.lead)
    client.post(reverse("oversight:end", args=[campaign.pk]))
    client.post(reverse("oversight:remind", args=[campaign.pk]))
    assert not Notice.objects.filter(event="campaign_reminder").exists()
    assert client.get(reverse("oversight:invite", args=[campaign.pk])).status_code == 404


def test_a_date_that_depends_on_unknown_holidays_says_so(office, client):
    campaign = office.begin(amount=700)
    assert campaign.unknown_year is not None
    client.force_login(office.lead)
    page = client.get(reverse("oversight:campaign", args=[campaign.pk])).content.decode()
    assert f"{campaign.unknown_year}年节假日安排尚未公布" in page
    client.force_login(office.officer)
    page = client.get(reverse("oversight:invitation", args=[campaign.pk])).content.decode()
    assert f"{campaign.unknown_year}年节假日安排尚未公布" in page, "the company counts on it"


def test_whoever_leads_two_regulators_invites_for_either(office, client):
    campaign = office.begin()
    other = make_regulator("310000", name="A")  # the first by name
    Membership.objects.create(user=office.lead, organisation=other, role="lead_reviewer")
    client.force_login(office.lead)
    here = reverse("oversight:invite", args=[campaign.pk])
    assert client.get(here).context["regulator"] == campaign.regulator


def test_invitations_are_recorded_and_an_ended_campaign_invites_nobody(office):
    campaign = office.begin()
    invite(campaign, [office.other], office.lead)
    found = Event.objects.filter(action="companies_invited", about_id=str(campaign.pk))
    assert [event.details for event in found.order_by("sequence")] == [{"companies": 1}] * 2
    end_campaign(campaign, office.lead)
    assert invite(campaign, [make_company()], office.lead) == 0
