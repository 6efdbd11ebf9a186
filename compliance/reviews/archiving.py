"""Laying an assessment aside once its review has passed or its remediation is closed."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from compliance.assessments.access import assessment_access
from compliance.assessments.finishing import Step
from compliance.assessments.models import Assessment
from compliance.assessments.moving import lock, take
from compliance.lifecycle import Step as LifeStep
from compliance.permissions import ARCHIVE, READ
from compliance.reviews.cases import open_cases
from compliance.reviews.disputing import open_disputes


class Archive(Step):
    """Archive an assessment: everything stays readable, nothing changes any more.

    409 while a dispute is open, for its decision may still change the verified score.
    """

    template_name = "reviews/archive.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        access = assessment_access(request.user, kwargs["assessment_id"])
        assessment = access.require(READ)
        if not access.may(ARCHIVE):
            return self.back(assessment.pk)
        return self._page(assessment)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        access = assessment_access(request.user, kwargs["assessment_id"])
        if not access.has_role_for(ARCHIVE):
            access.require(ARCHIVE)
        assessment = access.assessment
        with transaction.atomic():
            lock(assessment)  # no dispute is opened between looking and archiving
            if access.may(ARCHIVE) and open_disputes(assessment):
                return self._page(assessment, status=409)
            take(assessment, LifeStep.ARCHIVE, request.user)
        messages.success(request, _("The self-assessment is archived."))
        return self.back(assessment.pk)

    def _page(self, assessment: Assessment, status: int = 200) -> HttpResponse:
        context = {
            "title": _("Archive this self-assessment?"),
            "text": str(assessment),
            "consequences": [_("It stays readable with its submissions, and never changes again.")],
            "action": _("Archive"),
            "cancel_url": reverse("assessments:result", args=[assessment.pk]),
            "hindering": open_disputes(assessment),
            "cases": open_cases(assessment),
        }
        return self.render_to_response(context, status=status)
