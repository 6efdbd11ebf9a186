"""A criterion made ready for scoring many sheets."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import lcm
from typing import Any

from questionnaires.document import WeighedCriterion
from questionnaires.scoring.earning import Earn, Earned, earner_of, table_of, unit_of
from questionnaires.scoring.standing import Asked

Achievement = tuple[int, int]
"""a as numerator and denominator, not reduced."""

Achieve = Callable[[Mapping[str, Any], Mapping[str, Asked], datetime.date], Achievement | None]
"""Answers, what is asked, reference date → a; None where the criterion is not applicable."""

_YES, _UNDETERMINED, _BY_ANSWER = Asked.YES, Asked.UNDETERMINED, Asked.BY_ANSWER


@dataclass(frozen=True, slots=True)
class Plan:
    """How one criterion is scored."""

    criterion: WeighedCriterion
    weight: int
    """Its weight, as an integer over a denominator common to all criteria."""
    domain: int
    questions: tuple[str, ...]
    scored: tuple[str, ...]
    achieve: Achieve


def plan_of(criterion: WeighedCriterion, scale: int, domain: int) -> Plan:
    """Return the plan of a criterion whose weight times `scale` is an integer."""
    return Plan(
        criterion=criterion,
        weight=int(criterion.weight * scale),
        domain=domain,
        questions=tuple(question.id for question in criterion.questions),
        scored=tuple(question.id for question in criterion.questions if question.scored),
        achieve=_achieve(criterion),
    )


def _achieve(criterion: WeighedCriterion) -> Achieve:
    scored = [question for question in criterion.questions if question.scored]
    unit = unit_of(scored)
    scale = lcm(*(question.weight.denominator for question in scored))
    weights = [int(question.weight * scale) for question in scored]
    tables = [table_of(question, unit) for question in scored]
    mean = criterion.combine == "mean"
    if mean and all(tables) and not any(question.ask_if for question in scored):
        return _mean_of_tables(
            tuple(
                (question.id, {value: weight * earned for value, earned in (table or {}).items()})
                for question, weight, table in zip(scored, weights, tables, strict=True)
            ),
            100 * unit * sum(weights),
        )
    rows = tuple(
        (question.id, weight, earner_of(question, unit), question.if_hidden == "leave_out")
        for question, weight in zip(scored, weights, strict=True)
    )
    return _in_general(rows, 100 * unit, mean)


def _mean_of_tables(tables: tuple[tuple[str, dict[Any, Earned]], ...], full: int) -> Achieve:
    """Mean over questions that stand and fall together, whose values can be looked up."""
    first = tables[0][0]

    def achieve(
        values: Mapping[str, Any], asked: Mapping[str, Asked], reference_date: datetime.date
    ) -> Achievement | None:
        state = asked[first]
        if state is _YES:
            total: Earned = 0
            for name, table in tables:
                total += table[values.get(name)]
            return total.numerator, full * total.denominator
        return (0, full) if state is _UNDETERMINED else None

    return achieve


def _in_general(rows: tuple[tuple[str, int, Earn, bool], ...], full: int, mean: bool) -> Achieve:
    """Mean or minimum over questions of any kind, each asked or not; `full` is 100 points."""

    def achieve(
        values: Mapping[str, Any], asked: Mapping[str, Asked], reference_date: datetime.date
    ) -> Achievement | None:
        total: Earned = 0
        lowest: Earned = full
        weights = 0
        any_asked = False
        for name, weight, earn, leave_out in rows:
            state = asked[name]
            earned: Earned = 0
            if state is _YES:
                value = values.get(name)
                if value is not None:
                    found = earn(value, reference_date)
                    if found is None:
                        continue  # nothing out of nothing: not applicable
                    earned = found
                any_asked = True
            elif state is _UNDETERMINED:
                any_asked = True
            elif state is not _BY_ANSWER or leave_out:
                continue
            total += weight * earned
            weights += weight
            if earned < lowest:
                lowest = earned
        if not any_asked:
            return None
        if mean:
            return total.numerator, full * weights * total.denominator
        return lowest.numerator, full * lowest.denominator

    return achieve
