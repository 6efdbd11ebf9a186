"""Explanations as data: for every point the rule, the answer, the weight and the source."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from questionnaires.document import (
    Article,
    Domain,
    Instrument,
    Requirement,
    WeighedCriterion,
)
from questionnaires.gaps import points_lost
from questionnaires.questions import Question, Value
from questionnaires.scoring import Asked, Score, Standing, Triggered


class Rule(StrEnum):
    """Which rule gave a question its points."""

    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    """Asked and not answered: 0."""
    UNDETERMINED = "undetermined"
    """Whether it is asked depends on an answer that is missing: 0."""
    HIDDEN_ZERO = "hidden_zero"
    """A scored answer hides it: what does not exist cannot be reviewed, 0."""
    HIDDEN_LEFT_OUT = "hidden_left_out"
    """A scored answer hides it and it does not count."""
    NOT_ASKED = "not_asked"
    """Scoping leaves it out."""
    CLAIMED_AWAY = "claimed_away"
    """Its criterion is claimed to be not applicable: it does not count."""
    NOTHING_TO_COUNT = "nothing_to_count"
    """Nothing out of nothing: it does not count."""
    NOT_SCORED = "not_scored"
    """It describes and earns no points."""


_NONE = Fraction(0)


@dataclass(frozen=True, slots=True)
class QuestionTrace:
    """How one question entered the achievement of its criterion."""

    question: Question
    rule: Rule
    value: Value | None
    points: Fraction | None
    """0 to 100; None where the question does not count."""
    share: Fraction | None
    """Its share of the criterion, 0 to 1; None where it does not count. Of a minimum the lowest
    question has all, the first among equals."""


@dataclass(frozen=True, slots=True)
class CitedArticle:
    """An article that stands behind a criterion."""

    instrument: Instrument
    article: Article

    @property
    def secondary(self) -> bool:
        """Tell whether only secondary notes were compared (grade B), not the full text."""
        return "B" in (self.instrument.grade, self.article.grade)


@dataclass(frozen=True, slots=True)
class CriterionExplanation:
    """Where a criterion's points come from and where they went."""

    criterion: WeighedCriterion
    domain: Domain
    standing: Standing
    questions: tuple[QuestionTrace, ...]
    share_of_domain: Fraction | None
    """w / Σw, the criterion's share of its domain, 0 to 1; None where not applicable."""
    domain_share: Fraction | None
    """W / ΣW, the domain's share of the score, 0 to 1; None where not applicable."""
    lost: Fraction | None
    """Points lost, 0 to 100."""
    limit: Triggered | None
    requirements: tuple[tuple[Requirement, Instrument], ...]
    articles: tuple[CitedArticle, ...]

    @property
    def worth(self) -> Fraction | None:
        """Return how many of the 100 points the criterion carries."""
        if self.share_of_domain is None or self.domain_share is None:
            return None
        return 100 * self.share_of_domain * self.domain_share


def explain(score: Score, criterion_id: str) -> CriterionExplanation:
    """Explain one criterion; raise KeyError where the questionnaire does not have it."""
    return _explain(score, score.standings[criterion_id], _Whole(score))


def explain_all(score: Score) -> dict[str, CriterionExplanation]:
    """Explain every criterion, in file order, in time linear in their number."""
    whole = _Whole(score)
    return {name: _explain(score, standing, whole) for name, standing in score.standings.items()}


class _Whole:
    """What the explanations of a score have in common."""

    def __init__(self, score: Score) -> None:
        questionnaire = score.questionnaire
        self.lost = points_lost(score)
        self.domains = {domain.id: domain for domain in questionnaire.domains}
        self.all_domains = sum(
            (d.weight for d in questionnaire.domains if d.id in score.domains), Fraction(0)
        )
        self.in_domain = dict.fromkeys(self.domains, Fraction(0))
        for standing in score.standings.values():
            if standing.achievement is not None:
                self.in_domain[standing.criterion.domain] += standing.criterion.weight
        self.limits = {limit.criterion.id: limit for limit in score.triggered}
        self.instruments = {instrument.id: instrument for instrument in questionnaire.instruments}
        self.requirements = {
            requirement.id: (requirement, self.instruments[requirement.instrument])
            for requirement in questionnaire.requirements
        }
        self.articles = {
            (instrument.id, article.id): CitedArticle(instrument, article)
            for instrument in questionnaire.instruments
            for article in instrument.articles
        }


def _explain(score: Score, standing: Standing, whole: _Whole) -> CriterionExplanation:
    criterion = standing.criterion
    domain = whole.domains[criterion.domain]
    applicable = standing.achievement is not None
    return CriterionExplanation(
        criterion=criterion,
        domain=domain,
        standing=standing,
        questions=_traces(score, standing),
        share_of_domain=criterion.weight / whole.in_domain[domain.id] if applicable else None,
        domain_share=domain.weight / whole.all_domains if applicable else None,
        lost=whole.lost[criterion.id] if applicable else None,
        limit=whole.limits.get(criterion.id),
        requirements=tuple(whole.requirements[name] for name in criterion.requirements),
        articles=tuple(whole.articles[c.instrument, c.article] for c in criterion.law),
    )


def _traces(score: Score, standing: Standing) -> tuple[QuestionTrace, ...]:
    questions = standing.criterion.questions
    found = [_rule(score, question) for question in questions]
    if standing.achievement is None:  # what a scored answer hides does not keep a criterion in
        found = [(rule, None) for rule, _ in found]
    shares = _shares(standing.criterion, [points for _, points in found])
    return tuple(
        QuestionTrace(question, rule, score.sheet.values.get(question.id), points, share)
        for question, (rule, points), share in zip(questions, found, shares, strict=True)
    )


def _shares(criterion: WeighedCriterion, points: list[Fraction | None]) -> list[Fraction | None]:
    """Return each question's share of the criterion: Σ share · points / 100 is its achievement."""
    counted = [found for found in points if found is not None]
    if criterion.combine == "minimum" and counted:
        decides = points.index(min(counted))
        return [
            None if found is None else Fraction(index == decides)
            for index, found in enumerate(points)
        ]
    weights = [question.weight for question in criterion.questions]
    total = sum((w for w, found in zip(weights, points, strict=True) if found is not None), _NONE)
    return [
        None if found is None else weight / total
        for weight, found in zip(weights, points, strict=True)
    ]


def _rule(score: Score, question: Question) -> tuple[Rule, Fraction | None]:
    if not question.scored:
        return Rule.NOT_SCORED, None
    value = score.sheet.values.get(question.id)
    match score.asked[question.id]:
        case Asked.BY_SCOPE:
            return Rule.NOT_ASKED, None
        case Asked.BY_CLAIM:
            return Rule.CLAIMED_AWAY, None
        case Asked.BY_ANSWER if question.if_hidden == "leave_out":
            return Rule.HIDDEN_LEFT_OUT, None
        case Asked.BY_ANSWER:
            return Rule.HIDDEN_ZERO, Fraction(0)
        case Asked.UNDETERMINED:
            return Rule.UNDETERMINED, Fraction(0)
    if value is None:
        return Rule.UNANSWERED, Fraction(0)
    points = question.points(value, score.sheet.reference_date)
    return (Rule.ANSWERED, points) if points is not None else (Rule.NOTHING_TO_COUNT, None)
