"""The page of what was claimed about a criterion before: that it does not apply, and why."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from compliance.assessments.access import assessment_for
from compliance.assessments.collaboration.history import Content, history
from compliance.assessments.draft import Draft
from compliance.assessments.links import section_url
from compliance.assessments.revisions import content_of
from compliance.language import page_language
from compliance.permissions import READ

Data = dict[str, Any]


class ClaimHistory(LoginRequiredMixin, TemplateView):
    """Who claimed when that a criterion does not apply, or withdrew it, and for which reasons.

    What is about the company as a whole is told with the subject for which it was entered.
    """

    http_method_names = ["get", "head", "options"]
    template_name = "assessments/claim_history.html"

    def get_context_data(self, **kwargs: Any) -> Data:
        assessment = assessment_for(self.request.user, kwargs["assessment_id"], READ)
        draft, criterion = Draft(assessment), kwargs["criterion"]
        found = draft.outline.criteria.get(criterion)
        if found is None:
            raise Http404
        row = draft.claims.get(criterion)
        steps = history(assessment, criterion, row, "claim")
        return super().get_context_data(
            assessment=assessment,
            label=found.title.to(page_language()),
            section_url=section_url(assessment.pk, draft.outline.section_of_criterion[criterion]),
            now=_said(content_of("claim", row)) if row else None,
            by=row,
            steps=[
                {
                    "step": step,
                    "before": step.before and _said(step.before),
                    "after": step.after and _said(step.after),
                }
                for step in steps
            ],
            **kwargs,
        )


def _said(content: Content) -> Data:
    claimed = content.get("claimed")
    return {
        "words": _("Not applicable") if claimed else _("Applicable"),
        "justification": content.get("justification", ""),
    }
