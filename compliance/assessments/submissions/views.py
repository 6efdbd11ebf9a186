"""Pages from a finished assessment to its submission: ask, approve or decline, recall, submit."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from compliance import lifecycle
from compliance.accounts.again import SignInAgain
from compliance.accounts.models import User
from compliance.assessments.access import Access, assessment_access
from compliance.assessments.draft import Draft
from compliance.assessments.models import SignOff
from compliance.assessments.submissions import page, signing
from compliance.assessments.submissions.differences import since_last_time
from compliance.assessments.submissions.forms import ApproveForm, ReasonForm, RequestForm
from compliance.assessments.submissions.freezing import submit
from compliance.assessments.submissions.people import team_of
from compliance.assessments.submissions.readiness import NotOpen, obstacles
from compliance.language import page_language
from compliance.lifecycle import NotReady, Status, Step
from compliance.permissions import APPROVE, READ, RECALL, REOPEN, REQUEST_SIGNATURE, SUBMIT, Rule

NEXT_ROUND = (Status.RETURNED, Status.AWAITING_SIGNATURE)
PEOPLE = ("prepared_by", "checked_by", "approved_by", "ended_by")


class SigningPage(SignInAgain):
    """Where an assessment stands on its way to a submission, and the next step for the visitor."""

    http_method_names = ["get", "head", "options"]
    access: Access

    def get(self, request: HttpRequest, assessment_id: uuid.UUID) -> HttpResponse:
        self.access = assessment_access(self.visitor, assessment_id)
        self.access.require(READ)
        return self.page()

    def page(
        self,
        *,
        request_form: forms.BaseForm | None = None,
        approve_form: forms.BaseForm | None = None,
        reason_form: forms.BaseForm | None = None,
        refused: list[str] | None = None,
    ) -> HttpResponse:
        """Return the page; with `refused`, a 409 that says why nothing was done.

        With a form that does not fit, a 422. What came from a page that had been open too long is
        shown again, with 403.
        """
        access, assessment, language = self.access, self.access.assessment, page_language()
        draft, team = Draft(assessment), team_of(assessment)
        sign_offs = list(assessment.sign_offs.select_related(*PEOPLE, "submission"))
        sign_off = next((s for s in sign_offs if s.state in SignOff.OPEN), None)
        context: dict[str, Any] = {
            "assessment": assessment,
            "progress": page.progress_of(assessment.status, sign_off),
            "sign_off": sign_off,
            "ended": [s for s in sign_offs if s.state in SignOff.ENDED],
            "submissions": assessment.submissions.defer("document"),
            "summary": page.summary_of(draft, language),
            "handed_in": page.handed_in(draft, language),
            "commitment": page.words_of(sign_off, language),
            "cautions": page.cautions(draft),
            "since": since_last_time(draft, language) if assessment.status in NEXT_ROUND else None,
            "refused": refused,
            "unconfirmed": self.unconfirmed,
            "signatories": team.signatories,
            "may_recall": sign_off and access.may(RECALL),
            "may_submit": access.may(SUBMIT),
            "may_reopen": access.may(REOPEN),
        }
        if assessment.status in (Status.FINISHED, Status.RETURNED):
            context["obstacles"] = obstacles(draft)
        if access.may(REQUEST_SIGNATURE) and not context["obstacles"]:
            context["request_form"] = request_form or RequestForm(
                team=team, checked_by=self.visitor
            )
        if sign_off and sign_off.state == SignOff.State.REQUESTED and access.may(APPROVE):
            people = (self.visitor, sign_off.prepared_by, sign_off.checked_by)
            context["objections"] = team.objections_to_approving(*people)
            context["approve_form"] = approve_form or ApproveForm(
                initial={"representative": self.visitor.name}
            )
            context["reason_form"] = reason_form or ReasonForm()
        invalid = any(form is not None for form in (request_form, approve_form, reason_form))
        status = 403 if self.unconfirmed else 409 if refused else 422 if invalid else 200
        return render(self.request, "submissions/signing.html", context, status=status)


class RequestSignature(SigningPage):
    """Ask the company's signatories to approve what the visitor has checked."""

    http_method_names = ["post", "options"]

    def may_go_on(self, user: User, *args: Any, **kwargs: Any) -> bool:
        return assessment_access(user, kwargs["assessment_id"]).has_role_for(REQUEST_SIGNATURE)

    def post(self, request: HttpRequest, assessment_id: uuid.UUID) -> HttpResponse:
        self.access = assessment_access(self.visitor, assessment_id)
        require_role(self.access, REQUEST_SIGNATURE)
        assessment = self.access.assessment
        lifecycle.after(Step.REQUEST_SIGNATURE, Status(assessment.status))
        form = RequestForm(request.POST, team=team_of(assessment), checked_by=self.visitor)
        if self.unconfirmed or not form.is_valid():
            return self.page(request_form=form)
        prepared_by = form.cleaned_data["prepared_by"]
        try:
            signing.request_signature(assessment, self.visitor, prepared_by, form.third_party)
        except NotReady as error:
            return self.page(request_form=form, refused=error.reasons)
        messages.success(request, _("The signatory has been asked to approve it."))
        return redirect("assessments:signing", assessment.pk)


class SignOffStep(SigningPage):
    """A step that concerns one sign-off."""

    http_method_names = ["post", "options"]
    rule: Rule
    sign_off: SignOff

    def may_go_on(self, user: User, *args: Any, **kwargs: Any) -> bool:
        found = get_object_or_404(SignOff, pk=kwargs["sign_off_id"])
        return assessment_access(user, found.assessment_id).has_role_for(self.rule)

    def post(self, request: HttpRequest, sign_off_id: uuid.UUID) -> HttpResponse:
        self.sign_off = get_object_or_404(SignOff, pk=sign_off_id)
        self.access = assessment_access(self.visitor, self.sign_off.assessment_id)
        self.sign_off.assessment = self.access.assessment
        require_role(self.access, self.rule)
        return self.take()

    def take(self) -> HttpResponse:
        """Take the step, for someone whose role may."""
        raise NotImplementedError

    def require_open(self) -> None:
        """Raise NotOpen where it awaits no approval any more: nobody need fill in the form then."""
        if self.sign_off.state != SignOff.State.REQUESTED:
            raise NotOpen(self.sign_off)

    def attempt(self, step: Callable[[], object], done: str, **form: Any) -> HttpResponse:
        """Take the step, say that it is done and go back; or show the page with what hinders it."""
        try:
            step()
        except NotReady as error:
            self.access.assessment.refresh_from_db(fields=["status"])
            return self.page(**form, refused=error.reasons)
        messages.success(self.request, done)
        return redirect("assessments:signing", self.sign_off.assessment_id)


class Approve(SignOffStep):
    """Approve it for the company, and declare the commitment."""

    rule = APPROVE

    def take(self) -> HttpResponse:
        self.require_open()
        form = ApproveForm(self.request.POST)
        if self.unconfirmed or not form.is_valid():
            return self.page(approve_form=form)
        said = form.cleaned_data
        return self.attempt(
            lambda: signing.approve(
                self.sign_off, self.visitor, said["representative"], said["capacity"]
            ),
            _("You have approved it. The compliance officer can submit it now."),
            approve_form=form,
        )


class Decline(SignOffStep):
    """Refuse to approve it, with the reason."""

    rule = APPROVE

    def take(self) -> HttpResponse:
        self.require_open()
        form = ReasonForm(self.request.POST)
        if self.unconfirmed or not form.is_valid():
            return self.page(reason_form=form)
        return self.attempt(
            lambda: signing.decline(self.sign_off, self.visitor, form.cleaned_data["reason"]),
            _("You have declined. The compliance officer has been told why."),
        )


class Recall(SignOffStep):
    """Take it back from signature."""

    rule = RECALL

    def take(self) -> HttpResponse:
        if self.unconfirmed:
            return self.page()
        return self.attempt(
            lambda: signing.recall(self.sign_off, self.visitor),
            _("It has been recalled from signature."),
        )


class Submit(SignOffStep):
    """Hand it in: the freeze."""

    rule = SUBMIT

    def take(self) -> HttpResponse:
        if self.unconfirmed:
            return self.page()
        try:
            submission = submit(self.sign_off, self.visitor)
        except NotReady as error:
            return self.page(refused=error.reasons)
        return redirect("assessments:receipt", submission.pk)


def require_role(access: Access, rule: Rule) -> None:
    """Raise PermissionDenied for a role too low; whether the status allows it is for the step."""
    if not access.has_role_for(rule):
        raise PermissionDenied
