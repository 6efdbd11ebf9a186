"""A submission as its frozen document has it: nothing that came later is read."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from compliance.assessments.models import Submission
from compliance.assessments.outline import outline_of
from compliance.assessments.scored import Scored
from questionnaires.answers import AnswerSheet, questions_of, read_answer
from questionnaires.document import Questionnaire
from questionnaires.scoring import Score


@dataclass(frozen=True)
class FrozenAnswer:
    """What was answered to one question, with its comment."""

    value: Any
    """As JSON; None where there is a comment only."""
    comment: str
    trade_secret: bool
    """To be kept from the association's panel."""


class Frozen(Scored):
    """The frozen answers of a submission, read once; it can do what a draft can be asked."""

    def __init__(self, submission: Submission, content: Mapping[str, Any] | None = None) -> None:
        """Read a submission; with `content`, what would stand in its place."""
        self.submission = submission
        self.assessment = submission.assessment
        self.outline = outline_of(submission.assessment.version)
        self.content: Mapping[str, Any] = content or submission.content["content"]

    @cached_property
    def answers(self) -> dict[str, FrozenAnswer]:
        """The answers by question."""
        return {key: FrozenAnswer(**found) for key, found in self.content["answers"].items()}

    @cached_property
    def claims(self) -> dict[str, str]:
        """The criteria that are claimed not to apply, with the reason."""
        return dict(self.content["not_applicable"])

    @cached_property
    def evidence(self) -> dict[str, list[Mapping[str, Any]]]:
        """The evidence by the question that it stands behind."""
        found: dict[str, list[Mapping[str, Any]]] = {}
        for evidence in self.content["evidence"]:
            for question in evidence["questions"]:
                found.setdefault(question, []).append(evidence)
        return found

    @cached_property
    def sheet(self) -> AnswerSheet:
        """The answers, comments and claims."""
        return sheet_of(self.content, self.outline.scorer.questionnaire)

    @property
    def saved_at(self) -> datetime.datetime:
        """When it was handed in."""
        return self.submission.submitted_at

    def unreadable(self, question: str) -> bool:
        """Nothing unreadable is ever handed in."""
        return False


def sheet_of(content: Mapping[str, Any], questionnaire: Questionnaire) -> AnswerSheet:
    """Return the sheet of answers that a submission's content holds."""
    day = datetime.date.fromisoformat(content["reference_date"])
    questions = {question.id: question for question in questions_of(questionnaire)}
    answers: dict[str, dict[str, Any]] = content["answers"]
    return AnswerSheet(
        day,
        {
            key: read_answer(questions[key], answer["value"], day)
            for key, answer in answers.items()
            if answer["value"] is not None
        },
        {key: answer["comment"] for key, answer in answers.items() if answer["comment"]},
        dict(content["not_applicable"]),
    )


def score_of(submission: Submission) -> Score:
    """Return the score of what was handed in, computed anew from its frozen answers."""
    return Frozen(submission).score
