"""Pages that show what is asked and where it comes from, to everyone who has signed in."""

from functools import lru_cache
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.generic import TemplateView, View

from compliance.language import page_language
from compliance.library.domains import domain_table
from compliance.library.forms import SelectionForm
from compliance.library.matrix import published_matrix
from compliance.library.matrix_rows import matrix_blocks
from compliance.library.matrix_workbook import matrix_workbook
from compliance.library.models import QuestionnaireVersion
from compliance.library.questionnaire_page import QuestionnairePage, questionnaire_page
from compliance.library.versions import scorer_of
from compliance.spreadsheets import MEDIA_TYPE
from questionnaires.document import Questionnaire
from questionnaires.scoring import Scorer
from questionnaires.traceability import TracedRequirement


class VersionList(LoginRequiredMixin, TemplateView):
    """The questionnaires that can be answered, each with its earlier versions."""

    template_name = "library/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = list(QuestionnaireVersion.objects.defer("document"))
        current = [each for each in versions if each.is_current]
        entries = [
            {
                "version": each,
                "page": questionnaire_page(scorer_of(each), page_language()),
                "earlier": [v for v in versions if v.key == each.key and not v.is_current],
            }
            for each in current
        ]
        return super().get_context_data(entries=entries, **kwargs)


class QuestionnaireView(LoginRequiredMixin, TemplateView):
    """One published version with everything that it asks."""

    template_name = "library/questionnaire.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version = get_object_or_404(
            QuestionnaireVersion.objects.defer("document"),
            key=kwargs["key"],
            version=kwargs["version"],
        )
        page = questionnaire_page(scorer_of(version), page_language())
        language = page_language()
        return super().get_context_data(
            published=version,
            published_on=timezone.localdate(version.published_at),
            page=page,
            published_title=page.questionnaire.title.to(language),
            purpose=page.questionnaire.purpose.to(language),
            leads=_leads(page),
            **kwargs,
        )


def _leads(page: QuestionnairePage) -> list[dict[str, Any]]:
    """Return the questionnaires to answer next, each with its current version where it has one."""
    names = {lead.questionnaire for lead, _ in page.leads}
    found = QuestionnaireVersion.objects.open_for_new().filter(key__in=names) if names else ()
    current = {each.key: each for each in found}
    leads = []
    for lead, clauses in page.leads:
        version = current.get(lead.questionnaire)
        title = version.title(page.language) if version else lead.questionnaire
        leads.append({"lead": lead, "clauses": clauses, "version": version, "title": title})
    return leads


class Traceability(LoginRequiredMixin, View):
    """From each requirement to criteria, questions and articles; three filters narrow it."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        questionnaires, traced = _matrix()
        table = domain_table()
        form = SelectionForm(request.GET)
        instruments = {each.instrument.id: each.instrument for each in traced}
        domains = [(each.id, each.title) for each in table.domains]
        language = page_language()
        form.offer(instruments.values(), domains, questionnaires, language)
        valid = form.is_valid()
        only = form.selection() if valid else None
        context = {
            "form": form,
            "blocks": matrix_blocks(traced, questionnaires, language, only),
            "counts": _counts(traced),
            "table": table,
        }
        return render(request, "library/traceability.html", context, status=200 if valid else 422)


class TraceabilityWorkbook(LoginRequiredMixin, View):
    """The whole matrix as a spreadsheet, in the language of the page."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        questionnaires, traced = _matrix()
        name = f"{gettext('Traceability matrix')}.xlsx"
        return HttpResponse(
            matrix_workbook(traced, questionnaires),
            content_type=MEDIA_TYPE,
            headers={"Content-Disposition": content_disposition_header(True, name)},
        )


def _matrix() -> tuple[list[Questionnaire], tuple[TracedRequirement, ...]]:
    """Return the current questionnaires, by key, and the matrix through them."""
    versions = QuestionnaireVersion.objects.open_for_new().order_by("key")
    scorers = tuple(scorer_of(each) for each in versions)
    return [each.questionnaire for each in scorers], _traced(scorers)


@lru_cache(maxsize=2)
def _traced(scorers: tuple[Scorer, ...]) -> tuple[TracedRequirement, ...]:
    return published_matrix(each.questionnaire for each in scorers)


def _counts(traced: tuple[TracedRequirement, ...]) -> dict[str, int]:
    set_aside = sum(each.reason is not None for each in traced)
    still_open = sum(each.open for each in traced)
    return {
        "requirements": len(traced),
        "tested": len(traced) - set_aside - still_open,
        "set_aside": set_aside,
        "open": still_open,
    }
