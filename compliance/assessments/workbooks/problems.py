"""What people are told about a file that cannot be taken, and about cells that cannot."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from questionnaires.forms.wording import unreadable

REFUSALS = {
    "too_large": _("The file is larger than %(limit)s MB."),
    "empty": _("The file is empty."),
    "not_a_workbook": _("This is not an Excel workbook. Save it as .xlsx and send that."),
    "old_format": _("This is an old Excel file (.xls). Save it as .xlsx and send that."),
    "encrypted": _("The file has a password. Remove it and send the file again."),
    "macros": _("The file holds macros. Save it as .xlsx, without macros, and send that."),
    "broken": _("The file is damaged, or was not made by a spreadsheet program."),
    "too_much_inside": _("The file holds far more than a workbook made here."),
    "too_many_rows": _("Sheet “%(sheet)s” has more than %(limit)s rows."),
    "no_passport": _(
        "This workbook was not made here, or its hidden sheet is missing or changed."
        " Download it again and copy your answers into it."
    ),
    "another_assessment": _("This workbook belongs to another self-assessment."),
    "another_version": _(
        "This workbook belongs to another questionnaire, or to another version of it."
    ),
    "moved": _(
        "In sheet “%(sheet)s” rows or columns were inserted or moved at the head."
        " Undo that, or download the workbook again and copy your answers into it."
    ),
    "no_sections": _("No sheet of this workbook holds questions any more."),
}

CELLS = {
    "formula": _("This is a formula. Enter the value itself."),
    "error_value": _("“%(given)s” is an error of the spreadsheet. Enter a value."),
    "not_listed": _("“%(given)s” is not in the list. Choose from the list."),
    "not_a_tick": _("“%(given)s” is neither yes nor no. Choose from the list."),
    "twice": _("This row is in the file twice. Keep one of them."),
    "stray": _("No answer is read from this cell: “%(given)s”."),
}


def refusal(code: str, params: Mapping[str, Any]) -> ValidationError:
    """Return why a file cannot be taken."""
    return ValidationError(REFUSALS[code], code=code, params=dict(params))


def cell_problem(code: str, params: Mapping[str, Any]) -> str:
    """Return what is wrong with a cell, in the active language; `code` may be the engine's."""
    if code in CELLS:
        return str(CELLS[code]) % params
    return str(unreadable(code, params).messages[0])
