"""What becomes of each answer in a newer version, as the page shows it before anyone decides."""

from typing import Any

from django.urls import reverse
from django.utils.translation import override

from compliance.assessments.access import Access
from compliance.assessments.conflicts import shown_answer
from compliance.assessments.draft import Draft
from compliance.assessments.models import AnswerContent, Assessment
from compliance.assessments.upgrading import Succession, newer_version, predecessor
from compliance.language import DJANGO_CODES, HTML_TAGS
from compliance.library.templatetags.words import kind_words
from compliance.permissions import UPGRADE
from questionnaires.numbering import question_numbers
from questionnaires.parts import Language
from questionnaires.questions import Question
from questionnaires.succession import Fate, Passage

Data = dict[str, Any]

OTHER: dict[Language, Language] = {"zh": "en", "en": "zh"}


def way_between_versions(access: Access) -> Data:
    """Return what the task list says of newer versions and of assessments before this one."""
    assessment = access.assessment
    newer = None if assessment.status == Assessment.Status.SUPERSEDED else newer_version(assessment)
    before = assessment.supersedes_id
    return {
        "newer": newer,
        "upgrade_url": _url("upgrade", assessment.pk) if newer and access.may(UPGRADE) else "",
        "predecessor_url": _url("tasks", before) if before else "",
    }


def former_answers(draft: Draft, section: str, language: Language) -> dict[str, Data]:
    """Return by question what was answered before it was worded anew, with the words of then.

    Only an assessment that supersedes another one has any; it costs two queries.
    """
    before = predecessor(draft.assessment)
    if before is None:
        return {}
    here = {question.id for question in draft.outline.questions_in(section)}
    rows = {
        way.after.id: before.answers[way.before.id]
        for way in Succession(before, draft.assessment.version).passages
        if way.fate is Fate.REWORDED
        and way.before
        and way.after
        and way.after.id in here
        and way.before.id in before.answers
    }
    return {
        question: {
            "text": before.outline.questions[row.question].text.to(language),
            "given": shown_answer(before, row, language),
        }
        for question, row in rows.items()
        if is_said(row)
    }


def is_said(row: AnswerContent | None) -> bool:
    """Tell whether there is anything in the row: an answer, or at least a comment."""
    return row is not None and (row.value is not None or row.invalid or bool(row.comment))


def upgrade_page(succession: Succession, language: Language) -> Data:
    """Return the fate of every question with its answer, and of every claim."""
    draft = succession.draft
    numbers = question_numbers(succession.after)
    entries: dict[Fate, list[Data]] = {fate: [] for fate in Fate}
    carried = []
    for way in succession.passages:
        entry = _entry(succession, way, numbers, language)
        entries[way.fate].append(entry)
        if way.carries and entry["given"]:
            carried.append(entry)
    claims = [claim for claim in draft.claims.values() if claim.claimed or claim.justification]
    return {
        "carried": carried,
        "reworded": entries[Fate.REWORDED],
        "new": entries[Fate.NEW],
        "gone": entries[Fate.GONE],
        "claims": [_claim(succession, row, language) for row in claims],
    }


def _entry(
    succession: Succession, way: Passage, numbers: dict[str, str], language: Language
) -> Data:
    draft = succession.draft
    row = draft.answers.get(way.before.id) if way.before else None
    question = way.after or way.before
    assert question is not None
    asked = numbers if way.after else draft.outline.numbers
    return {
        "id": question.id,
        "number": asked[question.id],
        "text": question.text.to(language),
        "given": shown_answer(draft, row, language) if row and is_said(row) else None,
        **(_both(way.before, way.after, language) if way.fate is Fate.REWORDED else {}),
    }


def _both(before: Question | None, after: Question | None, language: Language) -> Data:
    """Return both wordings, in the other language where this one reads the same in both."""
    assert before is not None
    assert after is not None
    shown = language
    if _wording(before, shown) == _wording(after, shown):
        shown = OTHER[language]
    with override(DJANGO_CODES[shown]):
        return {
            "lang": HTML_TAGS[shown],
            "before": _wording(before, shown),
            "after": _wording(after, shown),
        }


def _wording(question: Question, language: Language) -> Data:
    """Return the words that say what is asked: the text, and line by line what can be answered."""
    parts = (getattr(question, name, None) for name in ("numerator", "denominator", "unit"))
    options = (option.text for option in getattr(question, "options", ()))
    lines = [*parts, *options, getattr(question, "cannot_show", None)]
    return {
        "text": question.text.to(language),
        "kind": kind_words(question.type),
        "lines": [line.to(language) for line in lines if line is not None],
    }


def _claim(succession: Succession, row: Any, language: Language) -> Data:
    return {
        "title": succession.draft.outline.criteria[row.criterion].title.to(language),
        "justification": row.justification,
        "claimed": row.claimed,
        "carries": row.criterion in succession.claims,
    }


def _url(name: str, assessment_id: Any) -> str:
    return reverse(f"assessments:{name}", args=[assessment_id])
