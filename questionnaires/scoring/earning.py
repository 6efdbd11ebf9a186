"""What answers earn, made ready for many sheets: tables and integers instead of fractions.

An earner gives a question's points times a unit, as the question's own `points` defines them. The
unit is chosen so that the result is an integer wherever a file names the points; only a line, and
a scale that is full at 3, may lead to a fraction.
"""

import datetime
from collections.abc import Callable, Mapping
from fractions import Fraction
from math import lcm
from typing import Any

from questionnaires.questions import (
    DateQuestion,
    MultipleChoice,
    Number,
    Question,
    Ratio,
    Scale,
    SingleChoice,
    Special,
    YesNo,
)

Earned = int | Fraction
Earn = Callable[[Any, datetime.date], Earned | None]
"""Points times the unit; None where the answer leaves the question out of the score."""


def unit_of(questions: list[Question]) -> int:
    """Return the smallest unit that makes the points of these questions whole, lines apart."""
    denominators = [1]
    for question in questions:
        match question:
            case SingleChoice() | MultipleChoice():
                found = [option.points for option in question.options]
            case Number() | Ratio():
                found = [band.points for band in question.bands]
            case Scale():
                found = list(_points_by_value(question).values())
            case _:
                found = []
        denominators += [points.denominator for points in found if points is not None]
    return lcm(*denominators)


def table_of(question: Question, unit: int) -> dict[Any, Earned] | None:
    """Return what each value earns where the values are few, None for no answer included."""
    if not isinstance(question, SingleChoice | YesNo | Scale):
        return None
    earned = {value: _times(points, unit) for value, points in _points_by_value(question).items()}
    return earned | {None: 0}


def earner_of(question: Question, unit: int) -> Earn:
    """Return what turns a value of the question into what it earns."""
    if table := table_of(question, unit):
        return lambda value, reference_date: table[value]
    match question:
        case MultipleChoice():
            return _adding(
                {
                    option.id: _times(option.points or Fraction(0), unit)
                    for option in question.options
                },
                100 * unit,
            )
        case Ratio() if question.bands:
            return _banded(question, unit, _share)
        case Number() if question.bands:
            return _banded(question, unit, _figure)
        case DateQuestion():
            full = 100 * unit
            return lambda value, day: full if question.points(value, day) else 0
    return lambda value, reference_date: _times_or_none(
        question.points(value, reference_date), unit
    )


def _points_by_value(question: SingleChoice | YesNo | Scale) -> dict[Any, Fraction]:
    match question:
        case SingleChoice():
            values: list[Any] = [option.id for option in question.options]
        case YesNo():
            values = list(question.LABELS)
        case Scale():
            values = list(range(len(question.LEVELS)))
    found = {value: question.points(value, datetime.date.min) for value in values}
    return {value: points for value, points in found.items() if points is not None}


def _adding(table: Mapping[str, Earned], full: int) -> Earn:
    def earn(value: Any, reference_date: datetime.date) -> Earned:
        total: Earned = 0
        for option in value:
            total += table[option]
        return total if total < full else full

    return earn


def _banded(question: Number | Ratio, unit: int, figure: Callable[[Any], tuple[int, int]]) -> Earn:
    *bands, last = question.bands
    limits = [
        (band.to.numerator, band.to.denominator, _times(band.points, unit))
        for band in bands
        if band.to is not None
    ]
    beyond = _times(last.points, unit)

    def earn(value: Any, reference_date: datetime.date) -> Earned | None:
        if value is Special.CANNOT_SHOW:
            return 0
        above, below = figure(value)
        if not below:
            return None
        for numerator, denominator, earned in limits:
            if above * denominator < numerator * below:
                return earned
        return beyond

    return earn


def _figure(value: Any) -> tuple[int, int]:
    return value.numerator, value.denominator


def _share(value: Any) -> tuple[int, int]:
    """Return a proportion as two integers; nothing out of nothing has no share and gives 0, 0."""
    part, whole = value.numerator, value.denominator
    return part.numerator * whole.denominator, whole.numerator * part.denominator


def _times(points: Fraction, unit: int) -> Earned:
    product = points * unit
    return product.numerator if product.denominator == 1 else product


def _times_or_none(points: Fraction | None, unit: int) -> Earned | None:
    return None if points is None else _times(points, unit)
