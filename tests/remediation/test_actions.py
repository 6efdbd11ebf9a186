"""Actions: planned, reported, re-inspected by someone else, given more time."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from compliance.assessments.outline import outline_of
from compliance.audit.models import Event
from compliance.notices.models import Notice
from compliance.organisations.models import Membership
from compliance.remediation.acting import give_up
from compliance.remediation.changing import NotNow
from compliance.remediation.inspecting import ask_for_time, inspect, report
from compliance.remediation.milestones import add_milestone
from compliance.remediation.models import Extension, Milestone, RemediationAction
from compliance.remediation.register import register_workbook
from tests.cast import make_company, make_member, make_regulator

Status = RemediationAction.Status
SOON = dt.timedelta(days=10)


def address(name, *args):
    return reverse(f"remediation:{name}", args=args)


def sent(demand, **changes):
    return {
        "title": "补签批",
        "department": "法务部",
        "owner": demand.colleague.pk,
        "means": "law",
        "cost": "low",
        "due_on": (timezone.localdate() + SOON).isoformat(),
        "percent": "100",
    } | changes


def test_an_officer_plans_against_a_gap_and_the_responsible_is_told(demand, client):
    client.force_login(demand.officer)
    here = address("add", demand.assessment.pk, "fraud")
    assert client.get(here).status_code == 200
    done = client.post(here, sent(demand))
    action = RemediationAction.objects.get()
    assert done.url == address("action", action.pk)
    assert (action.finding, action.owner, action.target) == (demand.finding, demand.colleague, "1")
    assert Notice.objects.filter(recipient=demand.colleague, event="action_assigned").exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"department": ""}, "department"),
        ({"owner": "00000000-0000-4000-8000-000000000000"}, "owner"),
        ({"means": "force"}, "means"),
        ({"due_on": "2020-01-01"}, "due_on"),
        ({"due_on": "9999-12-31"}, "due_on"),
        ({"percent": "0"}, "percent"),
        ({"percent": "101"}, "percent"),
    ],
)
def test_a_plan_that_does_not_fit_is_refused(demand, client, changes, field):
    client.force_login(demand.officer)
    page = client.post(address("add", demand.assessment.pk, "fraud"), sent(demand, **changes))
    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert not RemediationAction.objects.exists()


def test_the_responsible_is_of_the_company(demand, client):
    client.force_login(demand.officer)
    page = client.post(
        address("add", demand.assessment.pk, "fraud"), sent(demand, owner=demand.lead.pk)
    )
    assert page.status_code == 422


def test_nobody_closes_their_own_gap(demand, client):
    own = demand.plan(finding=None, owner=demand.officer)
    report(own, "已完成", demand.officer)
    client.force_login(demand.officer)
    assert client.get(address("inspect", own.pk)).status_code == 403
    client.force_login(demand.other_officer)
    client.post(address("inspect", own.pk), {"closes": "yes"})
    own.refresh_from_db()
    assert own.status == Status.CLOSED


def test_what_a_regulator_demands_its_reviewers_close(demand, client):
    action = demand.plan()
    report(action, "签批页已补", demand.colleague)
    told = Notice.objects.filter(event="action_reported").values_list("recipient", flat=True)
    assert set(told) == {demand.reviewer.pk, demand.lead.pk}
    for insider in (demand.officer, demand.other_officer, demand.colleague):
        client.force_login(insider)
        assert client.get(address("inspect", action.pk)).status_code == 403
    client.force_login(demand.reviewer)
    assert "签批页已补" in client.get(address("inspect", action.pk)).content.decode()
    refused = client.post(address("inspect", action.pk), {"closes": "no"})
    assert refused.status_code == 422
    client.post(address("inspect", action.pk), {"closes": "no", "note": "缺日期"})
    action.refresh_from_db()
    assert action.status == Status.SENT_BACK
    report(action, "日期已补", demand.colleague)
    client.post(address("inspect", action.pk), {"closes": "yes"})
    action.refresh_from_db()
    assert action.status == Status.CLOSED
    assert [(r.text, r.closes) for r in action.reports.all()] == [
        ("签批页已补", False),
        ("日期已补", True),
    ]


def test_an_action_is_inspected_once_it_is_reported_and_no_sooner(demand, client):
    action = demand.plan()
    with pytest.raises(NotNow):
        inspect(action, True, "", demand.reviewer)
    client.force_login(demand.reviewer)
    refused = client.post(address("inspect", action.pk), {"closes": "yes"})
    assert refused.status_code == 409
    report(action, "x", demand.colleague)
    with pytest.raises(NotNow):
        report(action, "又一次", demand.colleague)


def test_more_time_is_asked_for_and_granted_by_the_lead(demand, client):
    action = demand.plan()
    later = action.due_on + SOON
    client.force_login(demand.colleague)
    page = client.post(
        address("ask", action.pk), {"until": action.due_on.isoformat(), "reason": "x"}
    )
    assert page.status_code == 422, "not later than it is now"
    client.post(address("ask", action.pk), {"until": later.isoformat(), "reason": "供应商延期"})
    wish = Extension.objects.get()
    with pytest.raises(NotNow):
        ask_for_time(action, later + SOON, "又一次", demand.colleague)
    here = address("answer", action.pk, wish.pk)
    client.force_login(demand.officer)
    assert client.post(here, {"answer": "grant"}).status_code == 403
    client.force_login(demand.lead)
    assert client.post(here, {"answer": "refuse"}).status_code == 422
    client.post(here, {"answer": "grant"})
    action.refresh_from_db()
    assert action.due_on == later
    assert client.post(here, {"answer": "grant"}).status_code == 409
    assert Notice.objects.filter(recipient=demand.colleague, event="extension_granted").exists()


def test_an_action_that_has_ended_gets_no_more_time(demand, client):
    action = demand.plan()
    wish = ask_for_time(action, action.due_on + SOON, "x", demand.colleague)
    give_up(action, demand.officer)
    client.force_login(demand.lead)
    assert not client.get(address("action", action.pk)).context["may_answer"]
    refused = client.post(address("answer", action.pk, wish.pk), {"answer": "grant"})
    assert refused.status_code == 409


def test_a_demanded_day_changes_by_an_extension_only(demand, client):
    action = demand.plan()
    client.force_login(demand.officer)
    later = (action.due_on + SOON).isoformat()
    client.post(address("change", action.pk), sent(demand, due_on=later, title="补签批与日期"))
    changed = RemediationAction.objects.get()
    assert (changed.title, changed.due_on) == ("补签批与日期", action.due_on)


def give_time_until(demand, day):
    """Let the demand end with this day."""
    end = timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()))
    type(demand.review).objects.update(respond_by=end)


def test_the_first_day_lies_within_the_time_of_the_demand(demand, client):
    last = timezone.localdate() + SOON
    give_time_until(demand, last)
    later = last + dt.timedelta(days=1)
    client.force_login(demand.officer)
    here = address("add", demand.assessment.pk, "fraud")
    assert client.get(here).context["form"]["due_on"].value() == last
    page = client.post(here, sent(demand, due_on=later.isoformat()))
    assert page.status_code == 422
    assert "due_on" in page.context["form"].errors
    own = address("add", demand.assessment.pk, "labels")
    assert client.post(own, sent(demand, due_on=later.isoformat())).status_code == 302
    assert client.post(here, sent(demand, due_on=last.isoformat())).status_code == 302
    action = RemediationAction.objects.get(criterion="fraud")
    ask_for_time(action, later, "供应商延期", demand.colleague)
    demand.finding.refresh_from_db()
    demand.finding.review.refresh_from_db()
    with pytest.raises(ValueError, match="less time"):
        demand.plan(due_on=later)


def test_what_is_planned_after_the_time_of_the_demand_is_late(demand, client):
    """It must be planned all the same; more time is asked for, and granted."""
    last = timezone.localdate() - SOON
    give_time_until(demand, last)
    client.force_login(demand.officer)
    here = address("add", demand.assessment.pk, "fraud")
    for day in (last - SOON, timezone.localdate()):
        assert client.post(here, sent(demand, due_on=day.isoformat())).status_code == 422
    assert client.post(here, sent(demand, due_on=last.isoformat())).status_code == 302
    assert RemediationAction.objects.get().is_overdue


def test_milestones_are_added_and_ticked(demand, client):
    action = demand.plan()
    client.force_login(demand.colleague)
    day = (timezone.localdate() + SOON).isoformat()
    client.post(address("milestone", action.pk), {"title": "起草", "due_on": day})
    step = Milestone.objects.get()
    client.post(address("tick", action.pk, step.pk))
    step.refresh_from_db()
    assert step.done_on == timezone.localdate()
    client.post(address("tick", action.pk, step.pk))
    step.refresh_from_db()
    assert step.done_on is None


def test_milestones_stay_as_they_were_when_it_was_reported(demand, client):
    action = demand.plan()
    step = add_milestone(action, "起草", timezone.localdate(), demand.colleague)
    report(action, "x", demand.colleague)
    client.force_login(demand.colleague)
    assert client.post(address("tick", action.pk, step.pk)).status_code == 409
    sent = {"title": "又一步", "due_on": timezone.localdate().isoformat()}
    assert client.post(address("milestone", action.pk), sent).status_code == 409
    assert list(Milestone.objects.values_list("title", "done_on")) == [("起草", None)]


def test_a_reviewer_who_belongs_to_the_company_closes_nothing_there(demand, client):
    action = demand.plan(owner=demand.other_officer)
    Membership.objects.create(
        user=demand.other_officer, organisation=demand.regulator, role="reviewer"
    )
    report(action, "x", demand.other_officer)
    client.force_login(demand.other_officer)
    assert client.post(address("inspect", action.pk), {"closes": "yes"}).status_code == 403


def test_overdue_is_what_nobody_has_reported_in_time(demand, client):
    late, reported = demand.plan(), demand.plan(title="已报告")
    report(reported, "x", demand.colleague)
    RemediationAction.objects.update(due_on=timezone.localdate() - SOON)
    client.force_login(demand.officer)
    assert list(client.get(address("list") + "?show=overdue").context["actions"]) == [late]
    give_up(late, demand.officer)
    assert not client.get(address("list") + "?show=overdue").context["actions"]


def test_each_side_sees_its_own(demand, client):
    demanded, own = demand.plan(), demand.plan(finding=None, title="自行改进")
    for user, seen in (
        (demand.officer, {demanded, own}),
        (demand.lead, {demanded}),
        (make_member(make_regulator("110000"), "lead_reviewer"), set()),
        (make_member(make_company(), "compliance_officer"), set()),
    ):
        client.force_login(user)
        assert set(client.get(address("list")).context["actions"]) == seen
        for action in (demanded, own):
            status = 200 if action in seen else 404
            assert client.get(address("action", action.pk)).status_code == status
        book = load_workbook(io.BytesIO(client.get(address("register")).content))
        rows = list(book.active.values)
        assert len(rows) - 1 == len(seen)
    client.force_login(demand.officer)
    book = load_workbook(io.BytesIO(client.get(address("register")).content))
    row = next(row for row in book.active.values if row[6] == "补签批")
    assert row[3:6] == (demand.submission.number, "涉诈风险评估", "《示例法》第一条")


def test_a_register_that_someone_takes_away_is_recorded(demand, client):
    demand.plan()
    client.force_login(demand.officer)
    client.head(address("register"))
    client.get(address("register"))
    (event,) = Event.objects.filter(action="register_downloaded")
    assert event.chain_id == demand.company.pk
    assert event.details == {"register": "remediation", "rows": 1}


def test_each_form_posts_its_own_fields_and_no_other(demand, client):
    """Mass assignment: whatever else is posted changes nothing."""
    action = demand.plan()
    before = {f.attname: getattr(action, f.attname) for f in RemediationAction._meta.fields}
    client.force_login(demand.officer)
    every = {name: "closed" for name in before if name != "detail"}
    client.post(address("change", action.pk), every | sent(demand, title="改名"))
    action.refresh_from_db()
    after = {f.attname: getattr(action, f.attname) for f in RemediationAction._meta.fields}
    assert {name for name in before if before[name] != after[name]} == {"title"}


def test_the_register_costs_as_many_queries_with_many(demand, django_assert_max_num_queries):
    for number in range(4):
        action = demand.plan(title=f"措施{number}")
        add_milestone(action, "起草", timezone.localdate(), demand.colleague)
        report(action, "x", demand.colleague)
        inspect(action, True, "", demand.reviewer)
    outline_of(demand.assessment.version)
    with django_assert_max_num_queries(5):
        register_workbook(RemediationAction.objects.for_list())


def test_the_task_list_tells_the_status_and_leads_to_the_outcome(demand, client):
    client.force_login(demand.colleague)
    page = client.get(f"/assessments/{demand.assessment.pk}/").content.decode()
    assert "要求整改" in page
    assert f"/reviews/{demand.submission.pk}/outcome/" in page
