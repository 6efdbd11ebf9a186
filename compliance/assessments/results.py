"""The result of an assessment, what would raise it most, and the explanation of each figure."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from compliance.assessments.explain_criterion import explain_criterion
from compliance.assessments.explain_totals import explain_domain, explain_score
from compliance.assessments.leads import lead_page
from compliance.assessments.overview import DraftPage
from compliance.assessments.planning import UnknownCriterionError, plan
from compliance.assessments.result_page import TICK, planned_part, result_page
from compliance.language import page_language
from questionnaires.summary import summarise


class PlannedView(DraftPage):
    """A page that takes the gaps to be closed from its address: ?close=CRITERION, repeated."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().get(request, *args, **kwargs)
        except UnknownCriterionError as unknown:
            context = {"criterion": unknown.args[0], "assessment": self.draft.assessment}
            return render(request, "results/unknown_criterion.html", context, status=400)

    @property
    def ticked(self) -> list[str]:
        return self.request.GET.getlist(TICK)


class Result(PlannedView):
    """Where the company stands, what each point was lost on, and what to do next."""

    def get_template_names(self) -> list[str]:
        begun = self.draft.answers or self.draft.claims
        return ["results/result.html" if begun else "results/empty.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        language = page_language()
        leads = lead_page(self.access, self.draft, language)
        return context | result_page(self.draft, self.ticked, language) | {"leads": leads}


class PlannedResult(PlannedView):
    """The part of the result that a tick changes, for pages where a script fetches it."""

    template_name = "results/planned.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        summary = summarise(self.draft.score)
        planned = plan(self.draft, summary, self.ticked)
        return context | planned_part(self.draft, summary, planned, page_language())


class ExplainScore(DraftPage):
    """How the score, the rating, the tier and the pass rate came about."""

    template_name = "results/explain_score.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | explain_score(self.draft, page_language())


class ExplainDomain(DraftPage):
    """How a domain came to its score."""

    template_name = "results/explain_domain.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        try:
            return context | explain_domain(self.draft, self.kwargs["domain"], page_language())
        except KeyError as unknown:
            raise Http404 from unknown


class ExplainCriterion(DraftPage):
    """How a criterion came to its points, its gap risk and its place in law."""

    template_name = "results/explain_criterion.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        try:
            return context | explain_criterion(
                self.draft, self.kwargs["criterion"], page_language()
            )
        except KeyError as unknown:
            raise Http404 from unknown
