"""What the cells of a workbook accept: lists to choose from, figures, dates, lengths."""

import datetime

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from compliance.assessments.workbooks.cells import FIRST_YEAR
from compliance.assessments.workbooks.layout import Input, tick_words
from compliance.assessments.workbooks.looks import protect
from compliance.spreadsheets import put
from questionnaires.parts import Language

LISTS = "_lists"
"""The hidden sheet of what can be chosen, a column for each list."""


class Validations:
    """The validations of a workbook; each sheet has one for all cells of a kind."""

    def __init__(self, reference_date: datetime.date, language: Language) -> None:
        self.reference_date, self.ticks = reference_date, tick_words(language)
        self.lists: dict[tuple[str, ...], str] = {}

    def add(self, sheet: Worksheet, cell: Cell, found: Input) -> None:
        """Let a cell accept what its field takes."""
        made = self._make(found)
        for known in sheet.data_validations.dataValidation:
            if (known.type, known.formula1, known.formula2) == (
                made.type,
                made.formula1,
                made.formula2,
            ):
                known.add(cell)
                return
        sheet.add_data_validation(made)
        made.add(cell)

    def write_lists(self, book: Workbook) -> None:
        """Add the hidden sheet of what can be chosen."""
        sheet = book.create_sheet(LISTS)
        for column, words in enumerate(self.lists, start=1):
            for row, text in enumerate(words, start=1):
                put(sheet, row, column, text)
        sheet.sheet_state = "hidden"
        protect(sheet)

    def _make(self, found: Input) -> DataValidation:
        match found.kind:
            case "tick":
                made = DataValidation("list", formula1=self._list(self.ticks))
                made.error = _("Choose from the list.")
            case "choice":
                said = tuple(words for _option, words in found.options)
                made = DataValidation("list", formula1=self._list(said))
                made.error = _("Choose from the list.")
            case "figure":
                made = DataValidation("decimal", operator="greaterThanOrEqual", formula1="0")
                made.error = _("Enter a figure, such as 12 or 12.5.")
            case "date":
                first = f"DATE({FIRST_YEAR},1,1)"
                last = self.reference_date
                made = DataValidation("date", operator="between", formula1=first)
                made.formula2 = f"DATE({last.year},{last.month},{last.day})"
                made.error = _("Enter a date up to the reference date, such as 2026-11-21.")
            case "text":
                made = DataValidation(
                    "textLength", operator="lessThanOrEqual", formula1=str(found.longest)
                )
                made.error = _("At most %(limit)s characters.") % {"limit": found.longest}
        made.allow_blank = made.showErrorMessage = True
        return made

    def _list(self, words: tuple[str, ...]) -> str:
        if words not in self.lists:
            column = get_column_letter(len(self.lists) + 1)
            self.lists[words] = f"{LISTS}!${column}$1:${column}${len(words)}"
        return self.lists[words]
