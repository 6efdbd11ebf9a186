"""One action: planned, shown, changed, and what one click does."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from compliance.accounts.models import User
from compliance.accounts.press_again import PressAgain
from compliance.assessments.access import Access, assessment_access
from compliance.assessments.outline import outline_of
from compliance.language import page_language
from compliance.organisations.people import colleagues
from compliance.permissions import COMPANY, REMEDY
from compliance.remediation import acting
from compliance.remediation.access import ActionAccess, action_access
from compliance.remediation.demands import demanded_findings, latest_day
from compliance.remediation.form_pages import ActionForms, RemediationForm
from compliance.remediation.forms import ActionForm, MilestoneForm
from compliance.remediation.milestones import add_milestone, tick
from compliance.remediation.models import Milestone, RemediationAction
from compliance.remediation.planning import basis
from compliance.reviews.models import Finding


class AddAction(RemediationForm):
    """Plan an action against a gap."""

    form_class = ActionForm
    title = gettext_lazy("Plan an action")

    def may_go_on(self, user: User, *args: Any, **kwargs: Any) -> bool:
        return assessment_access(user, kwargs["assessment_id"]).has_role_for(REMEDY)

    @cached_property
    def access(self) -> Access:
        """The assessment, for someone whose role may plan."""
        access = assessment_access(self.request.user, self.kwargs["assessment_id"])
        if not access.has_role_for(REMEDY):
            raise PermissionDenied
        if self.kwargs["criterion"] not in outline_of(access.assessment.version).criteria:
            raise Http404
        return access

    def get_form_kwargs(self) -> dict[str, Any]:
        company = self.access.assessment.subject.organisation
        people, latest = colleagues(company, COMPANY), latest_day(self.finding)
        return super().get_form_kwargs() | {"people": people, "latest": latest}

    @cached_property
    def finding(self) -> Finding | None:
        """The finding that demands the gap to be closed, where one does."""
        _score, review = basis(self.access.assessment)
        demanded = demanded_findings(review) if review else []
        name = self.kwargs["criterion"]
        return next((one for one in demanded if one.criterion == name), None)

    def form_valid(self, form: ActionForm) -> HttpResponse:
        assessment, name = self.access.assessment, self.kwargs["criterion"]
        action = acting.plan_action(assessment, name, self.finding, form.planned, self.visitor)
        messages.success(self.request, _("The action is planned."))
        return redirect("remediation:action", action.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assessment = self.access.assessment
        criterion = outline_of(assessment.version).criteria[self.kwargs["criterion"]]
        questions = [q.advice.to(page_language()) for q in criterion.questions if q.advice]
        return super().get_context_data(
            kicker=criterion.title.to(page_language()),
            advice=questions,
            back=reverse("remediation:plan", args=[assessment.pk]),
            **kwargs,
        )


class ActionPage(LoginRequiredMixin, TemplateView):
    """One action: what is planned, what was reported, and what the visitor can do."""

    template_name = "remediation/action.html"
    http_method_names = ["get", "head", "options"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        access = action_access(self.request.user, kwargs["action_id"])
        action = access.action
        changeable = action.status in action.CHANGEABLE
        reported = action.status == action.Status.REPORTED
        waiting = action.extensions.filter(answer="").first()
        criterion = outline_of(action.assessment.version).criteria[action.criterion]
        return super().get_context_data(
            action=action,
            criterion=criterion.title.to(page_language()),
            milestones=action.milestones.all(),
            reports=action.reports.select_related("by", "inspected_by"),
            extensions=action.extensions.select_related("asked_by", "answered_by"),
            waiting=waiting,
            in_company=bool(access.in_company),
            may_plan=access.may_plan and changeable,
            may_work=access.may_work and changeable,
            may_ask=access.may_work and changeable and waiting is None,
            may_inspect=access.may_inspect and reported,
            may_answer=waiting is not None
            and action.status not in action.DONE
            and access.may_answer_extension,
            **kwargs,
        )


class Change(ActionForms):
    """Change what is planned."""

    form_class = ActionForm
    title = gettext_lazy("Change the action")

    def allowed(self, access: ActionAccess) -> bool:
        return access.may_plan

    def get_form_kwargs(self) -> dict[str, Any]:
        company = self.action.assessment.subject.organisation
        people = [*colleagues(company, COMPANY), self.action.owner]
        action = RemediationAction.objects.get(pk=self.action.pk)
        return super().get_form_kwargs() | {"people": people, "instance": action}

    def form_valid(self, form: ActionForm) -> HttpResponse:
        acting.change_action(self.action, form.planned, self.visitor)
        return self.done(_("The action is changed."))


class AddMilestone(ActionForms):
    """Add a step on the way."""

    form_class = MilestoneForm
    title = gettext_lazy("Add a milestone")

    def allowed(self, access: ActionAccess) -> bool:
        return access.may_work

    def form_valid(self, form: MilestoneForm) -> HttpResponse:
        given = form.cleaned_data
        add_milestone(self.action, given["title"], given["due_on"], self.visitor)
        return self.done(_("The milestone is added."))


class ActionStep(PressAgain):
    """One click on an action's page: begin it, give it up, tick a milestone."""

    def post(self, request: HttpRequest, action_id: uuid.UUID, **kwargs: Any) -> HttpResponse:
        access = action_access(request.user, action_id)
        assert isinstance(request.user, User)
        self.step(access, request.user)
        return redirect("remediation:action", action_id)

    def step(self, access: ActionAccess, user: User) -> None:
        """Do what was clicked."""
        raise NotImplementedError


class Begin(ActionStep):
    """Say that an action is under way."""

    def step(self, access: ActionAccess, user: User) -> None:
        acting.begin(access.require(access.may_work), user)


class GiveUp(ActionStep):
    """Give an action up."""

    def step(self, access: ActionAccess, user: User) -> None:
        acting.give_up(access.require(access.may_plan), user)


class TickMilestone(ActionStep):
    """Say that a milestone is reached, or that it is not."""

    def step(self, access: ActionAccess, user: User) -> None:
        action = access.require(access.may_work)
        found = get_object_or_404(Milestone, pk=self.kwargs["milestone_id"], action=action)
        tick(found, user)
