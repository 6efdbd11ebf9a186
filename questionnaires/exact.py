"""Exact numbers: integers and fractions at every border, never a binary float."""

import math
import re
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from questionnaires.faults import shortened

_UNSIGNED = r"([0-9]{1,18}(\.[0-9]{1,12})?|[0-9]{1,30}/[1-9][0-9]{0,17})"
_WRITTEN = re.compile(f"-?{_UNSIGNED}")
_LARGEST = 10**18
_LARGEST_IN_JSON = 2**53 - 1
"""Beyond this an integer does not survive JSON (RFC 8785 refuses it) and is kept as a string."""
_HALF = Fraction(1, 2)


def parse(written: Any) -> Fraction:
    """Return the exact number behind an integer or a string such as "0.95" or "2/3".

    Raises ValueError for anything else; a float is refused because 0.1 is not one tenth in it.
    """
    if isinstance(written, Fraction):
        return written
    if isinstance(written, int) and not isinstance(written, bool) and abs(written) < _LARGEST:
        return Fraction(written)
    if isinstance(written, str) and _WRITTEN.fullmatch(written.strip()):
        return Fraction(written.strip())
    raise ValueError(f"{written!r} is not an exact number")


def plain(number: Fraction) -> int | str:
    """Return the number as JSON keeps it: an integer, or a string such as "2/3"."""
    small = number.denominator == 1 and abs(number.numerator) <= _LARGEST_IN_JSON
    return number.numerator if small else str(number)


def rounded(number: Fraction, places: int = 2) -> Decimal:
    """Return the number rounded half up to so many decimal places, a half away from zero."""
    units = math.floor(abs(number) * 10**places + _HALF)
    return _decimal(-units if number < 0 else units, places)


def short(number: Fraction, places: int = 2) -> str:
    """Return the number rounded to so many places, without trailing zeros, such as "66.67"."""
    written = f"{rounded(number, places):f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def largest_remainder(parts: list[Fraction], places: int = 2) -> list[Decimal]:
    """Round non-negative parts so that they add up to their rounded sum.

    Every part is first rounded down; the units still missing go to the largest remainders, the
    earlier part first among equals (Hamilton's method).
    """
    scale = 10**places
    total = math.floor(sum(parts, Fraction(0)) * scale + _HALF)
    floors = [part.numerator * scale // part.denominator for part in parts]
    by_remainder = sorted(range(len(parts)), key=lambda i: (floors[i] - parts[i] * scale, i))
    for index in by_remainder[: total - sum(floors)]:
        floors[index] += 1
    return [_decimal(units, places) for units in floors]


def _decimal(units: int, places: int) -> Decimal:
    """Return so many units of the last place; exact, whatever the context's precision."""
    return Decimal((units < 0, tuple(map(int, str(abs(units)))), -places))


def _validate(written: Any) -> Fraction:
    try:
        return parse(written)
    except ValueError:
        raise PydanticCustomError(
            "exact_number",
            '{written} is not an exact number; write an integer, or a quoted "0.95" or "2/3"',
            {"written": shortened(f"“{written}”" if isinstance(written, str) else repr(written))},
        ) from None


def _in_schema(pattern: str, **limits: int) -> WithJsonSchema:
    integer = {"type": "integer", **limits}
    return WithJsonSchema({"anyOf": [integer, {"type": "string", "pattern": f"^{pattern}$"}]})


Exact = Annotated[
    Fraction,
    BeforeValidator(_validate),
    PlainSerializer(plain, return_type=int | str),
    _in_schema(_WRITTEN.pattern),
]
Positive = Annotated[Exact, Field(gt=0), _in_schema(_UNSIGNED, exclusiveMinimum=0)]
Points = Annotated[Exact, Field(ge=0, le=100), _in_schema(_UNSIGNED, minimum=0, maximum=100)]
Share = Annotated[Exact, Field(ge=0, le=1), _in_schema(_UNSIGNED, minimum=0, maximum=1)]
