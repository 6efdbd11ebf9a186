"""What is remedied, on the company's own pages about an assessment."""

from typing import Any

from django import template

from compliance.assessments.models import Assessment
from compliance.lifecycle import Status
from compliance.remediation.models import RemediationAction
from compliance.remediation.planning import predecessor

register = template.Library()


@register.inclusion_tag("remediation/_plan_link.html")
def remediation_plan(assessment: Assessment) -> dict[str, Any]:
    """Lead to the plan, with the number of actions and of those still open."""
    if assessment.status == Status.DRAFT:
        return {}
    statuses = assessment.actions.values_list("status", flat=True)
    waiting = [status for status in statuses if status not in RemediationAction.DONE]
    return {"assessment": assessment, "total": len(statuses), "open": len(waiting)}


@register.inclusion_tag("remediation/_earlier_link.html")
def earlier_remediation(assessment: Assessment) -> dict[str, Any]:
    """Say what the assessment before has left to do: this one starts from it."""
    before = predecessor(assessment)
    if before is None:
        return {}
    statuses = list(before.actions.values_list("status", flat=True))
    closed = statuses.count(RemediationAction.Status.CLOSED)
    return {"assessment": assessment, "before": before, "closed": closed, "total": len(statuses)}
