"""What is written into a spreadsheet stays what it was."""

import io

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from compliance.spreadsheets import LONGEST, Column, add_sheet


def read_back(*values: str | int) -> Worksheet:
    book = Workbook()
    book.remove(book.worksheets[0])
    add_sheet(book, "Sheet", [Column("=head", 12), Column("two", 40)], [[v, "x"] for v in values])
    file = io.BytesIO()
    book.save(file)
    return load_workbook(file).worksheets[0]


@pytest.mark.parametrize(
    "value", ["=1+1", "+49 30", "-5 dB", "@SUM(A1)", '=HYPERLINK("http://x.example","y")', "\tx"]
)
def test_text_that_looks_like_a_formula_stays_text(value):
    cell = read_back(value).cell(2, 1)
    assert (cell.value, cell.data_type, cell.quotePrefix) == (value, "s", True)


def test_ordinary_text_and_numbers_are_written_plainly():
    sheet = read_back("合规要求", 12)
    assert (sheet.cell(2, 1).value, sheet.cell(2, 1).quotePrefix) == ("合规要求", False)
    assert (sheet.cell(3, 1).value, sheet.cell(3, 1).data_type) == (12, "n")


def test_a_heading_is_guarded_too():
    cell = read_back().cell(1, 1)
    assert (cell.value, cell.data_type) == ("=head", "s")


def test_signs_that_a_cell_cannot_hold_are_replaced_and_endless_text_is_cut():
    sheet = read_back("a\x00b\x0bc", "长" * (LONGEST + 1))
    assert sheet.cell(2, 1).value == "a\ufffdb\ufffdc"
    long = sheet.cell(3, 1).value
    assert len(long) == LONGEST
    assert long.endswith("长…")


def test_the_head_is_frozen_filtered_and_printed_on_each_page():
    sheet = read_back("a", "b")
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:B3"
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width) == (12, 40)
    assert sheet.cell(2, 2).alignment.wrap_text
    assert sheet.cell(1, 1).font.bold
