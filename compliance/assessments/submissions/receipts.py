"""Pages about what was handed in: the receipt, the document, the sealed page, withdrawal."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from compliance.accounts.again import SignInAgain
from compliance.accounts.models import User
from compliance.assessments.access import Access, assessment_access
from compliance.assessments.evidence.refusals import Refused
from compliance.assessments.evidence.serving import file_response
from compliance.assessments.models import Submission
from compliance.assessments.submissions.forms import ReasonForm, ScanForm
from compliance.assessments.submissions.sealing import MOST, add_scan
from compliance.assessments.submissions.verifying import verification_address
from compliance.assessments.submissions.views import require_role
from compliance.assessments.submissions.withdrawing import withdraw
from compliance.lifecycle import NotAllowed, Status, Step
from compliance.organisations.models import Visitor
from compliance.permissions import READ, SEAL, WITHDRAW, Rule
from compliance.uploads import ask_for_file_again


def submission_access(user: Visitor, submission_id: uuid.UUID) -> tuple[Submission, Access]:
    """Return a submission of the visitor's company, with their roles; raise Http404 otherwise."""
    found = get_object_or_404(
        Submission.objects.without_document().select_related("submitted_by", "withdrawn_by"),
        pk=submission_id,
    )
    access = assessment_access(user, found.assessment_id)
    access.require(READ)
    return found, access


def may(user: Visitor, submission_id: uuid.UUID, rule: Rule) -> bool:
    """Whether someone's role allows it to them in the company that handed it in."""
    try:
        return submission_access(user, submission_id)[1].has_role_for(rule)
    except Http404:
        return False


class SubmissionView(SignInAgain):
    """Something about one submission, for the people of its company."""

    @cached_property
    def found(self) -> tuple[Submission, Access]:
        """The submission, with the visitor's roles; Http404 for a foreign one."""
        return submission_access(self.visitor, self.kwargs["submission_id"])

    @property
    def submission(self) -> Submission:
        """What was handed in."""
        return self.found[0]

    @property
    def access(self) -> Access:
        """The assessment of which it was made, with the visitor's roles."""
        return self.found[1]


class Receipt(SubmissionView):
    """That it was handed in: number, time, hashes, what can be had of it, and its sealed page."""

    http_method_names = ["get", "head", "post", "options"]

    def may_go_on(self, user: User, *args: Any, **kwargs: Any) -> bool:
        return may(user, kwargs["submission_id"], SEAL)

    def get(self, request: HttpRequest, submission_id: uuid.UUID) -> HttpResponse:
        return self.page(ScanForm())

    def post(self, request: HttpRequest, submission_id: uuid.UUID) -> HttpResponse:
        """Keep the scan of the sealed page that was sent."""
        require_role(self.access, SEAL)
        form = ScanForm(request.POST, None if self.files_left else request.FILES)
        if self.files_left:
            ask_for_file_again(form)
        if not self.unconfirmed and form.is_valid():
            try:
                add_scan(self.submission, form.cleaned_data["file"], self.visitor)
            except Refused as refused:
                form.add_error("file", str(refused))
            else:
                messages.success(request, _("The scan is kept beside the submission."))
                return redirect("assessments:receipt", submission_id)
        return self.page(form)

    def page(self, form: ScanForm) -> HttpResponse:
        """Return the page."""
        submission = self.submission
        pages = list(submission.sealed_pages.select_related("added_by"))
        more = len(pages) < MOST
        context = {
            "submission": submission,
            "assessment": submission.assessment,
            "verification": verification_address(submission),
            "sealed_pages": pages,
            "form": form if self.access.has_role_for(SEAL) and (more or form.errors) else None,
            "may_withdraw": submission.is_current and self.access.may(WITHDRAW),
            "unconfirmed": self.unconfirmed,
        }
        status = 403 if self.unconfirmed else 422 if form.errors else 200
        return render(self.request, "submissions/receipt.html", context, status=status)


class Document(SubmissionView):
    """The frozen document, byte for byte: its SHA-256 is the one on the receipt."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, submission_id: uuid.UUID) -> HttpResponse:
        return document_response(self.submission)


def document_response(submission: Submission) -> HttpResponse:
    """Return the frozen document for download; whether the visitor may have it is asked before."""
    return HttpResponse(
        submission.document,
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{submission.number}.json"'},
    )


class Scan(SubmissionView):
    """A scan of the sealed page, as it was sent."""

    http_method_names = ["get", "head", "options"]

    def get(
        self, request: HttpRequest, submission_id: uuid.UUID, scan_id: uuid.UUID
    ) -> FileResponse:
        found = self.submission.sealed_pages.filter(pk=scan_id).first()
        if found is None:
            raise Http404
        return file_response(found)


class Withdraw(SubmissionView):
    """Take it back before a review has begun, with the reason."""

    http_method_names = ["get", "head", "post", "options"]

    def may_go_on(self, user: User, *args: Any, **kwargs: Any) -> bool:
        return may(user, kwargs["submission_id"], WITHDRAW)

    def get(self, request: HttpRequest, submission_id: uuid.UUID) -> HttpResponse:
        require_role(self.access, WITHDRAW)
        if not (self.submission.is_current and self.access.may(WITHDRAW)):
            return redirect("assessments:receipt", submission_id)
        return self.page(ReasonForm())

    def post(self, request: HttpRequest, submission_id: uuid.UUID) -> HttpResponse:
        require_role(self.access, WITHDRAW)
        if not (self.submission.is_current and self.access.may(WITHDRAW)):
            raise NotAllowed(Step.WITHDRAW, Status(self.access.assessment.status))
        form = ReasonForm(request.POST)
        if self.unconfirmed or not form.is_valid():
            return self.page(form)
        withdraw(self.submission, self.visitor, form.cleaned_data["reason"])
        messages.success(request, _("The submission is withdrawn."))
        return redirect("assessments:signing", self.submission.assessment_id)

    def page(self, form: ReasonForm) -> HttpResponse:
        """Return the page that asks whether to go on."""
        context = {
            "submission": self.submission,
            "assessment": self.submission.assessment,
            "form": form,
            "cancel_url": reverse("assessments:receipt", args=[self.submission.pk]),
            "unconfirmed": self.unconfirmed,
        }
        status = 403 if self.unconfirmed else 422 if form.errors else 200
        return render(self.request, "submissions/withdraw.html", context, status=status)
