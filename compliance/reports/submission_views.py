"""What a company receives of a submission as PDF, from the frozen document alone."""

import hashlib
import uuid

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext

from compliance.assessments.models import Submission
from compliance.assessments.submissions.frozen import score_of
from compliance.assessments.submissions.receipts import SubmissionView
from compliance.audit.actions import Action
from compliance.audit.recording import record_download
from compliance.language import language_or_404
from compliance.reports.copies import given_out
from compliance.reports.cover import cover_of_submission
from compliance.reports.gap_report import gap_report
from compliance.reports.models import ReportCopy
from compliance.reports.receipt import receipt_pdf
from questionnaires.parts import Language


def submitted_report(submission: Submission, language: Language) -> bytes:
    """Return the gap report of what was handed in, and remember that it was given out."""

    def make() -> bytes:
        return gap_report(score_of(submission), cover_of_submission(submission, language))

    return given_out(submission, ReportCopy.Kind.GAP_REPORT, language, make)


def submission_receipt(submission: Submission, language: Language) -> bytes:
    """Return the receipt of what was handed in, and remember that it was given out."""

    def make() -> bytes:
        return receipt_pdf(submission, language)

    return given_out(submission, ReportCopy.Kind.RECEIPT, language, make)


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """Return a PDF for download under this name."""
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": content_disposition_header(True, f"{name}.pdf")},
    )


class SubmissionPdf(SubmissionView):
    """A PDF of a submission, in the language that the address names."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, submission_id: uuid.UUID, language: str) -> HttpResponse:
        return self.document(language_or_404(language))

    def document(self, language: Language) -> HttpResponse:
        """Return the PDF in this language."""
        raise NotImplementedError

    def hand_over(self, action: Action, content: bytes, kind: str) -> HttpResponse:
        """Record the download, and return it."""
        record_download(
            action,
            self.request,
            chain=self.submission.assessment,
            about=self.submission,
            sha256=hashlib.sha256(content).hexdigest(),
        )
        return pdf_response(content, f"{kind} {self.submission.number}")


class SubmittedReport(SubmissionPdf):
    """The gap report of what was handed in."""

    def document(self, language: Language) -> HttpResponse:
        content = submitted_report(self.submission, language)
        return self.hand_over(Action.REPORT_DOWNLOADED, content, gettext("Gap report"))


class ReceiptPdf(SubmissionPdf):
    """The receipt."""

    def document(self, language: Language) -> HttpResponse:
        content = submission_receipt(self.submission, language)
        return self.hand_over(Action.RECEIPT_DOWNLOADED, content, gettext("Receipt"))
