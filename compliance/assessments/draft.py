"""An assessment as it stands: what is stored, and what that comes to."""

import datetime
from collections.abc import Collection
from functools import cached_property

from compliance.assessments.companywide import shared, shares
from compliance.assessments.models import (
    Answer,
    AnswerEvidence,
    Assessment,
    CompanyAnswer,
    CompanyClaim,
    ConflictingAnswer,
    ConflictingClaim,
    ConflictingCompanyAnswer,
    ConflictingCompanyClaim,
    NotApplicableClaim,
)
from compliance.assessments.outline import outline_of
from compliance.assessments.scored import Scored
from questionnaires.answers import AnswerSheet, read_answer
from questionnaires.questions import AnswerError, Value


class Draft(Scored):
    """An assessment with its stored answers and claims, read once.

    `only` names the questions whose answers are read, for who needs no others.
    """

    def __init__(self, assessment: Assessment, only: Collection[str] | None = None) -> None:
        self.assessment = assessment
        self.outline = outline_of(assessment.version)
        self._only = only

    @cached_property
    def answers(self) -> dict[str, Answer | CompanyAnswer]:
        """The stored answers by question; what the questionnaire does not ask is left out.

        To a question about the company it is the company's, while the assessment takes answers.
        """
        questions, company = self.outline.questions, self.outline.company_questions
        rows = self.assessment.answers.select_related("by")
        if self._only is not None:
            rows = rows.filter(question__in=self._only)
        own = {row.question: row for row in rows if row.question in questions}
        if not (company and shares(self.assessment)):
            return {**own}
        theirs = shared(self.assessment, CompanyAnswer, self._only, with_origin=True)
        shared_rows = {row.question: row for row in theirs}
        return {key: row for key, row in own.items() if key not in company} | shared_rows

    @cached_property
    def claims(self) -> dict[str, NotApplicableClaim | CompanyClaim]:
        """The stored claims by criterion, of criteria that may be claimed not to apply."""
        criteria, company = self.outline.criteria, self.outline.company_criteria
        rows: list[NotApplicableClaim | CompanyClaim] = list(self.assessment.claims.all())
        if company and shares(self.assessment):
            rows = [row for row in rows if row.criterion not in company]
            rows += shared(self.assessment, CompanyClaim, with_origin=True)
        return {
            claim.criterion: claim
            for claim in rows
            if claim.criterion in criteria and criteria[claim.criterion].claimable
        }

    @cached_property
    def evidence(self) -> dict[str, list[AnswerEvidence]]:
        """What stands behind the answers, by question, the oldest first."""
        found: dict[str, list[AnswerEvidence]] = {}
        for use in self.assessment.answer_evidence.select_related("evidence", "by"):
            if use.question in self.outline.questions:
                found.setdefault(use.question, []).append(use)
        return found

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
    def conflicting_answers(
        self,
    ) -> dict[str, list[ConflictingAnswer | ConflictingCompanyAnswer]]:
        """Answers that met a newer one and wait for a choice, by question.

        Where the question is not on its page nobody could choose: its conflict is left out.
        """
        waiting: dict[str, list[ConflictingAnswer | ConflictingCompanyAnswer]] = {}
        own = self.assessment.conflicting_answers.select_related("by").order_by("at")
        for conflict in (
            *own,
            *shared(self.assessment, ConflictingCompanyAnswer, with_origin=True),
        ):
            if not self.hidden(conflict.question):
                waiting.setdefault(conflict.question, []).append(conflict)
        return waiting

    @cached_property
    def conflicting_claims(
        self,
    ) -> dict[str, list[ConflictingClaim | ConflictingCompanyClaim]]:
        """Claims that met a newer one and wait for a choice, by criterion that is on its page."""
        waiting: dict[str, list[ConflictingClaim | ConflictingCompanyClaim]] = {}
        own = self.assessment.conflicting_claims.select_related("by").order_by("at")
        theirs = shared(self.assessment, ConflictingCompanyClaim, with_origin=True)
        for conflict in (*own, *theirs):
            if self.in_scope(self.outline.criteria[conflict.criterion].questions):
                waiting.setdefault(conflict.criterion, []).append(conflict)
        return waiting

    @property
    def saved_at(self) -> datetime.datetime | None:
        """When anything was last stored."""
        times = [row.at for row in (*self.answers.values(), *self.claims.values())]
        return max(times, default=None)

    def unreadable(self, question: str) -> bool:
        """Whether something was entered that cannot be read as an answer."""
        answer = self.answers.get(question)
        if answer is None or answer.value is None:
            return answer is not None and answer.invalid
        return not self.answered(question)
