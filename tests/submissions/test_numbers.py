"""Submission numbers: unguessable, and a typing error in one is noticed."""

from hypothesis import given
from hypothesis import strategies as st

from compliance.assessments.submissions.numbers import (
    LETTERS,
    is_number,
    new_number,
    normal,
    number_of_round,
    number_with,
)

numbers = st.builds(
    number_with,
    st.integers(2026, 2099),
    st.from_regex(r"\A[1-9][0-9]{5}\Z"),
    st.text(LETTERS, min_size=6, max_size=6),
)


@given(numbers, st.integers(1, 999))
def test_every_number_has_its_form(number, round_):
    assert is_number(number)
    later = number_of_round(number, round_)
    assert is_number(later)
    assert later[:21] == number[:21]
    assert number_of_round(later, 1) == number


@given(numbers, st.data())
def test_one_wrong_character_is_noticed(number, data):
    places = [place for place, letter in enumerate(number) if letter in LETTERS]
    place = data.draw(st.sampled_from(places))
    other = data.draw(st.sampled_from(LETTERS).filter(lambda letter: letter != number[place]))
    assert not is_number(number[:place] + other + number[place + 1 :])


@given(numbers, st.data())
def test_two_neighbours_that_changed_places_are_noticed(number, data):
    place = data.draw(st.integers(0, len(number) - 2))
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert swapped == number or not is_number(swapped)


@given(numbers)
def test_it_may_be_written_without_dashes_in_small_or_wide_letters(number):
    assert normal(number.replace("-", " ").lower()) == number
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isalnum() else c for c in number)
    assert normal(f" {wide} ") == number


@given(st.text(max_size=60))
def test_anything_may_be_written(text):
    assert is_number(normal(text)) in (True, False)


def test_nobody_counts_by_them():
    drawn = {new_number(2026, "110105")[15:21] for _ in range(200)}
    assert len(drawn) == 200
