"""Two answers to one question, side by side, as the page shows them for someone to choose."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from compliance.assessments.draft import Draft
from compliance.assessments.models import AnswerContent, ClaimContent, Entry
from compliance.assessments.models.company import OfCompany
from compliance.assessments.revisions import seen
from questionnaires.parts import Language
from questionnaires.questions import AnswerError

Data = dict[str, Any]


def answer_conflict(draft: Draft, question: str, language: Language) -> Data | None:
    """Return the stored answer and those waiting beside it; None where none waits."""
    waiting = draft.conflicting_answers.get(question)
    if not waiting:
        return None
    stored = draft.answers.get(question)

    def shown(row: AnswerContent) -> Data:
        return shown_answer(draft, row, language)

    kind = "company-answer" if isinstance(waiting[0], OfCompany) else "answer"
    return _sides(kind, stored, waiting, shown, str(seen("answer", stored)))


def claim_conflict(draft: Draft, criterion: str) -> Data | None:
    """Return the stored claim and those waiting beside it; None where none waits."""
    waiting = draft.conflicting_claims.get(criterion)
    if not waiting:
        return None
    stored = draft.claims.get(criterion)

    def shown(row: ClaimContent) -> Data:
        said = _("Not applicable") if row.claimed else _("Applicable")
        return {
            "by": row.by,
            "at": row.at,
            "words": said,
            "comment": row.justification,
            "subject": _subject(row),
        }

    kind = "company-claim" if isinstance(waiting[0], OfCompany) else "claim"
    return _sides(kind, stored, waiting, shown, str(seen("claim", stored)))


def _sides(
    kind: str,
    stored: Entry | None,
    waiting: Sequence[Entry],
    shown: Callable[[Any], Data],
    token: str,
) -> Data:
    return {
        "stored": shown(stored) if stored else None,
        "keep": f"{kind}.{waiting[0].pk}.stored.{token}",
        "others": [{**shown(row), "take": f"{kind}.{row.pk}.other.{token}"} for row in waiting],
    }


def shown_answer(draft: Draft, row: AnswerContent, language: Language) -> Data:
    """Return an answer as people read it, with who gave it and when, and the comment."""
    said = answer_words(draft, row, language)
    return {
        "by": row.by,
        "at": row.at,
        "words": said,
        "comment": row.comment,
        "trade_secret": row.trade_secret,
        "subject": _subject(row),
    }


def _subject(row: Entry) -> object:
    """Return for which subject something was entered that counts for the company."""
    source = getattr(row, "source", None)
    return source and source.subject


def answer_words(draft: Draft, row: AnswerContent, language: Language) -> str:
    """Return a stored answer as people read it; what cannot be read stands as it was entered."""
    question = draft.outline.questions[row.question]
    if row.value is None and row.typed is None:
        return _("No answer")
    if row.value is not None:
        try:
            return question.words(question.read(row.value), language)
        except AnswerError:
            return str(row.value)
    form = draft.outline.form(draft.outline.section_of[row.question], language)
    posted = form.posted_answer(row.question, row.typed, "", "")
    options = {o.id: o.text.to(language) for o in getattr(question, "options", ())}
    return " / ".join(
        options.get(text, text)
        for name, texts in posted.items()
        if name.startswith("answer-") and not name.endswith(".cannot_show")
        for text in texts
    )
