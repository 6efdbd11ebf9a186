"""A submission as a regulator sees it."""

import uuid
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import TemplateView, View

from compliance.accounts.models import User
from compliance.accounts.press_again import PressAgain
from compliance.assessments.evidence.serving import evidence_response
from compliance.assessments.models import Evidence
from compliance.audit.actions import Action
from compliance.audit.recording import record
from compliance.language import page_language
from compliance.organisations.models import Organisation
from compliance.permissions import (
    ASSIGN_REVIEW,
    CONFIRM,
    DECIDE,
    READ_REVIEW_RECORD,
    READ_SUBMISSION,
    REVIEW,
    TAKE_UP,
)
from compliance.reviews.access import submission_access, submission_for
from compliance.reviews.handed_in import handed_in
from compliance.reviews.overview import overview
from compliance.reviews.taking_up import take_up


class ReviewPage(LoginRequiredMixin, TemplateView):
    """A submission at a glance: both scores, every criterion, and what can be done next."""

    template_name = "reviews/review.html"
    http_method_names = ["get", "head", "options"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        access = submission_access(self.request.user, kwargs["submission_id"])
        submission = access.require(READ_SUBMISSION)
        return super().get_context_data(
            submission=submission,
            review=getattr(submission, "review", None),
            may={
                "take_up": access.may(TAKE_UP),
                "assign": access.may(ASSIGN_REVIEW),
                "review": access.may(REVIEW),
                "confirm": access.may(CONFIRM),
                "decide": access.may(DECIDE),
                "read_record": access.may(READ_REVIEW_RECORD),
            },
            handed_in=handed_in(submission, page_language()),
            **overview(submission, page_language()),
            **kwargs,
        )


class TakeUp(PressAgain):
    """Take a submission up for the nearest regulator in which the visitor reviews."""

    def post(self, request: HttpRequest, submission_id: uuid.UUID) -> HttpResponse:
        access = submission_access(request.user, submission_id)
        submission = access.require(TAKE_UP)
        if not hasattr(submission, "review"):
            nearest = Organisation.objects.regulators_for(submission.region)
            reviewing = [found for found in nearest if access.reviews_in(found.pk)]
            assert isinstance(request.user, User)
            take_up(submission, reviewing[0], request.user)
        return redirect("reviews:review", submission.pk)


class SubmittedEvidence(LoginRequiredMixin, View):
    """A file that stands behind an answer of the submission, to be kept; it is recorded."""

    http_method_names = ["get", "options"]

    def get(
        self, request: HttpRequest, submission_id: uuid.UUID, evidence_id: uuid.UUID
    ) -> FileResponse:
        submission = submission_for(request.user, submission_id)
        handed_in = {found["id"] for found in submission.content["content"]["evidence"]}
        if str(evidence_id) not in handed_in:
            raise Http404
        evidence = get_object_or_404(Evidence, pk=evidence_id)
        response = evidence_response(evidence)
        with transaction.atomic():
            record(
                Action.EVIDENCE_DOWNLOADED,
                by=request.user,
                chain=submission.assessment,
                about=evidence,
                details={"submission": str(submission.pk)},
            )
        return response
