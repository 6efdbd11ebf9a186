"""How the cells and sheets of a workbook look, which of them can be filled in, how they print."""

from dataclasses import dataclass
from functools import cache
from unicodedata import east_asian_width

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from compliance.assessments.workbooks.layout import ANSWER, COMMENT, KEY, NOTES, NUMBER, TEXT
from compliance.spreadsheets import print_across

WIDTHS = {KEY: 4, NUMBER: 8, TEXT: 46, NOTES: 40, ANSWER: 38, COMMENT: 34}
"""In characters."""
LINE_HEIGHT, HIGHEST = 16, 409
"""In points."""
FONT = "Microsoft YaHei"
_INK, _MUTED = "16201C", "55605A"
_HEAD, _TITLE, _FIXED, _OPEN = "CFE3DA", "E0EEE8", "F3F5F1", "FFFFFF"
_THIN = Side(style="thin", color="BFC8C0")
_STRONG = Side(style="thin", color="2F6B57")


@dataclass(frozen=True)
class Look:
    """The look of a cell; an open one can be filled in."""

    fill: str = _FIXED
    ink: str = _INK
    bold: bool = False
    size: int = 11
    indent: int = 0
    number_format: str = "General"
    open: bool = False


LOOKS = {
    "head": Look(_HEAD, bold=True),
    "section": Look(_TITLE, bold=True, size=13),
    "criterion": Look(_TITLE, bold=True),
    "intro": Look(_TITLE, ink=_MUTED),
    "question": Look(),
    "part": Look(indent=1),
    "number": Look(ink=_MUTED, number_format="@"),
    "notes": Look(ink=_MUTED),
    # Text cells, so that what is typed into them stays as it was typed: 1-2 is no date.
    "choice": Look(_OPEN, number_format="@", open=True),
    "tick": Look(_OPEN, number_format="@", open=True),
    "text": Look(_OPEN, number_format="@", open=True),
    "figure": Look(_OPEN, open=True),
    "date": Look(_OPEN, number_format="yyyy-mm-dd", open=True),
}


def dress(cell: Cell, name: str) -> Cell:
    """Give a cell one of the looks."""
    look = LOOKS[name]
    cell.font, cell.fill, cell.border, cell.alignment, cell.protection = _parts(look)
    cell.number_format = look.number_format
    return cell


@cache
def _parts(look: Look) -> tuple[Font, PatternFill, Border, Alignment, Protection]:
    side = _STRONG if look.open else _THIN
    return (
        Font(name=FONT, bold=look.bold, color=look.ink, size=look.size),
        PatternFill("solid", fgColor=look.fill),
        Border(top=side, bottom=side, left=side, right=side),
        Alignment(wrap_text=True, vertical="top", horizontal="left", indent=look.indent),
        Protection(locked=not look.open),
    )


def frame(sheet: Worksheet, footer: str) -> None:
    """Set widths, the frozen head, protection without a password, and how the sheet prints."""
    for column, width in WIDTHS.items():
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.column_dimensions[get_column_letter(KEY)].hidden = True
    sheet.freeze_panes = "C2"
    protect(sheet)
    print_across(sheet)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    left, right = sheet.oddFooter.left, sheet.oddFooter.right  # type: ignore[union-attr]
    # An ampersand would begin a command of the footer.
    left.text, right.text = footer.replace("&", "&&"), "&P / &N"


def fit(sheet: Worksheet, row: int) -> None:
    """Make a row as high as its longest text needs; one of a line is left to the program.

    Programs do not agree on whether they do so themselves when a file is opened.
    """
    lines = max(
        _lines(str(sheet.cell(row, column).value or ""), width)
        for column, width in WIDTHS.items()
        if column != KEY
    )
    if lines > 1:
        sheet.row_dimensions[row].height = min(LINE_HEIGHT * lines + 4, HIGHEST)


def _lines(text: str, width: int) -> int:
    """Return on how many lines a text stands in a column."""
    return sum(-(-_width(line) // (width - 2)) or 1 for line in text.split("\n"))


def _width(text: str) -> int:
    """Return the width of a text in the characters of a column: Chinese ones take two."""
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in text)


def protect(sheet: Worksheet) -> None:
    """Lock all but the open cells; widths and heights may be changed. There is no password."""
    sheet.protection.enable()
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
