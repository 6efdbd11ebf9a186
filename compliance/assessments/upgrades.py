"""Taking an assessment over into a newer version of its questionnaire."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from compliance.assessments.access import assessment_access
from compliance.assessments.draft import Draft
from compliance.assessments.forms import UpgradeForm
from compliance.assessments.upgrade_page import upgrade_page
from compliance.assessments.upgrading import Succession, newer_version, successor, upgrade
from compliance.language import page_language
from compliance.permissions import UPGRADE


class Upgrade(LoginRequiredMixin, TemplateView):
    """Show what carries over and what is asked again; then make the new assessment.

    What is no longer to be decided leads on: a superseded assessment to its successor, one whose
    version is current to its task list.
    """

    http_method_names = ["get", "head", "post", "options"]
    template_name = "assessments/upgrade.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated or request.method not in ("GET", "HEAD", "POST"):
            return super().dispatch(request, *args, **kwargs)
        access = assessment_access(request.user, kwargs["assessment_id"])
        if not access.has_role_for(UPGRADE):
            raise PermissionDenied
        self.assessment = access.assessment
        if new := successor(self.assessment):
            return redirect("assessments:tasks", new.pk)
        access.require(UPGRADE)
        version = newer_version(self.assessment)
        if version is None:
            return redirect("assessments:tasks", self.assessment.pk)
        self.succession = Succession(Draft(self.assessment), version)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._page(self._form())

    def post(self, request: Any, assessment_id: uuid.UUID) -> HttpResponse:
        form = UpgradeForm(request.POST)
        valid = form.is_valid()
        if form.cleaned_data.get("version") != self.succession.version.pk:
            return self._page(self._form(request.POST.get("reference_date")), outdated=True)
        if not valid:
            return self._page(form)
        day = form.cleaned_data["reference_date"]
        new, made = upgrade(self.succession, day, request.user)
        if new is None:
            raise PermissionDenied
        if made:
            done = _("The answers have been carried over. The former assessment stays as it was.")
            messages.success(request, done)
        return redirect("assessments:tasks", new.pk)

    def _form(self, day: Any = None) -> UpgradeForm:
        day = day or self.assessment.reference_date
        return UpgradeForm(initial={"version": self.succession.version.pk, "reference_date": day})

    def _page(self, form: UpgradeForm, outdated: bool = False) -> HttpResponse:
        return self.render_to_response(
            {
                "assessment": self.assessment,
                "version": self.succession.version,
                "form": form,
                "outdated": outdated,
                **upgrade_page(self.succession, page_language()),
            },
            status=409 if outdated else 200,
        )
