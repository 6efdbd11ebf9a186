"""Making a workbook: a cover, a sheet for each section, and hidden sheets for its way back."""

import io
import re
from collections.abc import Iterable

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from compliance.assessments.draft import Draft
from compliance.assessments.revisions import content_of, seen
from compliance.assessments.workbooks.cells import cell_text, cell_value, fingerprint, text_of
from compliance.assessments.workbooks.cover import write_cover
from compliance.assessments.workbooks.layout import (
    ANSWER,
    COMMENT,
    KEY,
    MARK,
    NOTES,
    NUMBER,
    TEXT,
    Name,
    Row,
    headings,
    section_rows,
)
from compliance.assessments.workbooks.looks import dress, fit, frame
from compliance.assessments.workbooks.opening import LONGEST_TITLE
from compliance.assessments.workbooks.passport import Stamp, write_passport
from compliance.assessments.workbooks.validation import Validations
from compliance.spreadsheets import put
from questionnaires.forms.controls import Posted
from questionnaires.parts import Language

_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")


def workbook(draft: Draft, sections: Iterable[str], language: Language) -> bytes:
    """Return an XLSX file with these sections as they are answered now.

    `language` must be the active one.
    """
    book = Workbook()
    write_cover(book.worksheets[0], draft.assessment)
    validations = Validations(draft.assessment.reference_date, language)
    stamps: dict[Name, Stamp] = {}
    for section in sections:
        sheet: Worksheet = book.create_sheet(_title(draft, section, language))
        stamps |= _write_section(sheet, draft, section, language, validations)
    validations.write_lists(book)
    write_passport(book, draft.assessment, language, stamps)
    book.properties.title = str(draft.assessment)
    book.properties.creator = _("Ziping")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _write_section(
    sheet: Worksheet, draft: Draft, section: str, language: Language, validations: Validations
) -> dict[Name, Stamp]:
    """Fill in the sheet of a section; return the stamps of what it asks."""
    frame(sheet, str(draft.assessment))
    put(sheet, 1, KEY, f"{MARK}{section}")
    for column, words in headings(language).items():
        dress(put(sheet, 1, column, words), "head")
    posted = _posted(draft, section, language)
    texts: dict[Name, list[str]] = {}
    rows = section_rows(draft.outline, section, language)
    for number, row in enumerate(rows, start=2):
        _write_fixed(sheet, number, row)
        for column, found in row.inputs:
            text = text_of(found, posted, language)
            cell = dress(put(sheet, number, column, cell_value(found, text)), found.kind)
            validations.add(sheet, cell, found)
            assert row.name is not None
            texts.setdefault(row.name, []).append(cell_text(cell))
        fit(sheet, number)
    sheet.print_area = f"{get_column_letter(NUMBER)}1:{get_column_letter(COMMENT)}{len(rows) + 1}"
    return {name: Stamp(_token(draft, name), fingerprint(said)) for name, said in texts.items()}


def _write_fixed(sheet: Worksheet, number: int, row: Row) -> None:
    """Write what nobody fills in, the key included."""
    heading = row.look in ("section", "criterion")
    put(sheet, number, KEY, row.key)
    dress(put(sheet, number, NUMBER, row.number), row.look if heading else "number")
    dress(put(sheet, number, TEXT, row.text), row.look)
    dress(put(sheet, number, NOTES, row.notes), "intro" if heading else "notes")
    for column in (ANSWER, COMMENT):
        dress(put(sheet, number, column), row.look if heading else "notes")


def _posted(draft: Draft, section: str, language: Language) -> Posted:
    """Return what the page of the section posts that shows it as it is stored."""
    form = draft.outline.form(section, language)
    posted: Posted = {}
    for question in draft.outline.questions_in(section):
        content = content_of("answer", draft.answers.get(question.id))
        given = content["value"] if content["typed"] is None else content["typed"]
        posted |= form.posted_answer(question.id, given, content["comment"], "")
    for criterion in form.claimable:
        content = content_of("claim", draft.claims.get(criterion.id))
        posted |= form.posted_claim(criterion.id, **content, seen="")
    return posted


def _token(draft: Draft, name: Name) -> str:
    kind, key = name
    return str(seen(kind, (draft.answers if kind == "answer" else draft.claims).get(key)))


def _title(draft: Draft, section: str, language: Language) -> str:
    """Return a sheet's title; the number of the section makes it the only one."""
    place = list(draft.outline.sections).index(section) + 1
    words = draft.outline.sections[section].title.to(language)
    return _NOT_IN_TITLES.sub(" ", f"{place} {words}")[:LONGEST_TITLE].strip()
