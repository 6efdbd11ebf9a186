"""What a review came to, on the company's own pages about the assessment."""

from typing import Any

from django import template

from compliance.assessments.models import Assessment
from compliance.lifecycle import HANDED_IN
from compliance.reviews.models import Review

register = template.Library()


@register.inclusion_tag("reviews/_outcome_link.html")
def review_outcome(assessment: Assessment) -> dict[str, Any]:
    """Lead to the outcome of the latest decided review, where there is one."""
    if assessment.status not in HANDED_IN:
        return {}
    decided = Review.objects.decided().filter(submission__assessment=assessment)
    latest = decided.select_related("submission").defer("submission__document")
    return {"review": latest.order_by("-submission__round").first()}
