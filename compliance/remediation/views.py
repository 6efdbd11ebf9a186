"""Remediation as a whole: the list, the register, the plan of an assessment, a demand."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView, TemplateView, View

from compliance.accounts.models import User
from compliance.accounts.press_again import PressAgain
from compliance.assessments.access import assessment_access
from compliance.assessments.draft import Draft
from compliance.assessments.outline import outline_of
from compliance.language import page_language
from compliance.lifecycle import NotReady
from compliance.organisations.register_downloads import record_register
from compliance.permissions import CLOSE, READ, READ_SUBMISSION, REMEDY, REPORT
from compliance.remediation.demands import (
    demanded_findings,
    end_reinspection,
    report_all,
    unclosed,
    unreported,
)
from compliance.remediation.models import RemediationAction
from compliance.remediation.planning import basis, plan_of, predecessor, progress
from compliance.remediation.register import register_workbook
from compliance.reviews.access import SubmissionAccess, submission_access
from compliance.reviews.cases import open_cases
from compliance.reviews.criterion_page import finding_as_shown
from compliance.reviews.models import Decision, Review
from compliance.spreadsheets import MEDIA_TYPE

SHOWN = {
    "open": gettext_lazy("Open"),
    "mine": gettext_lazy("Mine"),
    "overdue": gettext_lazy("Overdue"),
    "all": gettext_lazy("All"),
}


class ActionList(LoginRequiredMixin, ListView):
    """The actions that concern the visitor: `?show=` open (else), mine, overdue or all."""

    template_name = "remediation/list.html"
    context_object_name = "actions"
    paginate_by = 50

    @property
    def shown(self) -> str:
        asked = self.request.GET.get("show", "open")
        return asked if asked in SHOWN else "open"

    def get_queryset(self) -> QuerySet[RemediationAction]:
        found = RemediationAction.objects.visible_to(self.request.user).distinct().for_list()
        match self.shown:
            case "mine":
                return found.open().filter(owner=self.request.user.pk)
            case "overdue":
                return found.overdue()
            case "all":
                return found
        return found.open()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(choices=SHOWN, shown=self.shown, **kwargs)


class Register(LoginRequiredMixin, View):
    """The register of remediation (整改台账) as a spreadsheet: what the visitor may see.

    The download is recorded.
    """

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        found = RemediationAction.objects.visible_to(request.user).distinct().for_list()
        name = f"{_('Register of remediation')} {timezone.localdate()}.xlsx"
        record_register(request, "remediation", found.count())
        return HttpResponse(
            register_workbook(found),
            content_type=MEDIA_TYPE,
            headers={"Content-Disposition": content_disposition_header(True, name)},
        )


class PlanPage(LoginRequiredMixin, TemplateView):
    """Every gap of an assessment with its actions; `?close=` names those that count as closed."""

    template_name = "remediation/plan.html"
    http_method_names = ["get", "head", "options"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        access = assessment_access(self.request.user, kwargs["assessment_id"])
        assessment = access.require(READ)
        asked = self.request.GET
        ticked = set(asked.getlist("close")) if "tick" in asked or "close" in asked else None
        plan = plan_of(assessment, ticked, page_language())
        before = predecessor(assessment)
        demanded = plan.review is not None and plan.review.decision == Decision.DEMAND
        return super().get_context_data(
            assessment=assessment,
            plan=plan,
            demanded=demanded,
            may_plan=access.may(REMEDY),
            may_report=demanded and access.may(REPORT),
            earlier=list(progress(before, Draft(assessment).score, page_language()))
            if before
            else [],
            before=before,
            lacking=unreported(plan.review) if demanded and plan.review else [],
            **kwargs,
        )


class ReportAll(PressAgain):
    """Report the remediation that a review demands as done."""

    def post(self, request: HttpRequest, assessment_id: uuid.UUID) -> HttpResponse:
        access = assessment_access(request.user, assessment_id)
        if not access.has_role_for(REPORT):
            access.require(REPORT)
        _score, review = basis(access.assessment)
        if review is None:
            raise Http404
        assert isinstance(request.user, User)
        try:
            report_all(review, request.user)
        except NotReady as error:
            return render(request, "409.html", {"reason": str(error)}, status=409)
        messages.success(request, _("The remediation is reported. The regulator re-inspects it."))
        return redirect("remediation:plan", assessment_id)


class DemandPage(LoginRequiredMixin, TemplateView):
    """What a regulator demands, with the actions against each finding; the lead ends it here.

    A POST says `closes`, yes or no.
    """

    template_name = "remediation/demand.html"
    http_method_names = ["get", "head", "post", "options"]

    @cached_property
    def access(self) -> SubmissionAccess:
        """The submission, for everyone in the regulator that reviewed it."""
        access = submission_access(self.request.user, self.kwargs["submission_id"])
        access.require(READ_SUBMISSION)
        return access

    @property
    def review(self) -> Review:
        """The review that demands something; Http404 where none does."""
        review: Review | None = getattr(self.access.submission, "review", None)
        if review is None or review.decision != Decision.DEMAND:
            raise Http404
        return review

    def post(self, request: HttpRequest, submission_id: uuid.UUID) -> HttpResponse:
        if not self.access.has_role_for(CLOSE):
            raise PermissionDenied
        closes = {"yes": True, "no": False}.get(request.POST.get("closes", ""))
        if closes is None:
            raise SuspiciousOperation("Neither closed nor sent back.")
        assert isinstance(request.user, User)
        try:
            end_reinspection(self.review, closes, request.user)
        except NotReady as error:
            page = self.get_context_data(refused=error.reasons)
            return self.render_to_response(page, status=409)
        messages.success(request, _("The company has been told."))
        return redirect("remediation:demand", submission_id)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        review, language = self.review, page_language()
        outline = outline_of(self.access.submission.assessment.version)
        findings = [
            {
                "title": outline.criteria[finding.criterion].title.to(language),
                "shown": finding_as_shown(finding),
                "actions": finding.actions.select_related("owner"),
            }
            for finding in demanded_findings(review)
        ]
        return super().get_context_data(
            submission=self.access.submission,
            review=review,
            cases=open_cases(self.access.submission.assessment),
            findings=findings,
            lacking=unclosed(review),
            may_end=self.access.may(CLOSE),
            **kwargs,
        )
