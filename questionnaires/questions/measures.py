"""Questions answered with a figure: a number, or so many out of so many."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any, Literal, Self

from pydantic import Field, StrictBool, model_validator
from pydantic_core import PydanticCustomError

from questionnaires import exact
from questionnaires.exact import Exact, Points
from questionnaires.parts import Bilingual, Language, Part
from questionnaires.questions.base import (
    FULL,
    NOTHING,
    AnswerError,
    Proportion,
    Showable,
    Special,
    Value,
    check_range,
)


class Band(Part):
    """From `from` (included) up to `to` (left out) an answer earns these points."""

    from_: Exact | None = Field(default=None, alias="from")
    to: Exact | None = None
    points: Points


class Linear(Part):
    """100 · clamp((x - worst) / (best - worst))."""

    worst: Exact
    """The figure that earns 0 points."""
    best: Exact
    """The figure that earns 100 points."""

    @model_validator(mode="after")
    def _differ(self) -> Self:
        if self.worst == self.best:
            raise PydanticCustomError("linear", "worst and best must differ")
        return self

    def points(self, number: Fraction) -> Fraction:
        """Return 0 to 100 points for the number."""
        share = (number - self.worst) / (self.best - self.worst)
        return FULL * min(Fraction(1), max(NOTHING, share))


class Measured(Showable):
    """A question answered with a figure, scored by bands or linearly, or not at all."""

    bands: tuple[Band, ...] = ()
    """From the lowest figure to the highest, without a hole."""
    linear: Linear | None = None
    """In place of bands: points in proportion."""

    @model_validator(mode="after")
    def _check_scoring(self) -> Self:
        if self.bands and self.linear:
            raise PydanticCustomError(
                "scoring", "give either bands or linear, not both", {"at": ("linear",)}
            )
        if self.bands:
            _check_bands(self.bands)
            check_range({band.points for band in self.bands}, "bands")
        return self

    @property
    def scored(self) -> bool:
        return bool(self.bands) or self.linear is not None

    def points_of(self, figure: Fraction) -> Fraction:
        """Return the points of a figure by the bands or the line."""
        if self.linear:
            return self.linear.points(figure)
        return next(band.points for band in self.bands if band.to is None or figure < band.to)


class Number(Measured):
    """An amount or a count."""

    type: Literal["number"]
    unit: Bilingual | None = None
    minimum: Exact = Fraction(0)
    """The lowest figure that is accepted."""
    maximum: Exact | None = None
    """The highest figure that is accepted."""
    whole: StrictBool = False
    """Whether only whole numbers are accepted."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.maximum is not None and self.maximum <= self.minimum:
            raise PydanticCustomError(
                "limits", "maximum must be above minimum", {"at": ("maximum",)}
            )
        if self.scored:
            ends = (self.minimum, self.maximum)
            _check_reach(self, ends)
        return self

    def read(self, given: Any) -> Value:
        if given == Special.CANNOT_SHOW.value:
            return self.read_cannot_show()
        return _number(given, self.minimum, self.maximum, self.whole)

    def write(self, value: Value) -> Any:
        return exact.plain(value) if isinstance(value, Fraction) else super().write(value)

    def points(self, value: Value, reference_date: datetime.date) -> Fraction | None:
        if value is Special.CANNOT_SHOW:
            return NOTHING
        assert isinstance(value, Fraction)
        return self.points_of(value)

    def words(self, value: Value, language: Language) -> str:
        if value is Special.CANNOT_SHOW:
            return self.cannot_show_words(language)
        assert isinstance(value, Fraction)
        unit = f" {self.unit.to(language)}" if self.unit else ""
        return f"{_figure(value)}{unit}"


class Ratio(Measured):
    """So many out of so many; nothing out of nothing is not applicable."""

    type: Literal["ratio"]
    numerator: Bilingual
    """What is counted."""
    denominator: Bilingual
    """What it is counted out of."""
    whole: StrictBool = True
    """Whether both are whole numbers."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.scored:
            _check_reach(self, (NOTHING, Fraction(1)))
        return self

    def read(self, given: Any) -> Value:
        if given == Special.CANNOT_SHOW.value:
            return self.read_cannot_show()
        if not isinstance(given, Mapping) or set(given) != {"numerator", "denominator"}:
            raise AnswerError("not_a_ratio")
        ratio = Proportion(
            _number(given["numerator"], NOTHING, None, self.whole),
            _number(given["denominator"], NOTHING, None, self.whole),
        )
        if ratio.numerator > ratio.denominator:
            raise AnswerError("numerator_above")
        return ratio

    def write(self, value: Value) -> Any:
        if not isinstance(value, Proportion):
            return super().write(value)
        return {
            "numerator": exact.plain(value.numerator),
            "denominator": exact.plain(value.denominator),
        }

    def points(self, value: Value, reference_date: datetime.date) -> Fraction | None:
        if value is Special.CANNOT_SHOW:
            return NOTHING
        assert isinstance(value, Proportion)
        return None if value.share is None else self.points_of(value.share)

    def words(self, value: Value, language: Language) -> str:
        if value is Special.CANNOT_SHOW:
            return self.cannot_show_words(language)
        assert isinstance(value, Proportion)
        pair = f"{_figure(value.numerator)} / {_figure(value.denominator)}"
        if value.share is None:
            return pair
        percent = _percent(value.share)
        return f"{pair}（{percent}%）" if language == "zh" else f"{pair} ({percent}%)"


def _number(given: Any, minimum: Fraction, maximum: Fraction | None, whole: bool) -> Fraction:
    try:
        number = exact.parse(given)
    except ValueError:
        raise AnswerError("not_a_number", given=given) from None
    if whole and number.denominator != 1:
        raise AnswerError("not_whole")
    if number < minimum:
        raise AnswerError("too_small", limit=exact.plain(minimum))
    if maximum is not None and number > maximum:
        raise AnswerError("too_large", limit=exact.plain(maximum))
    return number


def _figure(number: Fraction) -> str:
    """Write a figure in full where it ends within twelve decimals, else with two."""
    for places in range(13):
        if (number * 10**places).denominator == 1:
            return f"{exact.rounded(number, places):f}"
    return f"{exact.rounded(number):f}"


def _percent(share: Fraction) -> str:
    """Write a share of 1 in percent, with one decimal; 0 and 100 only where nothing is rounded."""
    shown = exact.rounded(share * 100, 1)
    if share not in (0, 1):
        shown = min(max(shown, Decimal("0.1")), Decimal("99.9"))
    return f"{shown:f}".removesuffix(".0")


def _check_bands(bands: tuple[Band, ...]) -> None:
    for index, (band, following) in enumerate(pairwise(bands)):
        if band.to is None or following.from_ != band.to:
            raise PydanticCustomError(
                "bands",
                "bands leave a hole or overlap: each `from` must equal the `to` before it",
                {"at": ("bands", index + 1)},
            )
        if band.from_ is not None and band.from_ >= band.to:
            raise PydanticCustomError(
                "bands", "a band's `from` must lie below its `to`", {"at": ("bands", index)}
            )
    if bands[-1].to is not None:
        raise PydanticCustomError(
            "bands",
            "the last band has no `to`: it is open upwards",
            {"at": ("bands", len(bands) - 1)},
        )


def _check_reach(question: Measured, ends: tuple[Fraction, Fraction | None]) -> None:
    """Refuse bands or a line that leave figures without points, or an end out of reach."""
    low, high = ends
    if question.bands:
        first = question.bands[0].from_
        if first is not None and first > low:
            raise PydanticCustomError(
                "bands",
                "figures from {low} up to {first} fall into no band",
                {"low": str(low), "first": str(first), "at": ("bands", 0)},
            )
        for index, band in enumerate(question.bands):
            below = band.to is not None and band.to <= low
            above = high is not None and band.from_ is not None and band.from_ > high
            if below or above:
                raise PydanticCustomError(
                    "bands",
                    "no answer reaches the band {of}: figures run from {low}{high}",
                    {
                        "of": f"up to {band.to}" if below else f"from {band.from_}",
                        "low": str(low),
                        "high": "" if high is None else f" to {high}",
                        "at": ("bands", index),
                    },
                )
    if question.linear:
        for end in (question.linear.worst, question.linear.best):
            if end < low or (high is not None and end > high):
                raise PydanticCustomError(
                    "linear",
                    "{end} lies outside what can be answered, so 0 and 100 are not both in reach",
                    {"end": str(end), "at": ("linear",)},
                )
