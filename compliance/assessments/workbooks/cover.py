"""The first sheet of a workbook: what it is about, and how it is filled in and brought back."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from compliance.assessments.models import Assessment
from compliance.assessments.workbooks.looks import FONT, dress, protect
from compliance.spreadsheets import print_across, put

HEIGHT = 36
"""Of a step, in points: two lines."""


def write_cover(sheet: Worksheet, assessment: Assessment) -> None:
    """Write the cover, in the active language."""
    sheet.title = _("How to fill in")
    sheet.column_dimensions["A"].width = 22
    sheet.column_dimensions["B"].width = 100
    title = put(sheet, 1, 1, assessment.questionnaire_title)
    title.font = Font(name=FONT, bold=True, size=16)
    row = 2
    for term, description in _facts(assessment):
        row += 1
        dress(put(sheet, row, 1, term), "notes")
        dress(put(sheet, row, 2, description), "question")
    row += 2
    heading = put(sheet, row, 1, _("How to fill in"))
    heading.font = Font(name=FONT, bold=True, size=13)
    for step, text in enumerate(_steps(), start=1):
        row += 1
        for column, value in ((1, str(step)), (2, text)):
            cell = put(sheet, row, column, value)
            cell.font = Font(name=FONT)
            side = "right" if column == 1 else "left"
            cell.alignment = Alignment(horizontal=side, vertical="top", wrap_text=True)
        sheet.row_dimensions[row].height = HEIGHT
    sheet.sheet_view.showGridLines = False
    protect(sheet)
    print_across(sheet)
    sheet.print_title_rows = None


def _facts(assessment: Assessment) -> list[tuple[str, str]]:
    return [
        (_("Company"), str(assessment.subject.organisation)),
        (_("Subject"), str(assessment.subject)),
        (_("Situation"), assessment.get_situation_display()),
        (_("Reference date"), date_format(assessment.reference_date)),
        (_("Version of the questionnaire"), assessment.version.version),
        (_("Answers as of"), date_format(timezone.localtime(), "DATETIME_FORMAT")),
    ]


def _steps() -> list[str]:
    return [
        _("Each section has a sheet of its own. Fill in the white cells; the others are locked."),
        _("Where a cell offers a list, choose from it. Leave a cell empty to leave it unanswered."),
        _("Write values, not formulas. Do not insert, delete or move columns."),
        _("Do not enter state or work secrets."),
        _(
            "Save it as .xlsx and bring it back on the page “Fill in offline” of this"
            " self-assessment. Before anything is applied, you see what would change."
        ),
        _(
            "Others can go on answering meanwhile. Where an answer has changed in both places,"
            " you are asked which one counts."
        ),
    ]
