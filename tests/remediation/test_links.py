"""Where remediation shows on other pages, and what happens to it when someone leaves."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from compliance.assessments.models import Assessment
from compliance.handover import hand_over
from compliance.notices.models import Notice
from compliance.remediation.inspecting import report
from compliance.remediation.models import RemediationAction
from compliance.remediation.reminders import remind
from tests.cast import make_assessment


def test_the_result_leads_to_the_findings_and_to_the_plan(demand, client):
    demand.plan()
    client.force_login(demand.officer)
    page = client.get(reverse("assessments:result", args=[demand.assessment.pk])).content.decode()
    assert reverse("reviews:outcome", args=[demand.submission.pk]) in page
    assert reverse("remediation:plan", args=[demand.assessment.pk]) in page
    assert "1项未销号" in page


def test_the_next_assessment_starts_from_the_register(demand, client):
    demand.plan()
    yesterday = timezone.now() - dt.timedelta(days=1)
    Assessment.objects.filter(pk=demand.assessment.pk).update(created_at=yesterday)
    following = make_assessment(demand.assessment.subject, version=demand.assessment.version)
    client.force_login(demand.officer)
    page = client.get(reverse("assessments:tasks", args=[following.pk])).content.decode()
    assert "共1项整改措施，已销号0项" in page
    plan = client.get(reverse("remediation:plan", args=[following.pk])).content.decode()
    assert "补签批" in plan
    assert "涉诈风险评估" in plan


def test_whoever_leaves_passes_open_actions_on(demand):
    open_one, done = demand.plan(), demand.plan(title="已销号")
    RemediationAction.objects.filter(pk=done.pk).update(status="closed")
    with transaction.atomic():
        hand_over(demand.company, demand.colleague, None, demand.officer)
    open_one.refresh_from_db()
    done.refresh_from_db()
    assert (open_one.owner, done.owner) == (demand.officer, demand.colleague)
    with transaction.atomic():
        hand_over(demand.company, demand.officer, demand.other_officer, demand.officer)
    open_one.refresh_from_db()
    assert open_one.owner == demand.other_officer


def test_those_responsible_are_reminded_before_and_after_the_day(demand):
    action = demand.plan()

    def told(event):
        remind(timezone.now())
        return Notice.objects.filter(recipient=demand.colleague, event=event).count()

    assert told("action_due_soon") == 0
    RemediationAction.objects.update(due_on=timezone.localdate())
    assert told("action_due_soon") == told("action_due_soon") == 1
    RemediationAction.objects.update(due_on=timezone.localdate() - dt.timedelta(days=1))
    assert told("action_overdue") == told("action_overdue") == 1
    report(action, "已完成", demand.colleague)
    Notice.objects.all().delete()
    assert told("action_overdue") == 0
