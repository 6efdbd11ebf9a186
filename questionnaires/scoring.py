"""Scoring: answers to achievements, achievements to a score, a rating and a tier.

Everything is exact. A criterion's achievement a lies between 0 and 1 and is kept as two integers
over a common denominator; the score S and the domain scores D lie between 0 and 100:

    D = 100 · Σ w·a / Σ w over the applicable criteria of a domain
    S = Σ W·D / Σ W over the domains that have a score
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from graphlib import TopologicalSorter
from math import lcm
from typing import Any

from questionnaires.answers import AnswerSheet, questions_of
from questionnaires.conditions import NOT_ASKED, TIER, Known, Test, questions_in, test_of
from questionnaires.document import Cap, Questionnaire, Veto, WeighedCriterion
from questionnaires.questions import Question, SingleChoice

Earn = Callable[[Any, datetime.date], Fraction | int | None]


class Asked(StrEnum):
    """Whether a question is asked, and if not, why."""

    YES = "yes"
    UNDETERMINED = "undetermined"
    BY_SCOPE = "by_scope"
    """Not asked, whatever the scored answers may be: it does not count."""
    BY_ANSWER = "by_answer"
    """Hidden by a scored answer: it counts 0 unless it says leave_out."""


class Status(StrEnum):
    """A criterion's status."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"
    NOT_APPLICABLE = "not_applicable"
    UNANSWERED = "unanswered"


class Absence(StrEnum):
    """Why a criterion is not applicable."""

    BY_RULE = "by_rule"
    CLAIMED = "claimed"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one criterion stands."""

    criterion: WeighedCriterion
    status: Status
    achievement: Fraction | None
    """a, 0 to 1; None where the criterion is not applicable."""
    absence: Absence | None = None


@dataclass(frozen=True, slots=True)
class Triggered:
    """A veto or cap that bites."""

    criterion: WeighedCriterion
    veto: bool
    pass_mark: Fraction
    rating: int
    """The index of the best rating that it leaves, counted from the best."""


class Score:
    """What a sheet of answers comes to."""

    score: Fraction | None
    """S, 0 to 100; None where no criterion applies."""
    rating: int | None
    """The index of the rating, counted from the best; None without a score."""
    band: int | None
    """The rating by the bands alone, before caps and vetoes."""
    tier: str | None
    """None while the scoping answers leave it undetermined."""
    domains: dict[str, Fraction]
    """D of each domain that has one, 0 to 100."""
    asked: dict[str, Asked]
    """By question."""
    triggered: list[Triggered]

    def __init__(self, sheet: AnswerSheet, scorer: "Scorer") -> None:
        self.sheet = sheet
        self.questionnaire = scorer.questionnaire
        self._scorer = scorer

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """Where each criterion stands, in file order."""
        return {
            plan.criterion.id: self._standing(plan, achievement)
            for plan, achievement in zip(self._scorer.plans, self.achievements, strict=True)
        }

    @cached_property
    def missing(self) -> list[str]:
        """Questions that are asked, or may be once scoping is answered, and have no answer."""
        claimed = {
            name
            for plan in self._scorer.plans
            if plan.criterion.claimable and plan.criterion.id in self.sheet.not_applicable
            for name in plan.everything
        }
        return [
            name
            for name, asked in self.asked.items()
            if asked in (Asked.YES, Asked.UNDETERMINED)
            and name not in self.sheet.values
            and name not in claimed
        ]

    def _standing(self, plan: "Plan", achievement: tuple[int, int] | None) -> Standing:
        criterion = plan.criterion
        if achievement is None:
            claimed = criterion.id in self.sheet.not_applicable and criterion.claimable
            absence = Absence.CLAIMED if claimed else Absence.BY_RULE
            return Standing(criterion, Status.NOT_APPLICABLE, None, absence)
        a = Fraction(*achievement)
        answered = criterion.id in self._overridden or any(
            self.asked[name] is Asked.YES and name in self.sheet.values for name in plan.scored
        )
        if not answered:
            status = Status.UNANSWERED
        else:
            status = Status.FULL if a == 1 else Status.PARTIAL if a else Status.NONE
        return Standing(criterion, status, a)

    achievements: list[tuple[int, int] | None]
    """a of each criterion in file order, as numerator and denominator."""
    _overridden: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Step:
    """How one question is reached: whether it is asked, and what its answers earn."""

    name: str
    test: Test | None
    follows_scored: bool
    """Whether the condition looks at scored answers, so that one of them may hide the question."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How one criterion is scored."""

    criterion: WeighedCriterion
    applies: Test | None
    weight: int
    """Its weight, as an integer over the domain's common denominator."""
    domain: int
    questions: tuple[tuple[str, int, Earn, bool], ...]
    """Each scored question: id, integer weight, points of a value, whether hiding leaves it out."""
    scored: tuple[str, ...]
    everything: tuple[str, ...]
    minimum: bool


class Scorer:
    """A questionnaire made ready for scoring; holds no answers and can be shared."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        criteria = [c for section in questionnaire.sections for c in section.criteria]
        questions = {q.id: q for q in questions_of(questionnaire)}
        scoping = {q.id for section in questionnaire.sections for q in section.questions}
        steps = [_step(questions[name], scoping) for name in _ordered(questions)]
        self._scoping = [step for step in steps if step.name in scoping and step.test]
        self._follow_ups = [step for step in steps if step.name not in scoping and step.test]
        self._scoping_names = scoping
        self._all_asked = dict.fromkeys(questions, Asked.YES)
        self._tiers = [
            (tier.id, test_of(tier.if_) if tier.if_ else None) for tier in questionnaire.tiers
        ]
        self._domains = [domain.id for domain in questionnaire.domains]
        self._domain_weights = [domain.weight for domain in questionnaire.domains]
        self._thresholds = [rating.from_ for rating in questionnaire.ratings]
        scale = lcm(*(criterion.weight.denominator for criterion in criteria))
        self.plans = [_plan(c, scale, self._domains.index(c.domain)) for c in criteria]
        self._limits = [
            (index, plan.criterion, limit)
            for index, plan in enumerate(self.plans)
            if (limit := plan.criterion.veto or plan.criterion.cap)
        ]

    def score(self, sheet: AnswerSheet, overrides: Mapping[str, Fraction] | None = None) -> Score:
        """Score a sheet of answers.

        `overrides` sets the achievement (0 to 1) of applicable criteria, for a planned or a
        verified figure.
        """
        result = Score(sheet, self)
        known: dict[str, Any] = dict(sheet.values)
        result.asked = asked = self._all_asked.copy()
        self._ask(self._scoping, known, known, asked)
        result.tier = self._tier(known)
        known[TIER] = result.tier
        scoped = {name: known.get(name) for name in self._scoping_names}
        scoped[TIER] = result.tier
        dropped = self._drop(known, scoped, asked)
        self._ask(self._follow_ups, known, scoped, asked)
        result.achievements = self._achievements(sheet, asked, dropped)
        result._overridden = overrides or {}
        if overrides:
            for index, plan in enumerate(self.plans):
                if plan.criterion.id in overrides and result.achievements[index] is not None:
                    a = overrides[plan.criterion.id]
                    result.achievements[index] = (a.numerator, a.denominator)
        self._aggregate(result)
        return result

    @staticmethod
    def _ask(
        steps: list[Step],
        known: dict[str, Any],
        scoped: dict[str, Any],
        asked: dict[str, Asked],
    ) -> None:
        """Decide which questions are asked; `known` loses the answers of those that are not."""
        for name, test, follows_scored in ((s.name, s.test, s.follows_scored) for s in steps):
            assert test is not None
            if asked[name] is Asked.BY_SCOPE:
                continue
            truth = test(known)
            if truth is False:
                hidden = follows_scored and test(scoped) is not False
                asked[name] = Asked.BY_ANSWER if hidden else Asked.BY_SCOPE
                known[name] = NOT_ASKED
                if not hidden:
                    scoped[name] = NOT_ASKED
            elif truth is None:
                asked[name] = Asked.UNDETERMINED
                known[name] = None

    def _tier(self, known: Known) -> str | None:
        for name, test in self._tiers:
            truth = True if test is None else test(known)
            if truth is None:
                return None
            if truth:
                return name
        raise AssertionError("the last tier is the default")

    def _drop(
        self, known: dict[str, Any], scoped: dict[str, Any], asked: dict[str, Asked]
    ) -> set[int]:
        """Return the criteria that scoping leaves out; their questions are not asked."""
        dropped = set()
        for index, plan in enumerate(self.plans):
            if plan.applies is None:
                continue
            truth = plan.applies(known)
            if truth is False:
                dropped.add(index)
                for name in plan.everything:
                    asked[name] = Asked.BY_SCOPE
                    known[name] = scoped[name] = NOT_ASKED
            elif truth is None:
                for name in plan.everything:
                    asked[name] = Asked.UNDETERMINED
                    known[name] = None
        return dropped

    def _achievements(
        self, sheet: AnswerSheet, asked: dict[str, Asked], dropped: set[int]
    ) -> list[tuple[int, int] | None]:
        values, claims = sheet.values, sheet.not_applicable
        reference_date = sheet.reference_date
        found: list[tuple[int, int] | None] = []
        for index, plan in enumerate(self.plans):
            criterion = plan.criterion
            if index in dropped or (claims and criterion.claimable and criterion.id in claims):
                found.append(None)
                continue
            total: Fraction | int = 0
            weights = 0
            lowest: Fraction | int = 100
            any_asked = False
            for name, weight, earn, leave_out in plan.questions:
                state = asked[name]
                earned: Fraction | int = 0
                if state is _YES:
                    value = values.get(name)
                    if value is not None:
                        points = earn(value, reference_date)
                        if points is None:
                            continue  # nothing out of nothing: not applicable
                        earned = points
                elif state is _BY_SCOPE or (state is _BY_ANSWER and leave_out):
                    continue
                if state is not _BY_ANSWER:
                    any_asked = True
                total += weight * earned
                weights += weight
                if earned < lowest:
                    lowest = earned
            if not any_asked:
                found.append(None)
            elif plan.minimum:
                found.append((lowest.numerator, 100 * lowest.denominator))
            else:
                found.append((total.numerator, 100 * weights * total.denominator))
        return found

    def _aggregate(self, result: Score) -> None:
        sums: list[dict[int, int]] = [{} for _ in self._domains]
        weights = [0] * len(self._domains)
        for plan, achievement in zip(self.plans, result.achievements, strict=True):
            if achievement is not None:
                achieved, out_of = achievement
                by_denominator = sums[plan.domain]
                by_denominator[out_of] = by_denominator.get(out_of, 0) + plan.weight * achieved
                weights[plan.domain] += plan.weight
        result.domains = {}
        earned = shared = Fraction(0)
        for name, share, by_denominator, weight in zip(
            self._domains, self._domain_weights, sums, weights, strict=True
        ):
            if weight:
                common = lcm(*by_denominator)
                total = sum(n * (common // d) for d, n in by_denominator.items())
                domain_score = Fraction(100 * total, common * weight)
                result.domains[name] = domain_score
                earned += share * domain_score
                shared += share
        result.score = earned / shared if shared else None
        result.band = result.rating = None
        result.triggered = self._triggered(result)
        if result.score is not None:
            score = result.score
            result.band = next(i for i, low in enumerate(self._thresholds) if score >= low)
            result.rating = max([result.band, *(limit.rating for limit in result.triggered)])

    def _triggered(self, result: Score) -> list[Triggered]:
        found = []
        for index, criterion, limit in self._limits:
            achievement = result.achievements[index]
            if achievement is None:
                continue
            mark = limit.mark(result.tier)
            if Fraction(*achievement) < mark:
                ratings = self.questionnaire.ratings
                best = (
                    next(i for i, rating in enumerate(ratings) if rating.id == limit.rating)
                    if isinstance(limit, Cap)
                    else len(ratings) - 1
                )
                found.append(Triggered(criterion, isinstance(limit, Veto), mark, best))
        return found


_YES, _BY_SCOPE, _BY_ANSWER = Asked.YES, Asked.BY_SCOPE, Asked.BY_ANSWER


def _ordered(questions: Mapping[str, Question]) -> list[str]:
    """Return the questions so that each follows those that its condition looks at."""
    sorter = TopologicalSorter(
        {name: sorted(questions_in(question.ask_if)) for name, question in questions.items()}
    )
    return list(sorter.static_order())


def _step(question: Question, scoping: set[str]) -> Step:
    condition = question.ask_if
    return Step(
        question.id,
        test_of(condition) if condition else None,
        bool(questions_in(condition) - scoping),
    )


def _plan(criterion: WeighedCriterion, scale: int, domain: int) -> Plan:
    scored = [question for question in criterion.questions if question.scored]
    inner = lcm(*(question.weight.denominator for question in scored))
    return Plan(
        criterion=criterion,
        applies=test_of(criterion.applies_if) if criterion.applies_if else None,
        weight=int(criterion.weight * scale),
        domain=domain,
        questions=tuple(
            (q.id, int(q.weight * inner), _earn(q), q.if_hidden == "leave_out") for q in scored
        ),
        scored=tuple(question.id for question in scored),
        everything=tuple(question.id for question in criterion.questions),
        minimum=criterion.combine == "minimum",
    )


def _earn(question: Question) -> Earn:
    """Return what turns a value into points: a table where options are few, else the question."""
    if isinstance(question, SingleChoice):
        table = {option.id: _integer(option.points) for option in question.options}
        return lambda value, reference_date: table[value]
    return question.points


def _integer(points: Fraction | None) -> Fraction | int | None:
    return points.numerator if points is not None and points.denominator == 1 else points
