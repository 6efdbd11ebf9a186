"""A sheet of answers to a version of a questionnaire, and what it comes to."""

from collections.abc import Iterable
from functools import cached_property

from compliance.assessments.outline import Outline
from questionnaires.answers import AnswerSheet
from questionnaires.contradictions import FoundContradiction, contradictions
from questionnaires.questions import Question
from questionnaires.scoring import Asked, Score


class Scored:
    """What can be said of answers, be they a draft's or frozen in a submission."""

    outline: Outline

    @cached_property
    def sheet(self) -> AnswerSheet:
        """The answers that can be read, with comments, and the claims that are justified."""
        raise NotImplementedError

    @cached_property
    def score(self) -> Score:
        """What the answers come to; of a draft it is provisional."""
        return self.outline.scorer.score(self.sheet)

    @cached_property
    def contradictions(self) -> list[FoundContradiction]:
        """Answers that cannot all be true."""
        return contradictions(self.score)

    def counts(self, question: str) -> bool:
        """Whether the question is asked, or may be, and no claim makes it needless."""
        criterion = self.outline.criterion_of.get(question)
        if criterion is not None and criterion.id in self.sheet.not_applicable:
            return False
        return self.score.asked[question] in (Asked.YES, Asked.UNDETERMINED)

    def answered(self, question: str) -> bool:
        """Whether the question has an answer that can be read."""
        return question in self.sheet.values

    def hidden(self, question: str) -> bool:
        """Whether other answers keep the question off its page."""
        return self.score.asked[question] in (Asked.BY_SCOPE, Asked.BY_ANSWER)

    def applies(self, section: str) -> bool:
        """Whether the section asks anything, now or once more is answered."""
        return self.in_scope(self.outline.questions_in(section))

    def in_scope(self, questions: Iterable[Question]) -> bool:
        """Whether scoping leaves any of these questions in."""
        return any(self.score.asked[q.id] is not Asked.BY_SCOPE for q in questions)
