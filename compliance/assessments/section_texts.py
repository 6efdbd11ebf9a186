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
from questionnaires.questions.base import FULL

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
    sources: Mapping[str, Any] = {}
    if criterion is not None:
        sources = citations(outline.scorer.questionnaire, criterion, language)
    demanding = _demanding(question)
    bare_demand = question.evidence_required and not demanding  # by no option that could say so
    fixed = {
        "id": question.id,
        "number": outline.numbers[question.id],
        "kind": question.type,
        **{
            name: words(getattr(question, name, None), language)
            for name in ("unit", "numerator", "denominator", "cannot_show")
        },
    }
    help_text = words(question.help, language)
    head = {**fixed, "text": question.text.to(language), "help": help_text}
    about = {
        **fixed,
        "why": words(question.why, language),
        "evidence": words(question.evidence, language),
        **sources,
    }
    return {
        **fixed,
        "head": render_to_string("assessments/fixed/head.html", head),
        "about": render_to_string("assessments/fixed/about.html", about),
        "comment_head": render_to_string("assessments/fixed/comment.html", fixed),
        "add_evidence": render_to_string(
            "assessments/fixed/evidence.html", {**fixed, "demands_evidence": bare_demand}
        ),
        "secret": [
            render_to_string("assessments/fixed/secret.html", {**fixed, "checked": checked})
            for checked in ("", " checked")
        ],
        "demands_evidence": bare_demand,
        "described_by": f"{'help-' + question.id if help_text else ''} error-{question.id}".strip(),
        "options": [
            (
                option,
                *_option({**fixed, "demands": option in demanding}, option, text, not place),
            )
            for place, (option, text) in enumerate(_options(question, language))
        ],
    }


def _demanding(question: Question) -> set[str]:
    """Return the options that cannot be signed for without evidence."""
    options = getattr(question, "options", ())
    named = {option.id for option in options if option.evidence_required}
    if question.evidence_required:
        named |= {option.id for option in options if option.points in (None, FULL)}
        if isinstance(question, YesNo):
            named |= {question.full_for} if question.full_for else set(question.LABELS)
        if isinstance(question, Scale):
            named |= {str(level) for level in range(question.full_at, len(question.LEVELS))}
    return named


def _option(fixed: Data, option: str, text: str, first: bool) -> list[str]:
    """Return the option as it stands on the page, free and chosen."""
    about = {**fixed, "option": option, "words": text, "first": first}
    return [
        render_to_string("assessments/fixed/option.html", {**about, "checked": checked})
        for checked in ("", " checked")
    ]


def _options(question: Question, language: Language) -> list[tuple[str, str]]:
    if isinstance(question, YesNo):
        return [(key, labels[language]) for key, labels in question.LABELS.items()]
    if isinstance(question, Scale):
        return [(str(level), labels[language]) for level, labels in enumerate(question.LEVELS)]
    return [(option.id, option.text.to(language)) for option in getattr(question, "options", ())]


def words(bilingual: Bilingual | None, language: Language) -> str:
    """Return the words in the language, or nothing."""
    return bilingual.to(language) if bilingual else ""
