"""An assessment as it stands: what is stored, and what that comes to."""

import datetime
from collections.abc import Iterable
from functools import cached_property

from compliance.assessments.models import (
    Answer,
    Assessment,
    ConflictingAnswer,
    ConflictingClaim,
    NotApplicableClaim,
)
from compliance.assessments.outline import Outline, outline_of
from questionnaires.answers import AnswerSheet, read_answer
from questionnaires.contradictions import FoundContradiction, contradictions
from questionnaires.questions import AnswerError, Question, Value
from questionnaires.scoring import Asked, Score


class Draft:
    """An assessment with its stored answers and claims, read once."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self.outline: Outline = outline_of(assessment.version)

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """The stored answers by question; what the questionnaire does not ask is left out."""
        questions = self.outline.questions
        return {a.question: a for a in self.assessment.answers.all() if a.question in questions}

    @cached_property
    def claims(self) -> dict[str, NotApplicableClaim]:
        """The stored claims by criterion, of criteria that may be claimed not to apply."""
        criteria = self.outline.criteria
        return {
            claim.criterion: claim
            for claim in self.assessment.claims.all()
            if claim.criterion in criteria and criteria[claim.criterion].claimable
        }

    @cached_property
    def sheet(self) -> AnswerSheet:
        """The answers that can be read, with comments, and the claims that are justified."""
        values: dict[str, Value] = {}
        for key, answer in self.answers.items():
            if answer.value is None:
                continue
            try:
                values[key] = read_answer(
                    self.outline.questions[key], answer.value, self.assessment.reference_date
                )
            except AnswerError:  # readable once, no longer: shown again with its error
                continue
        return AnswerSheet(
            self.assessment.reference_date,
            values,
            {key: answer.comment for key, answer in self.answers.items() if answer.comment},
            {
                key: claim.justification
                for key, claim in self.claims.items()
                if claim.claimed and claim.justification
            },
        )

    @cached_property
    def score(self) -> Score:
        """What the answers come to so far; of a draft it is provisional."""
        return self.outline.scorer.score(self.sheet)

    @cached_property
    def contradictions(self) -> list[FoundContradiction]:
        """Answers that cannot all be true."""
        return contradictions(self.score)

    @cached_property
    def conflicting_answers(self) -> dict[str, list[ConflictingAnswer]]:
        """Answers that met a newer one and wait for a choice, by question.

        Where the question is not on its page nobody could choose: its conflict is left out.
        """
        waiting: dict[str, list[ConflictingAnswer]] = {}
        for conflict in self.assessment.conflicting_answers.select_related("by").order_by("at"):
            if not self.hidden(conflict.question):
                waiting.setdefault(conflict.question, []).append(conflict)
        return waiting

    @cached_property
    def conflicting_claims(self) -> dict[str, list[ConflictingClaim]]:
        """Claims that met a newer one and wait for a choice, by criterion that is on its page."""
        waiting: dict[str, list[ConflictingClaim]] = {}
        for conflict in self.assessment.conflicting_claims.select_related("by").order_by("at"):
            if self._in_scope(self.outline.criteria[conflict.criterion].questions):
                waiting.setdefault(conflict.criterion, []).append(conflict)
        return waiting

    @property
    def saved_at(self) -> datetime.datetime | None:
        """When anything was last stored."""
        times = [row.at for row in (*self.answers.values(), *self.claims.values())]
        return max(times, default=None)

    def counts(self, question: str) -> bool:
        """Whether the question is asked, or may be, and no claim makes it needless."""
        criterion = self.outline.criterion_of.get(question)
        if criterion is not None and criterion.id in self.sheet.not_applicable:
            return False
        return self.score.asked[question] in (Asked.YES, Asked.UNDETERMINED)

    def answered(self, question: str) -> bool:
        """Whether the question has an answer that can be read."""
        return question in self.sheet.values

    def unreadable(self, question: str) -> bool:
        """Whether something was entered that cannot be read as an answer."""
        answer = self.answers.get(question)
        if answer is None or answer.value is None:
            return answer is not None and answer.invalid
        return not self.answered(question)

    def hidden(self, question: str) -> bool:
        """Whether other answers keep the question off its page."""
        return self.score.asked[question] in (Asked.BY_SCOPE, Asked.BY_ANSWER)

    def applies(self, section: str) -> bool:
        """Whether the section asks anything, now or once more is answered."""
        return self._in_scope(self.outline.questions_in(section))

    def _in_scope(self, questions: Iterable[Question]) -> bool:
        return any(self.score.asked[q.id] is not Asked.BY_SCOPE for q in questions)
