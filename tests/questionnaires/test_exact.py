from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from questionnaires.exact import Exact, largest_remainder, parse, plain, rounded, short

written = st.one_of(
    st.integers(-(10**18) + 1, 10**18 - 1),
    st.from_regex(r"-?[0-9]{1,18}\.[0-9]{1,12}", fullmatch=True),
    st.from_regex(r"-?[0-9]{1,18}/[1-9][0-9]{0,17}", fullmatch=True),
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (7, Fraction(7)),
        ("0.95", Fraction(19, 20)),
        ("2/3", Fraction(2, 3)),
        (" 12 ", Fraction(12)),
        ("-0.5", Fraction(-1, 2)),
        ("007", Fraction(7)),
    ],
)
def test_a_number_is_read_exactly(text: int | str, number: Fraction) -> None:
    assert parse(text) == number


@pytest.mark.parametrize(
    "text",
    [0.1, True, None, "", "1e3", "1_000", "1,000", ".5", "5.", "1/0", "0x1f", "NaN", "inf", "１２",
     "--1", "1/2/3", "1.5/2", [], 10**18, -(10**18), "9" * 19, "1." + "1" * 13],
)  # fmt: skip
def test_what_is_no_exact_number_is_refused(text: object) -> None:
    with pytest.raises(ValueError, match="not an exact number"):
        parse(text)


def test_a_very_long_number_is_refused_at_once() -> None:
    for text in ("9" * 1_000_000, int("9" * 4_000)):
        with pytest.raises(ValueError, match="not an exact number"):
            parse(text)


@given(written)
def test_a_number_survives_being_written_and_read(text: int | str) -> None:
    assert parse(plain(parse(text))) == parse(text)


def test_an_integer_too_large_for_json_is_written_as_a_string() -> None:
    assert plain(Fraction(2**53 - 1)) == 2**53 - 1
    assert plain(Fraction(2**53)) == "9007199254740992"


@pytest.mark.parametrize(
    ("number", "places", "shown"),
    [
        (Fraction(1, 3), 2, "0.33"),
        (Fraction(2, 3), 2, "0.67"),
        (Fraction(1, 200), 2, "0.01"),
        (Fraction(-1, 200), 2, "-0.01"),
        (Fraction(100), 2, "100.00"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(0), 3, "0.000"),
        (Fraction(1, 200) - Fraction(1, 10**40), 2, "0.00"),
        (Fraction(10**40), 1, "1" + "0" * 40 + ".0"),
    ],
)
def test_rounding_is_half_up_at_any_size(number: Fraction, places: int, shown: str) -> None:
    assert str(rounded(number, places)) == shown


parts = st.lists(st.fractions(0, 100, max_denominator=997), max_size=30)


@given(parts, st.integers(0, 6))
def test_parts_rounded_by_largest_remainder_add_up(found: list[Fraction], places: int) -> None:
    shown = largest_remainder(found, places)
    assert sum(shown, Decimal(0)) == rounded(sum(found, Fraction(0)), places)
    unit = Fraction(1, 10**places)
    for part, printed in zip(found, shown, strict=True):
        assert abs(Fraction(printed) - part) < unit
        assert printed >= 0
        assert part or not printed, "nothing lost is printed as nothing"


def test_the_earlier_of_equal_remainders_gets_the_unit() -> None:
    third = Fraction(1, 3)
    assert largest_remainder([third, third, third]) == [
        Decimal(x) for x in ("0.34", "0.33", "0.33")
    ]


def test_a_fault_says_how_to_write_the_number() -> None:
    with pytest.raises(ValidationError, match=r"write an integer, or a quoted"):
        TypeAdapter(Exact).validate_python("many")


@pytest.mark.parametrize(
    ("number", "places", "written"),
    [
        (Fraction(200, 3), 2, "66.67"),
        (Fraction(100), 2, "100"),
        (Fraction(1, 2), 2, "0.5"),
        (Fraction(0), 2, "0"),
        (Fraction(1250), 0, "1250"),
        (Fraction(19, 2), 0, "10"),
    ],
)
def test_a_short_figure_has_no_trailing_zeros(number, places, written):
    assert short(number, places) == written
