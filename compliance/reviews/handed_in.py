"""What was handed in, as its regulator has it: signers, sealed page, gap report, document."""

import hashlib
import uuid
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.generic import View

from compliance.assessments.evidence.serving import file_response
from compliance.assessments.models import Submission
from compliance.assessments.submissions.receipts import document_response
from compliance.assessments.submissions.verifying import verification_address
from compliance.audit.actions import Action
from compliance.audit.recording import record_download
from compliance.language import language_or_404
from compliance.reports.cover import cover_of_submission
from compliance.reports.submission_views import pdf_response, submitted_report
from compliance.reviews.access import submission_for
from questionnaires.parts import Language


def handed_in(submission: Submission, language: Language) -> dict[str, Any]:
    """Return who signed for it and what lies beside it, from the frozen document alone."""
    return {
        "cover": cover_of_submission(submission, language),
        "third_party": submission.content["third_party"],
        "sealed_pages": submission.sealed_pages.all(),
        "verification": verification_address(submission),
    }


class SubmittedReport(LoginRequiredMixin, View):
    """The gap report of what was handed in, the same as the company has; it is recorded."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, submission_id: uuid.UUID, language: str) -> HttpResponse:
        submission = submission_for(request.user, submission_id)
        content = submitted_report(submission, language_or_404(language))
        record_download(
            Action.REPORT_DOWNLOADED,
            request,
            chain=submission.assessment,
            about=submission,
            sha256=hashlib.sha256(content).hexdigest(),
        )
        return pdf_response(content, f"{gettext('Gap report')} {submission.number}")


class Document(LoginRequiredMixin, View):
    """The frozen document, byte for byte: its SHA-256 is the one on every page of the report."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, submission_id: uuid.UUID) -> HttpResponse:
        return document_response(submission_for(request.user, submission_id))


class Scan(LoginRequiredMixin, View):
    """A scan of the sealed page, as the company sent it."""

    http_method_names = ["get", "head", "options"]

    def get(
        self, request: HttpRequest, submission_id: uuid.UUID, scan_id: uuid.UUID
    ) -> FileResponse:
        submission = submission_for(request.user, submission_id)
        found = submission.sealed_pages.filter(pk=scan_id).first()
        if found is None:
            raise Http404
        return file_response(found)
