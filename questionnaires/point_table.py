"""What a question can be answered, and how many points each answer earns, as a table for people."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from questionnaires.exact import short
from questionnaires.parts import Language
from questionnaires.questions import (
    FULL,
    NOTHING,
    DateQuestion,
    MultipleChoice,
    Number,
    Question,
    Ratio,
    Scale,
    SingleChoice,
    YesNo,
)


@dataclass(frozen=True, slots=True)
class PointRow:
    """One answer, or one range of answers."""

    answer: str
    points: Fraction | None
    """0 to 100; None where the question is not scored, or where they lie between two ends."""
    exclusive: bool = False
    """It cannot stand beside another option."""
    evidence_required: bool = False
    """It must have evidence behind it."""


def point_table(question: Question, language: Language) -> tuple[PointRow, ...]:
    """Return the rows in written order; none for free words and names of documents."""
    rows = tuple(_rows(question, language))
    if not question.evidence_required:
        return rows
    return tuple(
        replace(row, evidence_required=not question.scored or row.points == FULL) for row in rows
    )


def _rows(question: Question, language: Language) -> Iterator[PointRow]:
    match question:
        case SingleChoice():
            for option in question.options:
                yield PointRow(
                    option.text.to(language),
                    option.points,
                    evidence_required=option.evidence_required,
                )
        case MultipleChoice():
            for each in question.options:
                yield PointRow(
                    each.text.to(language), each.points, each.exclusive, each.evidence_required
                )
        case YesNo():
            for key, labels in question.LABELS.items():
                full = FULL if key == question.full_for else NOTHING
                yield PointRow(labels[language], full if question.scored else None)
        case Scale():
            for level in range(len(question.LEVELS)):
                points = min(FULL, FULL * level / question.full_at)
                yield PointRow(question.words(level, language), points)
        case Number() | Ratio():
            yield from _measured(question, language)
        case DateQuestion(fresh_within=months) if months:
            zh = language == "zh"
            yield PointRow(
                f"基准日前{months}个月内"
                if zh
                else f"within {months} months of the reference date",
                FULL,
            )
            yield PointRow("更早" if zh else "earlier", NOTHING)
    if question.scored and (cannot_show := getattr(question, "cannot_show", None)):
        yield PointRow(cannot_show.to(language), NOTHING)


def _measured(question: Number | Ratio, language: Language) -> Iterator[PointRow]:
    say = _Figures(question, language)
    for band in question.bands:
        yield PointRow(say.range(band.from_, band.to), band.points)
    if line := question.linear:
        worst, best = say.figure(line.worst), say.figure(line.best)
        between = f"{worst}与{best}之间" if language == "zh" else f"between {worst} and {best}"
        yield PointRow(worst, NOTHING)
        yield PointRow(between, None)
        yield PointRow(best, FULL)


class _Figures:
    """Says the figures of one question: whole ones one by one, others from and below."""

    def __init__(self, question: Number | Ratio, language: Language) -> None:
        self.ratio = isinstance(question, Ratio)
        self.whole = isinstance(question, Number) and question.whole
        self.lowest = question.minimum if isinstance(question, Number) else NOTHING
        self.highest = question.maximum if isinstance(question, Number) else Fraction(1)
        unit = question.unit.to(language) if isinstance(question, Number) and question.unit else ""
        self.unit = "%" if self.ratio else unit if language == "zh" or not unit else f" {unit}"
        self.zh = language == "zh"

    def figure(self, number: Fraction) -> str:
        return self._bare(number) + self.unit

    def range(self, low: Fraction | None, high: Fraction | None) -> str:
        low = self.lowest if low is None else max(low, self.lowest)
        if high is None:
            return self._from(low)
        if self.whole:
            first, last = Fraction(math.ceil(low)), Fraction(math.ceil(high) - 1)
            if first == last:
                return self.figure(first)
            between = "至" if self.zh else " to "
            return f"{self._bare(first)}{between}{self.figure(last)}"
        if low <= self.lowest:
            return f"不足{self.figure(high)}" if self.zh else f"below {self.figure(high)}"
        ends = (self.figure if self.ratio else self._bare)(low), self.figure(high)
        return ("{}以上、不足{}" if self.zh else "{} or more, below {}").format(*ends)

    def _bare(self, number: Fraction) -> str:
        return short(100 * number if self.ratio else number)

    def _from(self, low: Fraction) -> str:
        if low == self.highest:
            return self.figure(low)
        return f"{self.figure(low)}以上" if self.zh else f"{self.figure(low)} or more"
