"""Numbers as pages write them, for reading and for following with a pocket calculator."""

from decimal import Decimal
from fractions import Fraction

from questionnaires.exact import rounded, short

LARGEST_DENOMINATOR = 9999
"""A fraction beyond this is written as a decimal: nobody types it into a calculator."""


def operand(number: Fraction) -> str:
    """Return the number as a formula takes it: a decimal, or a fraction where that is not exact."""
    if Fraction(rounded(number, 4)) == number or number.denominator > LARGEST_DENOMINATOR:
        return short(number, 6)
    return f"{number.numerator}/{number.denominator}"


def equals(number: Fraction, places: int = 4) -> str:
    """Return the right-hand side of a formula: “= 0.65”, or “≈ 0.6667” where it is rounded."""
    sign = "=" if Fraction(rounded(number, places)) == number else "≈"
    return f"{sign} {short(number, places)}"


def signed(number: Decimal) -> str:
    """Return the number with its sign, a minus as typographers write it."""
    return f"+{number}" if number > 0 else str(number).replace("-", "−")
