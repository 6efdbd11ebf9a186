"""What is written into a cell comes back as it was, and is never a formula."""

import datetime as dt
import io

import pytest
from openpyxl import Workbook, load_workbook

from compliance.spreadsheets import LONGEST, unescape, write


def kept(value):
    """What a cell holds after the workbook was stored and opened again."""
    book, file = Workbook(), io.BytesIO()
    write(book.active["A1"], value)
    book.save(file)
    return load_workbook(file).active["A1"]


@pytest.mark.parametrize("text", ["=1+1", "+86 10", "-1", "@SUM(A1)", '=HYPERLINK("x")'])
def test_a_text_is_never_a_formula(text):
    cell = kept(text)
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


@pytest.mark.parametrize("text", ["_x000D_", "a_x0041_b", "_x005F_", "两行\n文字", "  边  "])
def test_a_text_comes_back_as_it_was(text):
    assert unescape(kept(text).value) == text


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\ud800", "\ufffe", "\uffff"])
def test_a_sign_that_no_spreadsheet_can_hold_is_replaced(sign):
    assert kept(f"前{sign}后").value == "前\ufffd后"


@pytest.mark.parametrize("escape", ["_xD800_", "_xFFFE_", "_x0000_"])
def test_no_escape_brings_such_a_sign_back(escape):
    assert unescape(f"前{escape}后") == "前\ufffd后"


def test_a_text_that_is_too_long_says_that_it_goes_on():
    text = kept("长" * (LONGEST + 5)).value
    assert len(text) == LONGEST
    assert text.endswith("…")


def test_numbers_and_dates_stay_what_they_are():
    assert kept(12.5).value == 12.5
    assert kept(dt.date(2026, 11, 21)).value.date() == dt.date(2026, 11, 21)
