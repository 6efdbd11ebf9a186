"""What the library hands out on paper."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.generic import View

from compliance.language import language_or_404
from compliance.library.models import QuestionnaireVersion
from compliance.reports.printed_questionnaire import questionnaire_pdf


class QuestionnairePdf(LoginRequiredMixin, View):
    """A published questionnaire as PDF, in one of the languages of reports."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, key: str, version: str, language: str) -> HttpResponse:
        spoken = language_or_404(language)
        published = get_object_or_404(
            QuestionnaireVersion.objects.defer("document"), key=key, version=version
        )
        name = f"{published.title(language)} {published.version}.pdf"
        return HttpResponse(
            questionnaire_pdf(published, spoken),
            content_type="application/pdf",
            headers={"Content-Disposition": content_disposition_header(False, name)},
        )
