"""Spreadsheets whose cells stay what was written into them: text is never taken for a formula."""

import datetime
import re
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 32_767
"""The most characters that a cell can hold."""
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet, or one that opens an export of it, may take for the start of a formula."""

_IMPOSSIBLE = re.compile(f"{ILLEGAL_CHARACTERS_RE.pattern}|[\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""How a spreadsheet writes a sign that its XML cannot hold, such as _x000D_."""

_HEAD = PatternFill("solid", fgColor="E0EEE8")
_LINE = Border(bottom=Side(style="thin", color="D4DAD2"))
_INK = "16201C"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and its width in characters."""

    heading: str
    width: int


def write(cell: Cell, value: str | float | datetime.date) -> None:
    """Write a number or a date, or a text that stays a text.

    Signs that a spreadsheet cannot hold become U+FFFD; what is too long ends in “…”.
    """
    if not isinstance(value, str):
        cell.value = value
        return
    text = _ESCAPE.sub(r"_x005F_x\1_", _IMPOSSIBLE.sub("\ufffd", value))
    if len(text) > LONGEST:
        text = text[: LONGEST - 1] + "…"
    cell.value = text
    cell.data_type = "s"
    if text.startswith(FORMULA_SIGNS):
        cell.quotePrefix = True


def unescape(text: str) -> str:
    """Return a cell's text with the signs that stand in it as escapes, but none that cannot be."""
    return _IMPOSSIBLE.sub("\ufffd", _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text))


def add_sheet(
    book: Workbook, title: str, columns: Sequence[Column], rows: Iterable[Sequence[str | int]]
) -> Worksheet:
    """Add a sheet with a frozen head, filters, and wrapped text; it prints on A4 across."""
    sheet: Worksheet = book.create_sheet(title)
    for place, column in enumerate(columns, start=1):
        cell = put(sheet, 1, place, column.heading)
        cell.font = Font(bold=True, color=_INK)
        cell.fill = _HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    look = _look(sheet)
    for number, row in enumerate(rows, start=2):
        for place, value in enumerate(row, start=1):
            cell = put(sheet, number, place)
            cell._style = copy(look)  # type: ignore[attr-defined]
            put(sheet, number, place, value)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    print_across(sheet)
    return sheet


def _look(sheet: Worksheet) -> StyleArray:
    """Return how the cells below the head look, to be copied into each of them.

    Setting font, alignment and border cell by cell takes ten times as long as all the rest.
    """
    cell = Cell(sheet, 1, 1)
    cell.font = Font(color=_INK)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.border = _LINE
    look: StyleArray = cell._style  # type: ignore[attr-defined]  # which has no public name
    return look


def print_across(sheet: Worksheet) -> None:
    """Set a sheet to print on A4 across, all columns on a page, with its head on each."""
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def put(sheet: Worksheet, row: int, column: int, value: str | float | datetime.date = "") -> Cell:
    """Return the cell in this place, with this in it; without anything it stays as it is."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    if value != "":
        write(cell, value)
    return cell
