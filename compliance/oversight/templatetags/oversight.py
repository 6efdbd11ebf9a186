"""What oversight adds to the pages of other apps: invitations, and hints for reviewers."""

from typing import Any

from django import template

from compliance.assessments.models import Submission
from compliance.organisations.models import Visitor
from compliance.oversight.hints import hints
from compliance.oversight.models import Invited

register = template.Library()


@register.inclusion_tag("oversight/_invitations.html")
def campaign_invitations(user: Visitor) -> dict[str, Any]:
    """Show the campaigns to which the visitor's companies are invited and have not submitted."""
    waiting = Invited.objects.for_company_of(user).filter(campaign__ended_at=None).lacking()
    return {"invited": waiting.order_by("campaign__due_at")}


@register.inclusion_tag("oversight/_hints.html")
def review_hints(submission: Submission, user: Visitor) -> dict[str, Any]:
    """Show what is worth a closer look in a submission."""
    return {"hints": hints(submission, user)}
