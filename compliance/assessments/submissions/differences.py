"""In what two rounds differ: as the reviewer sees it, and before as the company is to sign it."""

from typing import Any

from compliance.assessments.draft import Draft
from compliance.assessments.links import question_label, question_url
from compliance.assessments.submissions.content import content_of
from compliance.assessments.submissions.frozen import Frozen
from questionnaires.parts import Language

EVIDENCE = ("sha256", "address", "expires_on")


def said(frozen: Frozen, question: str) -> dict[str, Any]:
    """Return everything that was handed in on one question, so that two rounds can be compared."""
    answer = frozen.answers.get(question)
    evidence = [{name: one[name] for name in EVIDENCE} for one in frozen.evidence.get(question, [])]
    return {
        "value": answer.value if answer else None,
        "comment": answer.comment if answer else "",
        "evidence": sorted(evidence, key=str),
    }


def differing(before: Frozen, after: Frozen) -> frozenset[str]:
    """Return the questions and criteria on which two rounds say something else.

    A criterion differs with its claim and with each of its questions. A change in the reference
    date lets every criterion differ that a date decides.
    """
    questions = {
        question
        for question in after.outline.questions
        if said(before, question) != said(after, question)
    }
    criteria = {
        name
        for name, criterion in after.outline.criteria.items()
        if before.claims.get(name) != after.claims.get(name)
        or questions.intersection(question.id for question in criterion.questions)
        or before.score.standings[name] != after.score.standings[name]
    }
    return frozenset(questions | criteria)


def since_last_time(draft: Draft, language: Language) -> dict[str, Any] | None:
    """Return what would be handed in otherwise than in the last submission; None without one.

    Also what was answered elsewhere since, because it is about the company as a whole.
    """
    former = draft.assessment.submissions.order_by("-round").first()
    if former is None:
        return None
    former.assessment = draft.assessment
    before, now = Frozen(former), Frozen(former, content_of(draft))
    changed = differing(before, now)
    criteria, company = draft.outline.criteria, draft.outline.company_questions
    return {
        "number": former.number,
        "questions": [
            {
                "url": question_url(draft, question),
                "label": question_label(draft, question, language),
                "was": _words(before, question, language),
                "now": _words(now, question, language),
                "company": question in company,
            }
            for question in draft.outline.questions
            if question in changed
        ],
        "claims": [
            criteria[name].title.to(language)
            for name in criteria
            if before.claims.get(name) != now.claims.get(name)
        ],
    }


def _words(frozen: Frozen, question: str, language: Language) -> str:
    value = frozen.sheet.values.get(question)
    return "" if value is None else frozen.outline.questions[question].words(value, language)
