"""Laying an assessment aside once its review has passed or its remediation is closed."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from compliance.assessments.access import assessment_access
from compliance.assessments.finishing import Step
from compliance.assessments.moving import take
from compliance.lifecycle import Step as LifeStep
from compliance.permissions import ARCHIVE, READ


class Archive(Step):
    """Archive an assessment: everything stays readable, nothing changes any more."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        access = assessment_access(request.user, kwargs["assessment_id"])
        assessment = access.require(READ)
        if not access.may(ARCHIVE):
            return self.back(assessment.pk)
        context = {
            "title": _("Archive this self-assessment?"),
            "text": str(assessment),
            "consequences": [_("It stays readable with its submissions, and never changes again.")],
            "action": _("Archive"),
            "cancel_url": reverse("assessments:result", args=[assessment.pk]),
        }
        return self.render_to_response(context)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        access = assessment_access(request.user, kwargs["assessment_id"])
        if not access.has_role_for(ARCHIVE):
            access.require(ARCHIVE)
        with transaction.atomic():
            take(access.assessment, LifeStep.ARCHIVE, request.user)
        messages.success(request, _("The self-assessment is archived."))
        return self.back(access.assessment.pk)
