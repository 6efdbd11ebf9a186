"""The gap report of an assessment, for those who may see it."""

import re
import uuid

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.generic import View

from compliance.assessments.access import assessment_for
from compliance.assessments.draft import Draft
from compliance.reports.cover import TAGS, Cover, cover_of_assessment
from compliance.reports.gap_report import gap_report

_NOT_IN_FILE_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff]+')


class GapReport(LoginRequiredMixin, View):
    """The gap report as a PDF to keep, in the language that the address names."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, assessment_id: uuid.UUID, language: str) -> HttpResponse:
        assessment = assessment_for(request.user, assessment_id)
        spoken = next((code for code, tag in TAGS.items() if tag == language), None)
        if spoken is None:
            raise Http404
        cover = cover_of_assessment(assessment, spoken, timezone.localdate())
        return HttpResponse(
            gap_report(Draft(assessment).score, cover),
            content_type="application/pdf",
            headers={"Content-Disposition": content_disposition_header(True, file_name(cover))},
        )


def file_name(cover: Cover) -> str:
    """Return a name that every file system takes: kind of report, subject and date."""
    subject = _NOT_IN_FILE_NAMES.sub(" ", cover.subject).strip(" .")[:60]
    with translation.override(TAGS[cover.language]):
        kind = gettext("Gap report")
    return f"{kind} {subject} {cover.generated}.pdf"
