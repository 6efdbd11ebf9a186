"""All questions with their answers, as a report prints them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from questionnaires.explanation import CriterionExplanation, QuestionTrace, Rule
from questionnaires.parts import Bilingual, Language
from questionnaires.questions import FULL, Question
from questionnaires.scoring import Absence, Asked, Score

Evidence = Mapping[str, tuple[str, ...]]
NONE: Evidence = MappingProxyType({})

LONG = 600
"""A text of more characters than this may be torn apart at the end of a page."""


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question with what became of it."""

    number: str
    """Section and place in it, such as 3.2."""
    question: Question
    rule: Rule
    answer: str
    """In words; empty where there is none or the question is not asked."""
    points: Fraction | None
    """0 to 100; None where the question does not count."""
    comment: str
    evidence: tuple[str, ...] = ()
    """The names of what stands behind the answer."""

    @property
    def asked(self) -> bool:
        """Tell whether the question is asked, or may be once others are answered."""
        return self.rule not in {Rule.NOT_ASKED, Rule.HIDDEN_ZERO, Rule.HIDDEN_LEFT_OUT}

    @property
    def long(self) -> bool:
        """Tell whether what was typed takes so much room that it must break over pages."""
        return len(self.answer) + len(self.comment) + sum(map(len, self.evidence)) > LONG

    @property
    def below_full(self) -> bool:
        """Tell whether points were lost on it."""
        return self.points is not None and self.points < FULL


@dataclass(frozen=True, slots=True)
class CriterionRows:
    """A criterion with its questions."""

    explanation: CriterionExplanation
    rows: tuple[QuestionRow, ...]

    @property
    def skipped(self) -> bool:
        """Tell whether the criterion is out of scope, so that nothing in it is asked."""
        return all(row.rule is Rule.NOT_ASKED for row in self.rows)

    @property
    def claimed(self) -> bool:
        """Tell whether the company claims that the criterion is not applicable."""
        return self.explanation.standing.absence is Absence.CLAIMED


@dataclass(frozen=True, slots=True)
class SectionRows:
    """A section: scoping questions, or criteria."""

    number: int
    title: Bilingual
    rows: tuple[QuestionRow, ...]
    criteria: tuple[CriterionRows, ...]


def sections(
    score: Score,
    explanations: dict[str, CriterionExplanation],
    language: Language,
    evidence: Evidence = NONE,
) -> tuple[SectionRows, ...]:
    """Return the sections in order; every question stands in exactly one row.

    `evidence` names by question what stands behind its answer.
    """
    found = []
    for number, section in enumerate(score.questionnaire.sections, start=1):
        numbers = (f"{number}.{place}" for place in range(1, 10_000))
        scoping = tuple(
            _row(score, next(numbers), _scoping_trace(score, question), language, evidence)
            for question in section.questions
        )
        criteria = tuple(
            _criterion(score, explanations[criterion.id], numbers, language, evidence)
            for criterion in section.criteria
        )
        found.append(SectionRows(number, section.title, scoping, criteria))
    return tuple(found)


def _criterion(
    score: Score,
    explanation: CriterionExplanation,
    numbers: Iterator[str],
    language: Language,
    evidence: Evidence,
) -> CriterionRows:
    rows = tuple(
        _row(score, next(numbers), trace, language, evidence) for trace in explanation.questions
    )
    return CriterionRows(explanation, rows)


def _row(
    score: Score, number: str, trace: QuestionTrace, language: Language, evidence: Evidence
) -> QuestionRow:
    question = trace.question
    rule = trace.rule
    if rule is Rule.NOT_SCORED and score.asked[question.id] in (Asked.BY_SCOPE, Asked.BY_ANSWER):
        rule = Rule.NOT_ASKED
    row = QuestionRow(number, question, rule, "", trace.points, "")
    if not row.asked:
        return row
    answer = "" if trace.value is None else question.words(trace.value, language)
    comment = score.sheet.comments.get(question.id, "")
    behind = evidence.get(question.id, ())
    return QuestionRow(number, question, rule, answer, trace.points, comment, behind)


def _scoping_trace(score: Score, question: Question) -> QuestionTrace:
    value = score.sheet.values.get(question.id)
    return QuestionTrace(question, Rule.NOT_SCORED, value, None, None)
