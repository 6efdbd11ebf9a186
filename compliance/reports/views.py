"""The gap report of an assessment, for those who may see it."""

import re
import uuid
from hashlib import sha256

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.generic import View

from compliance.assessments.access import assessment_for
from compliance.assessments.draft import Draft
from compliance.audit.actions import Action
from compliance.audit.recording import record_download
from compliance.language import DJANGO_CODES, language_or_404
from compliance.lifecycle import OPEN_FOR_ANSWERS, Status
from compliance.reports.cover import Cover, cover_of_assessment
from compliance.reports.gap_report import gap_report

_NOT_IN_FILE_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff]+')


class GapReport(LoginRequiredMixin, View):
    """The gap report as a PDF to keep, in the language that the address names.

    While a submission stands and its answers are closed, the way to the submission's own report.
    """

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, assessment_id: uuid.UUID, language: str) -> HttpResponse:
        assessment = assessment_for(request.user, assessment_id)
        spoken = language_or_404(language)
        if assessment.status not in {*OPEN_FOR_ANSWERS, Status.AWAITING_SIGNATURE}:
            submission = assessment.submissions.current().defer("document").first()
            if submission is not None:
                return redirect("reports:submitted_report", submission.pk, language)
        cover = cover_of_assessment(assessment, spoken, timezone.localdate())
        pdf = gap_report(Draft(assessment).score, cover)
        record_download(
            Action.REPORT_DOWNLOADED,
            request,
            chain=assessment,
            language=spoken,
            sha256=sha256(pdf).hexdigest(),
        )
        return HttpResponse(
            pdf,
            content_type="application/pdf",
            headers={"Content-Disposition": content_disposition_header(True, file_name(cover))},
        )


def file_name(cover: Cover) -> str:
    """Return a name that every file system takes: kind of report, subject and date."""
    subject = _NOT_IN_FILE_NAMES.sub(" ", cover.subject).strip(" .")[:60]
    with translation.override(DJANGO_CODES[cover.language]):
        kind = gettext("Gap report")
    return f"{kind} {subject} {cover.generated}.pdf"
