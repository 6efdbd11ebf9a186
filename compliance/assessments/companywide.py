"""Answers about the company as a whole: given once, they count in each of its open assessments.

Where an assessment takes answers, its questions about the company are read from the company's rows
and stored there. When it no longer does, it keeps a copy of its own, so that no rating changes by
what is answered elsewhere; when it is taken up again, the company's rows count again.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from compliance.assessments.models import (
    Answer,
    AnswerEvidence,
    Assessment,
    CompanyAnswer,
    CompanyClaim,
    ConflictingCompanyAnswer,
    ConflictingCompanyClaim,
    NotApplicableClaim,
)
from compliance.assessments.outline import Outline, outline_of
from compliance.lifecycle import OPEN_FOR_ANSWERS
from compliance.organisations.models import Organisation
from compliance.row_locks import lock_row

CompanyRows = (
    type[CompanyAnswer]
    | type[CompanyClaim]
    | type[ConflictingCompanyAnswer]
    | type[ConflictingCompanyClaim]
)
KEY: Mapping[CompanyRows, str] = {
    CompanyAnswer: "question",
    ConflictingCompanyAnswer: "question",
    CompanyClaim: "criterion",
    ConflictingCompanyClaim: "criterion",
}


def shares(assessment: Assessment) -> bool:
    """Whether the company's rows count in it now: as long as it takes answers."""
    return assessment.status in OPEN_FOR_ANSWERS


def meanings(outline: Outline, rows: CompanyRows) -> dict[str, str]:
    """Return what these rows may be about, by question or criterion, with the meaning."""
    of_questions = KEY[rows] == "question"
    return outline.company_questions if of_questions else outline.company_criteria


def shared(
    assessment: Assessment,
    rows: CompanyRows,
    only: Iterable[str] | None = None,
    *,
    with_origin: bool = False,
) -> Any:
    """Return the company's rows that an open assessment reads: those to the words that it asks.

    `only` names some of its questions or criteria. `with_origin`: with who gave them, and about
    which subject, for a page that says so. No query where it asks nothing of the company.
    """
    asked = meanings(outline_of(assessment.version), rows)
    wanted = list(asked) if only is None else [key for key in only if key in asked]
    if not wanted or not shares(assessment):
        return []
    key = KEY[rows]
    found = rows._default_manager.filter(
        organisation=assessment.subject.organisation_id, **{f"{key}__in": wanted}
    )
    if with_origin:
        found = found.select_related("by", "source__subject")
    return [row for row in found.order_by("at", "pk") if row.meaning == asked[getattr(row, key)]]


def hold(assessment: Assessment) -> None:
    """Let nobody else change what the company answers until the transaction ends.

    Any of its assessments can change it. Whoever holds it locks the assessment first.
    """
    if outline_of(assessment.version).company_questions:
        lock_row(Organisation, assessment.subject.organisation_id)


def counting_subjects(assessment: Assessment) -> dict[str, int]:
    """Return by criterion about the company in how many of its subjects one answer counts."""
    here = outline_of(assessment.version).company_criteria
    if not here or not shares(assessment):
        return {}
    subjects: dict[str, set[Any]] = {criterion: set() for criterion in here}
    for other in _open(assessment):
        there = outline_of(other.version).company_criteria
        for criterion in here.keys() & there.keys():
            if here[criterion] == there[criterion]:
                subjects[criterion].add(other.subject_id)
    return {criterion: len(found) for criterion, found in subjects.items()}


def _open(assessment: Assessment) -> QuerySet[Assessment]:
    """Return the assessments of its company that take answers."""
    company = assessment.subject.organisation_id
    found = Assessment.objects.filter(subject__organisation=company, status__in=OPEN_FOR_ANSWERS)
    return found.select_related("version").defer("version__document")


def companions(assessment: Assessment, question: str) -> list[Assessment]:
    """Return the other assessments in which the company's answer to a question counts too."""
    meaning = outline_of(assessment.version).company_questions.get(question)
    if meaning is None or not shares(assessment):
        return []
    return [
        other
        for other in _open(assessment).exclude(pk=assessment.pk)
        if outline_of(other.version).company_questions.get(question) == meaning
    ]


def bring_evidence(assessment: Assessment) -> None:
    """Put behind the company's answers in an assessment what stands behind them elsewhere.

    That is, in the company's other assessments that take answers; where there is none, in the one
    in which the answer was given.
    """
    asked = outline_of(assessment.version).company_questions
    if not asked:
        return
    found: set[tuple[UUID | None, str]] = set()
    for other in _open(assessment).exclude(pk=assessment.pk):
        there = outline_of(other.version).company_questions
        found |= {(other.pk, key) for key in asked if there.get(key) == asked[key]}
    elsewhere = {key for _source, key in found}
    given = [row for row in shared(assessment, CompanyAnswer) if row.question not in elsewhere]
    found |= {(row.source_id, row.question) for row in given}
    uses = AnswerEvidence.objects.filter(
        assessment__in={source for source, _key in found if source},
        question__in=list(asked),
        evidence__removed_at=None,
    )
    AnswerEvidence.objects.bulk_create(
        [
            AnswerEvidence(
                assessment=assessment,
                question=use.question,
                evidence_id=use.evidence_id,
                by_id=use.by_id,
            )
            for use in uses.order_by("at", "id")
            if (use.assessment_id, use.question) in found
        ],
        ignore_conflicts=True,
    )


def freeze(assessment: Assessment) -> None:
    """Keep in the assessment what the company's rows say now. It still takes answers."""
    _forget(assessment)
    Answer.objects.bulk_create(
        Answer(assessment=assessment, **_copied(Answer, row))
        for row in shared(assessment, CompanyAnswer)
    )
    NotApplicableClaim.objects.bulk_create(
        NotApplicableClaim(assessment=assessment, **_copied(NotApplicableClaim, row))
        for row in shared(assessment, CompanyClaim)
    )


def thaw(assessment: Assessment) -> None:
    """Let the company's rows count again instead of what was kept. It takes answers again."""
    _forget(assessment)
    bring_evidence(assessment)


def _copied(own: type[Answer] | type[NotApplicableClaim], row: Any) -> dict[str, Any]:
    names = [field.attname for field in own._meta.fields]
    return {name: getattr(row, name) for name in names if name not in ("id", "assessment_id")}


def _forget(assessment: Assessment) -> None:
    outline = outline_of(assessment.version)
    if questions := outline.company_questions:
        assessment.answers.filter(question__in=list(questions)).delete()
        assessment.claims.filter(criterion__in=list(outline.company_criteria)).delete()
