"""Which questionnaires apply besides, according to the answers of one that leads to others."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from compliance.assessments.access import Access
from compliance.assessments.draft import Draft
from compliance.assessments.links import question_label, question_url
from compliance.assessments.models import Assessment
from compliance.library.models import QuestionnaireVersion
from compliance.permissions import START
from questionnaires.conditions import Truth, questions_in, test_of
from questionnaires.contradictions import known_answers
from questionnaires.document import Lead
from questionnaires.parts import Language

Data = dict[str, Any]


def found_leads(draft: Draft) -> list[tuple[Lead, Truth]]:
    """Return what the questionnaire leads to, and whether it applies; None is not yet known."""
    known = known_answers(draft.score)
    return [(lead, test_of(lead.if_)(known)) for lead in draft.score.questionnaire.leads_to]


def lead_page(access: Access, draft: Draft, language: Language) -> Data | None:
    """Return what the result page shows of the questionnaires that apply; None where it leads
    to none.

    Each comes with its reasons and the way to it: the assessment of the same subject that there
    is already, or the page that starts one, for those who may. Two queries.
    """
    found = found_leads(draft)
    if not found:
        return None
    names = {lead.questionnaire for lead, _ in found}
    versions = {v.key: v for v in QuestionnaireVersion.objects.open_for_new().filter(key__in=names)}
    begun = _begun(draft.assessment, names)
    entries = []
    for name, version in sorted(versions.items(), key=lambda item: _place(found, item[0])):
        truths = {truth for lead, truth in found if lead.questionnaire == name}
        entries.append(
            {
                "title": version.title(language),
                "applies": True in truths,
                "open": None in truths,
                "because": [
                    lead.because.to(language)
                    for lead, truth in found
                    if lead.questionnaire == name and truth
                ],
                "missing": _missing(draft, found, name, language),
                "begun": begun.get(name),
                "start_url": _start_url(draft.assessment, name),
            }
        )
    return {
        "applying": [entry for entry in entries if entry["applies"]],
        "open": [entry for entry in entries if entry["open"] and not entry["applies"]],
        "may_start": START.has_role(access.roles),
    }


def _begun(assessment: Assessment, names: set[str]) -> dict[str, Assessment]:
    """Return the latest assessment of the same subject by each of these questionnaires."""
    found = (
        Assessment.objects.filter(subject=assessment.subject_id, version__key__in=names)
        .exclude(status=Assessment.Status.SUPERSEDED)
        .select_related("version")
        .defer("version__document")
        .order_by("created_at")
    )
    return {each.version.key: each for each in found}


def _missing(
    draft: Draft, found: list[tuple[Lead, Truth]], name: str, language: Language
) -> list[dict[str, str]]:
    """Return links to the unanswered questions that decide whether the questionnaire applies."""
    deciding: set[str] = set()
    for lead, truth in found:
        if lead.questionnaire == name and truth is None:
            deciding |= questions_in(lead.if_)
    return [
        {"url": question_url(draft, key), "label": question_label(draft, key, language)}
        for key in draft.score.missing
        if key in deciding
    ]


def _place(found: list[tuple[Lead, Truth]], name: str) -> int:
    return [lead.questionnaire for lead, _ in found].index(name)


def _start_url(assessment: Assessment, name: str) -> str:
    chosen = urlencode({"questionnaire": name, "subject": assessment.subject_id})
    return f"{reverse('assessments:start')}?{chosen}"
