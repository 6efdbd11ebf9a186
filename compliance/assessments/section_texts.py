"""What no answer changes on the page of a section, prepared once for each version and language."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string

from compliance.assessments.outline import Outline
from compliance.library.citations import citations
from questionnaires.document import WeighedCriterion
from questionnaires.parts import Bilingual, Language
from questionnaires.questions import Question, Scale, YesNo

Data = dict[str, Any]


@lru_cache(maxsize=1024)
def section_texts(outline: Outline, section: str, language: Language) -> list[Data]:
    """Return the blocks of a section: one for each criterion, or one for all scoping questions."""
    found = outline.sections[section]
    blocks: list[tuple[WeighedCriterion | None, tuple[Question, ...]]] = [
        (criterion, criterion.questions) for criterion in found.criteria
    ]
    if found.questions:
        blocks.insert(0, (None, found.questions))
    return [
        {
            "criterion": criterion.id if criterion else "",
            "title": criterion.title.to(language) if criterion else "",
            "claimable": criterion is not None and criterion.claimable,
            "questions": [_question(outline, q, criterion, language) for q in questions],
        }
        for criterion, questions in blocks
    ]


def _question(
    outline: Outline, question: Question, criterion: WeighedCriterion | None, language: Language
) -> Data:
    number = outline.numbers[question.id]
    sources: Mapping[str, Any] = {}
    if criterion is not None:
        sources = citations(outline.scorer.questionnaire, criterion, language)
    why, evidence = words(question.why, language), words(question.evidence, language)
    about = {"why": why, "evidence": evidence, **sources}
    return {
        "id": question.id,
        "number": number,
        "kind": question.type,
        "text": question.text.to(language),
        "help": words(question.help, language),
        "about": (
            render_to_string("assessments/_about.html", {**about, "number": number})
            if any(about.values())
            else ""
        ),
        "options": _options(question, language),
        **{
            name: words(getattr(question, name, None), language)
            for name in ("unit", "numerator", "denominator", "cannot_show")
        },
    }


def _options(question: Question, language: Language) -> list[tuple[str, str]]:
    if isinstance(question, YesNo):
        return [(key, labels[language]) for key, labels in question.LABELS.items()]
    if isinstance(question, Scale):
        return [(str(level), labels[language]) for level, labels in enumerate(question.LEVELS)]
    return [(option.id, option.text.to(language)) for option in getattr(question, "options", ())]


def words(bilingual: Bilingual | None, language: Language) -> str:
    """Return the words in the language, or nothing."""
    return bilingual.to(language) if bilingual else ""
