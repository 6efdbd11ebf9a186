"""A questionnaire made ready, and the steps from answers to a score."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction
from graphlib import TopologicalSorter
from math import lcm
from typing import Any

from questionnaires.answers import AnswerSheet, questions_of
from questionnaires.conditions import (
    NOT_ASKED,
    TIER,
    Condition,
    Known,
    Test,
    questions_in,
    test_of,
)
from questionnaires.document import Cap, Questionnaire, Veto
from questionnaires.questions import Question
from questionnaires.scoring.plan import Achievement, Plan, plan_of
from questionnaires.scoring.score import Score
from questionnaires.scoring.standing import Asked, Triggered


@dataclass(frozen=True, slots=True)
class Step:
    """How a question with a condition is reached."""

    name: str
    test: Test


class Scorer:
    """A questionnaire made ready for scoring; holds no answers and can be shared."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        criteria = [c for section in questionnaire.sections for c in section.criteria]
        questions = {q.id: q for q in questions_of(questionnaire)}
        scoping = {q.id for section in questionnaire.sections for q in section.questions}
        self._describing = [q.id for q in questions.values() if not q.scored]
        steps = _steps(questions)
        self._scoping = [step for step in steps if step.name in scoping]
        self._follow_ups = [step for step in steps if step.name not in scoping]
        self._all_asked = dict.fromkeys(questions, Asked.YES)
        self._tiers = [
            (tier.id, test_of(tier.if_) if tier.if_ else None) for tier in questionnaire.tiers
        ]
        self._domains = [domain.id for domain in questionnaire.domains]
        self._domain_weights = _whole([domain.weight for domain in questionnaire.domains])
        self._thresholds = [rating.from_ for rating in questionnaire.ratings]
        scale = lcm(*(criterion.weight.denominator for criterion in criteria))
        self.plans = tuple(plan_of(c, scale, self._domains.index(c.domain)) for c in criteria)
        self._conditional = _by_condition(self.plans)
        self._claimable = {
            plan.criterion.id: index
            for index, plan in enumerate(self.plans)
            if plan.criterion.claimable
        }
        self._limits = [
            (index, criterion, limit, self._best_left(limit))
            for index, criterion in enumerate(criteria)
            if (limit := criterion.veto or criterion.cap)
        ]

    def score(
        self,
        sheet: AnswerSheet,
        overrides: Mapping[str, Fraction] | None = None,
        waived: AbstractSet[str] = frozenset(),
    ) -> Score:
        """Score a sheet of answers.

        `overrides` sets the achievement (0 to 1) of applicable criteria, for a planned or a
        verified figure. `waived` names criteria whose veto or cap does not bite, since a
        reviewer has accepted a compensating measure.
        """
        asked = self._all_asked.copy()
        tier = self._ask_everything(sheet, asked)
        values, reference_date = sheet.values, sheet.reference_date
        achievements = [plan.achieve(values, asked, reference_date) for plan in self.plans]
        for name in sheet.not_applicable:
            if name in self._claimable:
                achievements[self._claimable[name]] = None
        if overrides:
            for index, plan in enumerate(self.plans):
                a = overrides.get(plan.criterion.id)
                if a is not None and achievements[index] is not None:
                    achievements[index] = (a.numerator, a.denominator)
        domains, score = self._aggregate(achievements)
        triggered = self._triggered(achievements, tier, waived)
        band = rating = None
        if score is not None:
            band = next(i for i, low in enumerate(self._thresholds) if score >= low)
            rating = max([band, *(limit.rating for limit in triggered)])
        return Score(
            self.questionnaire,
            sheet,
            overrides or {},
            self.plans,
            asked,
            achievements,
            tier,
            domains,
            score,
            band,
            rating,
            triggered,
        )

    def _ask_everything(self, sheet: AnswerSheet, asked: dict[str, Asked]) -> str | None:
        """Decide which questions are asked; return the tier.

        `known` is what conditions see. `described` is the same without scored answers: what is
        hidden there is hidden whatever the scored answers may be.
        """
        known: dict[str, Any] = dict(sheet.values)
        described = {name: known.get(name) for name in self._describing}
        self._ask(self._scoping, known, described, asked)
        tier = self._tier(known)
        known[TIER] = described[TIER] = tier
        for test, names in self._conditional:
            applies = test(known)
            if applies is None:
                for name in names:
                    asked[name] = Asked.UNDETERMINED
                    known[name] = described[name] = None
            elif not applies:
                self._leave_out(names, Asked.BY_SCOPE, known, described, asked)
        for claimed in sheet.not_applicable:
            if claimed in self._claimable:
                plan = self.plans[self._claimable[claimed]]
                if asked[plan.questions[0]] is not Asked.BY_SCOPE:
                    self._leave_out(plan.questions, Asked.BY_CLAIM, known, described, asked)
        self._ask(self._follow_ups, known, described, asked)
        return tier

    @staticmethod
    def _leave_out(
        names: tuple[str, ...],
        why: Asked,
        known: dict[str, Any],
        described: dict[str, Any],
        asked: dict[str, Asked],
    ) -> None:
        for name in names:
            asked[name] = why
            known[name] = described[name] = NOT_ASKED

    @staticmethod
    def _ask(
        steps: list[Step], known: dict[str, Any], described: dict[str, Any], asked: dict[str, Asked]
    ) -> None:
        """Decide on questions with conditions, each after those that its condition looks at."""
        for step in steps:
            name = step.name
            if known.get(name) is NOT_ASKED:
                continue
            truth = step.test(known)
            if truth is None:
                asked[name] = Asked.UNDETERMINED
                known[name] = described[name] = None
            elif not truth:
                known[name] = NOT_ASKED
                if step.test(described) is not False:
                    asked[name] = Asked.BY_ANSWER
                    described[name] = None
                else:
                    asked[name] = Asked.BY_SCOPE
                    described[name] = NOT_ASKED

    def _tier(self, known: Known) -> str | None:
        for name, test in self._tiers:
            truth = True if test is None else test(known)
            if truth is None:
                return None
            if truth:
                return name
        raise AssertionError("the last tier is the default")

    def _aggregate(
        self, achievements: list[Achievement | None]
    ) -> tuple[dict[str, Fraction], Fraction | None]:
        """Return D by domain, and S."""
        sums: list[dict[int, int]] = [{} for _ in self._domains]
        weights = [0] * len(sums)
        for plan, achievement in zip(self.plans, achievements, strict=True):
            if achievement is not None:
                achieved, out_of = achievement
                by_denominator = sums[plan.domain]
                by_denominator[out_of] = by_denominator.get(out_of, 0) + plan.weight * achieved
                weights[plan.domain] += plan.weight
        domains = {}
        parts = []
        for name, share, by_denominator, weight in zip(
            self._domains, self._domain_weights, sums, weights, strict=True
        ):
            if weight:
                common = lcm(*by_denominator)
                total = sum(n * (common // d) for d, n in by_denominator.items())
                domains[name] = domain_score = Fraction(100 * total, common * weight)
                parts.append((share, domain_score.numerator, domain_score.denominator))
        if not parts:
            return domains, None
        common = lcm(*(denominator for _, _, denominator in parts))
        earned = sum(share * n * (common // d) for share, n, d in parts)
        return domains, Fraction(earned, common * sum(share for share, _, _ in parts))

    def _triggered(
        self, achievements: list[Achievement | None], tier: str | None, waived: AbstractSet[str]
    ) -> list[Triggered]:
        found = []
        for index, criterion, limit, best_left in self._limits:
            if (achievement := achievements[index]) and criterion.id not in waived:
                achieved, out_of = achievement
                mark = limit.mark(tier)
                if achieved * mark.denominator < mark.numerator * out_of:
                    found.append(Triggered(criterion, isinstance(limit, Veto), mark, best_left))
        return found

    def _best_left(self, limit: Veto | Cap) -> int:
        ratings = [rating.id for rating in self.questionnaire.ratings]
        return ratings.index(limit.rating) if isinstance(limit, Cap) else len(ratings) - 1


def _steps(questions: Mapping[str, Question]) -> list[Step]:
    """Return the questions with conditions, each after those that its condition looks at."""
    order = TopologicalSorter(
        {name: sorted(questions_in(question.ask_if)) for name, question in questions.items()}
    )
    return [
        Step(name, test_of(condition))
        for name in order.static_order()
        if (condition := questions[name].ask_if)
    ]


def _by_condition(plans: Iterable[Plan]) -> list[tuple[Test, tuple[str, ...]]]:
    """Return each condition of criteria once, with the questions of all criteria that have it."""
    found: dict[Condition, tuple[str, ...]] = {}
    for plan in plans:
        if condition := plan.criterion.applies_if:
            found[condition] = found.get(condition, ()) + plan.questions
    return [(test_of(condition), names) for condition, names in found.items()]


def _whole(weights: list[Fraction]) -> list[int]:
    """Return integers in the same proportion."""
    scale = lcm(*(weight.denominator for weight in weights))
    return [int(weight * scale) for weight in weights]
