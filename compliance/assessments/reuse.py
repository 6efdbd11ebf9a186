"""Answers given before to questions that another questionnaire shares, offered and never imposed.

A question is shared where its id and its meaning are the same in both versions. Of several earlier
answers the one about the same subject is offered, and among those the latest.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.db.models import Case, F, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from compliance.accounts.models import User
from compliance.assessments.changes import Outcome
from compliance.assessments.collaboration.holding import Holding
from compliance.assessments.draft import Draft
from compliance.assessments.evidence.carrying import carry_evidence
from compliance.assessments.models import Answer, Assessment, CompanyAnswer
from compliance.assessments.outline import outline_of
from compliance.assessments.revisions import seen
from compliance.assessments.saving import store_all
from compliance.audit.actions import Action
from compliance.audit.recording import record
from questionnaires.answers import LONGEST_COMMENT, read_answer
from questionnaires.forms import Entry
from questionnaires.questions import AnswerError, Question
from questionnaires.succession import same_question


@dataclass(frozen=True)
class Offer:
    """An earlier answer to a question of this assessment, beside the answer that stands here."""

    question: Question
    earlier: Answer
    own: Answer | CompanyAnswer | None

    @property
    def differs(self) -> bool:
        """Whether another answer stands here already, readable or not."""
        return self.own is not None and (self.own.value is not None or self.own.invalid)

    @property
    def token(self) -> "Token":
        """What the page carries, so that nothing is taken but what it showed."""
        return Token(
            str(seen("answer", self.own)), self.earlier.pk, str(seen("answer", self.earlier))
        )

    @property
    def entry(self) -> Entry:
        """What taking it stores: the value and the comment, after a comment that stands here."""
        secret = self.earlier.trade_secret or (self.own is not None and self.own.trade_secret)
        content = {"value": self.earlier.value, "typed": None, "trade_secret": secret}
        comments = [self.own.comment if self.own else "", self.earlier.comment]
        comment = "\n\n".join(dict.fromkeys(filter(None, comments)))
        if len(comment) <= LONGEST_COMMENT:
            content["comment"] = comment
        return Entry("answer", self.question.id, str(seen("answer", self.own)), content)


@dataclass(frozen=True)
class Token:
    """Which state of which two answers a page showed: the one here, and the earlier one."""

    here: str
    source: int
    there: str

    @classmethod
    def read(cls, token: str) -> Self:
        """Return what a token says; SuspiciousOperation for one that no page of ours carries."""
        state = r"[0-9]{1,9}\.[0-9a-f]{16}"
        found = re.fullmatch(rf"({state})/([0-9]{{1,18}})/({state})", token)
        if found is None:
            raise SuspiciousOperation("A page carries a token that is none.")
        return cls(found[1], int(found[2]), found[3])

    def __str__(self) -> str:
        return f"{self.here}/{self.source}/{self.there}"


@dataclass(frozen=True)
class Taken:
    """What became of the answers that someone chose."""

    saved: int
    conflicts: int
    outdated: int
    """Earlier answers that have changed since the page showed them: nothing was taken of them."""


def offers(draft: Draft) -> list[Offer]:
    """Return the earlier answers to what is asked here, in the order of the questions.

    Left out is what was answered the same here, and what the company has answered once for all.
    One query, beside reading versions not yet read.
    """
    known = draft.outline.company_questions.keys() & draft.answers.keys()
    asked = [key for key in draft.outline.questions if draft.counts(key) and key not in known]
    same_subject = When(assessment__subject=draft.assessment.subject_id, then=Value(0))
    nearest = Window(
        RowNumber(),
        partition_by=[F("question"), F("assessment__version")],
        order_by=[Case(same_subject, default=Value(1)), F("at").desc(), F("id")],
    )
    rows = _earlier(draft.assessment).filter(question__in=asked).annotate(place=nearest)
    best: dict[str, Answer] = {}
    for row in rows.filter(place=1):
        held = best.get(row.question)
        if _fits(draft, row) and (held is None or _rank(draft, row) > _rank(draft, held)):
            best[row.question] = row
    found = [
        Offer(draft.outline.questions[key], best[key], draft.answers.get(key))
        for key in asked
        if key in best
    ]
    return [offer for offer in found if not _same(offer)]


def takeable(draft: Draft, holding: Holding) -> list[Offer]:
    """Return the offers in sections that someone may answer."""
    section_of = draft.outline.section_of
    return [one for one in offers(draft) if not holding.bars(section_of[one.question.id])]


def take(draft: Draft, chosen: Mapping[str, Token], by: User) -> Taken:
    """Store what was chosen, by question, as the page showed it.

    What was answered here since then meets the earlier answer as a conflict, to be settled by a
    person. Raises SuspiciousOperation for a question that the questionnaire does not ask.
    """
    if unknown := chosen.keys() - draft.outline.questions.keys():
        raise SuspiciousOperation(f"There is no such question: {', '.join(sorted(unknown))[:200]}")
    sources = [token.source for token in chosen.values()]
    rows = {row.pk: row for row in _earlier(draft.assessment).filter(pk__in=sources)}
    entries = []
    for question, token in chosen.items():
        row = rows.get(token.source)
        if row is not None and row.question == question and _fits(draft, row):
            offer = Offer(draft.outline.questions[question], row, draft.answers.get(question))
            if token.there == offer.token.there:
                entries.append(_as_shown(offer.entry, token))
    with transaction.atomic():
        outcomes = store_all(draft.assessment, entries, by, {"through": "reuse"})
        if entries:
            earlier = sorted({str(row.assessment_id) for row in rows.values()})
            details = {"from": earlier, "saved": outcomes.count(Outcome.SAVED)}
            record(Action.ANSWERS_REUSED, by=by, chain=draft.assessment, details=details)
            taken = {
                row.question: (row.assessment_id, row.value)
                for row in rows.values()
                if row.question in {entry.key for entry in entries}
            }
            carry_evidence(draft.assessment, taken, by)
    return Taken(
        saved=outcomes.count(Outcome.SAVED),
        conflicts=outcomes.count(Outcome.CONFLICT),
        outdated=len(chosen) - len(entries),
    )


def _as_shown(entry: Entry, token: Token) -> Entry:
    return Entry(entry.kind, entry.key, token.here, entry.content)


def _earlier(assessment: Assessment) -> QuerySet[Answer]:
    """Return the answers of the company's other assessments; what superseded ones hold is past."""
    company = assessment.subject.organisation_id
    return (
        Answer.objects.filter(assessment__subject__organisation=company, value__isnull=False)
        .exclude(assessment=assessment)
        .exclude(assessment__status=Assessment.Status.SUPERSEDED)
        .select_related("by", "assessment__subject", "assessment__version")
        .defer("assessment__version__document")
    )


def _fits(draft: Draft, row: Answer) -> bool:
    """Tell whether the answer was given to this question, and can be read as one as of here."""
    there = outline_of(row.assessment.version).questions.get(row.question)
    here = draft.outline.questions[row.question]
    if there is None or not same_question(there, here):
        return False
    try:
        read_answer(here, row.value, draft.assessment.reference_date)
    except AnswerError:
        return False
    return True


def _rank(draft: Draft, row: Answer) -> tuple[bool, float]:
    return row.assessment.subject_id == draft.assessment.subject_id, row.at.timestamp()


def _same(offer: Offer) -> bool:
    return offer.own is not None and offer.own.value == offer.earlier.value


def by_section(draft: Draft, found: Iterable[Offer]) -> dict[str, list[Offer]]:
    """Return the offers by the section that asks their question, in order."""
    sections: dict[str, list[Offer]] = {}
    for offer in found:
        sections.setdefault(draft.outline.section_of[offer.question.id], []).append(offer)
    return sections
