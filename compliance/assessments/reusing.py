"""The page on which someone takes over answers given before."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from compliance.assessments.access import assessment_access
from compliance.assessments.collaboration.holding import Holding, bars_for
from compliance.assessments.conflicts import answer_words
from compliance.assessments.draft import Draft
from compliance.assessments.reuse import Offer, Taken, Token, by_section, take, takeable
from compliance.language import page_language
from compliance.permissions import ANSWER
from questionnaires.parts import Language

Data = dict[str, Any]

OPEN, DIFFERING = "offer-", "other-"
"""Begin the names of the fields with the tokens: of what is open here, and of what differs."""


class Reuse(LoginRequiredMixin, TemplateView):
    """Offer earlier answers; take those that are ticked: one by one (`take`), all that are open
    here in a section (`section`), or in all of them (`all`).
    """

    http_method_names = ["get", "head", "post", "options"]
    template_name = "assessments/reuse.html"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        draft, holding = self._draft(request, kwargs["assessment_id"])
        return self._page(draft, holding)

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        draft, holding = self._draft(request, kwargs["assessment_id"])
        chosen = _chosen(draft, request)
        if not chosen:
            nothing = _("Tick the answers that you want to use.")
            return self._page(draft, holding, nothing, status=422)
        sections = {draft.outline.section_of.get(question, "") for question in chosen}
        if barred := sorted(filter(holding.bars, sections)):
            return self._page(draft, holding, holding.refusal(barred[0]), status=403)
        taken = take(draft, chosen, request.user)
        _tell(request, taken)
        if taken.outdated:
            changed = _(
                "Some earlier answers have changed since this page was shown. They were not taken; "
                "below is how they read now."
            )
            return self._page(Draft(draft.assessment), holding, changed)
        return redirect("assessments:tasks", draft.assessment.pk)

    @staticmethod
    def _draft(request: Any, assessment_id: uuid.UUID) -> tuple[Draft, Holding]:
        access = assessment_access(request.user, assessment_id)
        return Draft(access.require(ANSWER)), bars_for(access, request.user)

    def _page(
        self, draft: Draft, holding: Holding, problem: str = "", status: int = 200
    ) -> HttpResponse:
        language, found = page_language(), takeable(draft, holding)
        fresh = [offer for offer in found if not offer.differs]
        differing = [offer for offer in found if offer.differs]
        return self.render_to_response(
            {
                "assessment": draft.assessment,
                "problem": problem,
                "total": len(fresh),
                "sections": _sections(draft, fresh, language),
                "differing": _sections(draft, differing, language),
                "differing_total": len(differing),
            },
            status=status,
        )


def _chosen(draft: Draft, request: HttpRequest) -> dict[str, Token]:
    """Return what was chosen, by question; SuspiciousOperation for what no page of ours posts."""
    posted = request.POST
    names = [name.removeprefix(OPEN) for name in posted if name.startswith(OPEN)]
    sections = set(posted.getlist("section"))
    if not sections <= draft.outline.sections.keys():
        raise SuspiciousOperation("There is no such section.")
    section_of = draft.outline.section_of
    chosen = [name for name in names if "all" in posted or section_of.get(name) in sections]
    tokens = {}
    for name in dict.fromkeys([*chosen, *posted.getlist("take")]):
        token = posted.get(f"{OPEN}{name}") or posted.get(f"{DIFFERING}{name}")
        if token is None:
            raise SuspiciousOperation("An answer was chosen that the page did not show.")
        tokens[name] = Token.read(token)
    return tokens


def _tell(request: HttpRequest, taken: Taken) -> None:
    if taken.saved:
        text = ngettext(
            "%(number)d answer has been taken over.",
            "%(number)d answers have been taken over.",
            taken.saved,
        )
        messages.success(request, text % {"number": taken.saved})
    if taken.conflicts:
        text = ngettext(
            "%(number)d question was answered here in the meantime. Choose in its section which "
            "answer counts.",
            "%(number)d questions were answered here in the meantime. Choose in their sections "
            "which answers count.",
            taken.conflicts,
        )
        messages.warning(request, text % {"number": taken.conflicts})


def _sections(draft: Draft, found: Iterable[Offer], language: Language) -> list[Data]:
    return [
        {
            "id": section,
            "title": draft.outline.sections[section].title.to(language),
            "offers": [_shown(draft, offer, language) for offer in entries],
        }
        for section, entries in by_section(draft, found).items()
    ]


def _shown(draft: Draft, offer: Offer, language: Language) -> Data:
    source = offer.earlier.assessment
    return {
        "id": offer.question.id,
        "number": draft.outline.numbers[offer.question.id],
        "text": offer.question.text.to(language),
        "given": {
            "words": answer_words(draft, offer.earlier, language),
            "comment": offer.earlier.comment,
            "by": offer.earlier.by,
            "at": offer.earlier.at,
        },
        "source": source,
        "same_subject": source.subject_id == draft.assessment.subject_id,
        "own": answer_words(draft, offer.own, language) if offer.own and offer.differs else "",
        "token": str(offer.token),
    }
