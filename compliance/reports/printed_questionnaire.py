"""A published questionnaire on paper, written from the same data as its page in the site."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from django.template.loader import render_to_string
from django.utils import timezone, translation

from compliance.language import DJANGO_CODES, HTML_TAGS
from compliance.library.models import QuestionnaireVersion
from compliance.library.questionnaire_page import QuestionnairePage, questionnaire_page
from compliance.library.versions import scorer_of
from compliance.reports.page_numbers import page_numbers
from questionnaires.parts import Language
from questionnaires.scoring import Scorer

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Edition:
    """Which version is printed, when it was published, and how its document can be told."""

    version: str
    published: datetime.date
    sha256: str


def edition_of(version: QuestionnaireVersion) -> Edition:
    """Return what the print says about a published version."""
    return Edition(version.version, timezone.localdate(version.published_at), version.sha256)


def questionnaire_pdf(version: QuestionnaireVersion, language: Language) -> bytes:
    """Return a published version as PDF; the same version gives the same bytes.

    The questionnaires to answer next are named as they are called now.

    Raises FontsMissingError where the machine lacks what reports are printed with.
    """
    scorer = scorer_of(version)
    return _printed(scorer, edition_of(version), language, _titles(scorer, language))


def _titles(scorer: Scorer, language: Language) -> tuple[tuple[str, str], ...]:
    """Return key and title of the questionnaires to answer next, where they are offered."""
    names = {lead.questionnaire for lead in scorer.questionnaire.leads_to}
    found = QuestionnaireVersion.objects.open_for_new().filter(key__in=names) if names else ()
    return tuple(sorted((each.key, each.title(language)) for each in found))


@lru_cache(maxsize=16)
def _printed(
    scorer: Scorer, edition: Edition, language: Language, titles: tuple[tuple[str, str], ...]
) -> bytes:
    from compliance.reports.pdf.rendering import render  # half a second, for printing alone

    html = questionnaire_html(questionnaire_page(scorer, language), edition, dict(titles))
    return render(html, edition.published)


def questionnaire_html(
    page: QuestionnairePage, edition: Edition, titles: Mapping[str, str] = NOTHING
) -> str:
    """Return the questionnaire as one HTML page that carries its style in itself.

    `titles` names other questionnaires by key; one without a title is named by its key.
    """
    with translation.override(DJANGO_CODES[page.language]):
        context = {
            "page": page,
            "edition": edition,
            "leads": [
                (titles.get(lead.questionnaire, lead.questionnaire), lead, clauses)
                for lead, clauses in page.leads
            ],
            "tag": HTML_TAGS[page.language],
            "page_number": page_numbers(),
        }
        return render_to_string("reports/questionnaire/questionnaire.html", context)
