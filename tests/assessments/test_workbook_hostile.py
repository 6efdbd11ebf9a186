"""Files that no spreadsheet program made, or not from a workbook of ours: refused, nothing kept."""

import io
import zipfile

import pytest
from openpyxl import Workbook as Book
from openpyxl import load_workbook

from compliance.assessments.models import WorkbookImport
from compliance.assessments.workbooks import opening
from compliance.assessments.workbooks.passport import TITLE
from tests.cast import make_assessment, make_subject, make_version
from tests.workbook import download, upload

pytestmark = pytest.mark.django_db

MEGABYTE = 1024 * 1024
DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
XXE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
SHEET = "xl/worksheets/sheet2.xml"
TYPES = "[Content_Types].xml"
OFFICE = "openxmlformats-officedocument"
SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def packed(parts, compression=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repacked(content, **changes):
    """The workbook with some parts replaced; a part's name is written with `change`."""
    return packed(parts_of(content) | changes)


def with_part(name, data):
    return lambda content: repacked(content, **{name: data})


def edited(name, old, new):
    def change(content):
        part = parts_of(content)[name]
        assert old in part, name
        return repacked(content, **{name: part.replace(old, new, 1)})

    return change


def with_flag(content, flag):
    """Set a flag in the head of every part, as an encrypted archive has it."""
    found = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = found.find(signature)
        while place >= 0:
            found[place + offset] |= flag
            place = found.find(signature, place + 4)
    return bytes(found)


def in_book(change):
    """What openpyxl makes of a change to the opened workbook."""

    def changed(content):
        book, file = load_workbook(io.BytesIO(content)), io.BytesIO()
        change(book)
        book.save(file)
        return file.getvalue()

    return changed


def another_book(_content):
    book, file = Book(), io.BytesIO()
    book.active["A1"] = '=HYPERLINK("http://x.example/")'
    book.save(file)
    return file.getvalue()


def many_rows(content, rows=100_000):
    row = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>x</t></is></c></row>'
    extra = "".join(row.format(number) for number in range(100, rows)).encode()
    return edited(SHEET, b"</sheetData>", extra + b"</sheetData>")(content)


def wide_rows(content):
    """A text of a megabyte that a hundred cells share."""
    name, kind = "xl/sharedStrings.xml", "spreadsheetml.sharedStrings+xml"
    text = f'<sst xmlns="{SPREADSHEET}"><si><t>{"x" * MEGABYTE}</t></si></sst>'
    declared = f'<Override PartName="/{name}" ContentType="application/vnd.{OFFICE}.{kind}"/>'
    content = repacked(content, **{name: text.encode()})
    content = edited(TYPES, b"</Types>", declared.encode() + b"</Types>")(content)
    cell = '<row r="{0}"><c r="H{0}" t="s"><v>0</v></c></row>'
    cells = "".join(cell.format(number) for number in range(200, 300))
    return edited(SHEET, b"</sheetData>", cells.encode() + b"</sheetData>")(content)


def huge_area(content):
    """A sheet that says that it reaches to the last cell there is."""
    part = parts_of(content)[SHEET]
    start = part.index(b'<dimension ref="')
    end = part.index(b"/>", start)
    part = part[:start] + b'<dimension ref="A1:XFD1048576"' + part[end:]
    return repacked(content, **{SHEET: part})


def change_passport(row, text):
    def change(book):
        book[TITLE].cell(row, 2).value = text

    return in_book(change)


# What is sent, made from a sound workbook, and what is said.
REFUSED = {
    "empty": (lambda _: b"", "is empty"),
    "text": (lambda _: b"a,b,c\n1,2,3\n", "not an Excel workbook"),
    "a page renamed": (
        lambda _: b"<html><table><tr><td>1</td></tr></table></html>",
        "not an Excel",
    ),
    "a picture": (lambda _: b"\x89PNG\r\n\x1a\n" + b"0" * 100, "not an Excel workbook"),
    "a PDF": (lambda _: b"%PDF-1.7\n", "not an Excel workbook"),
    "an archive without a workbook": (lambda _: packed({"a.txt": "a"}), "not an Excel workbook"),
    "an OpenDocument sheet": (
        lambda _: packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
        "not an Excel workbook",
    ),
    "a Word document": (
        lambda _: packed({TYPES: b"<Types>wordprocessingml.document.main+xml</Types>"}),
        "not an Excel workbook",
    ),
    "an old workbook": (lambda _: opening._OLD + b"\0" * 600, "old Excel file"),
    "an encrypted workbook": (lambda _: opening._OLD + opening._ENCRYPTED, "has a password"),
    "an encrypted archive": (lambda content: with_flag(content, 1), "has a password"),
    "macros by type": (
        edited(TYPES, b"spreadsheetml.sheet.main+xml", b"sheet.macroEnabled.main+xml"),
        "holds macros",
    ),
    "macros by part": (with_part("xl/vbaProject.bin", b"\0"), "holds macros"),
    "a binary workbook": (
        edited(TYPES, b"spreadsheetml.sheet.main+xml", b"sheet.binary.macroEnabled.main"),
        "holds macros",
    ),
    "eleven megabytes": (lambda content: content + b"\0" * 11 * MEGABYTE, "larger than 10 MB"),
    "cut off": (lambda content: content[: len(content) // 2], "damaged"),
    "one byte changed": (
        lambda content: content[:3000] + bytes([content[3000] ^ 255]) + content[3001:],
        "damaged",
    ),
    "a bomb of one part": (with_part("xl/media/a.xml", b"0" * 25 * MEGABYTE), "far more"),
    "a bomb of many parts": (
        lambda content: repacked(content, **{f"xl/{n}.xml": b"0" * MEGABYTE for n in range(40)}),
        "far more",
    ),
    "too many parts": (
        lambda content: repacked(content, **{f"xl/{n}.xml": b"" for n in range(600)}),
        "far more",
    ),
    "a part outside": (with_part("../../etc/cron.d/x", b"x"), "damaged"),
    "a part at the root": (with_part("/etc/x", b"x"), "damaged"),
    "a part on another system": (with_part("C:\\x", b"x"), "damaged"),
    "entities": (edited(SHEET, b"<worksheet", DOCTYPE + b"<worksheet"), "damaged"),
    "an entity from outside": (
        edited("xl/workbook.xml", b"<workbook", XXE + b"<workbook"),
        "damaged",
    ),
    "entities in another encoding": (
        with_part(
            "xl/sharedStrings.xml",
            ('<?xml version="1.0" encoding="utf-16"?>' + DOCTYPE.decode() + "<sst/>").encode(
                "utf-16"
            ),
        ),
        "damaged",
    ),
    "XML that breaks off": (edited(SHEET, b"</sheetData>", b""), "damaged"),
    "a number that is none": (
        edited(SHEET, b"</sheetData>", b'<row r="99"><c r="E99"><v>NaN</v></c></row></sheetData>'),
        "damaged",
    ),
    "a number without end": (
        edited(
            SHEET,
            b"</sheetData>",
            b'<row r="99"><c r="E99"><v>' + b"9" * 9999 + b"</v></c></row></sheetData>",
        ),
        "damaged",
    ),
    "a style that is not there": (
        edited(
            SHEET,
            b"</sheetData>",
            b'<row r="99"><c r="E99" s="9999"><v>1</v></c></row></sheetData>',
        ),
        "damaged",
    ),
    "a text that is not there": (
        edited(
            SHEET,
            b"</sheetData>",
            b'<row r="99"><c r="E99" t="s"><v>99999</v></c></row></sheetData>',
        ),
        "damaged",
    ),
    "a hundred thousand rows": (many_rows, "more than 20000 rows"),
    "a text that many cells share": (wide_rows, "far more"),
    "a workbook from elsewhere": (another_book, "not made here"),
    "without its hidden sheet": (in_book(lambda book: book.remove(book[TITLE])), "not made here"),
    "without its sections": (
        in_book(lambda book: [book.remove(sheet) for sheet in book.worksheets[1:-2]]),
        "No sheet of this workbook holds questions",
    ),
    "another format": (change_passport(1, "2"), "not made here"),
    "another language": (change_passport(2, "fr"), "not made here"),
    "another assessment's number": (change_passport(3, "1"), "another self-assessment"),
    "another questionnaire": (change_passport(4, "x"), "another questionnaire"),
    "another digest": (change_passport(6, "0" * 64), "another questionnaire"),
    "a token that is none": (
        in_book(lambda book: setattr(book[TITLE].cell(8, 3), "value", "1'; --")),
        "not made here",
    ),
    "a question that is not asked": (change_passport(8, "no-such-question"), "not made here"),
}


@pytest.fixture
def sound(officer, assessment):
    return download(officer, assessment).content()


@pytest.mark.parametrize("kind", REFUSED)
def test_it_is_refused_with_a_reason_and_nothing_is_kept(kind, officer, assessment, sound):
    make, words = REFUSED[kind]
    page = upload(officer, assessment, make(sound), prefix="/en")
    assert page.status_code == 422
    assert words in page.content.decode()
    assert not WorkbookImport.objects.exists()
    assert not assessment.answers.exists()


# What is odd and still holds a workbook of ours: taken as if it were not odd.
TAKEN = {
    "as it was": lambda content: content,
    "with a huge area": huge_area,
    "with a last row that is empty": edited(
        SHEET, b"</sheetData>", b'<row r="1048576"/></sheetData>'
    ),
    "with a cell far to the right": edited(
        SHEET, b"</sheetData>", b'<row r="99"><c r="XFD99"><v>1</v></c></row></sheetData>'
    ),
    "with a link to another file": with_part(
        "xl/externalLinks/externalLink1.xml", b"<externalLink>file:///etc/passwd</externalLink>"
    ),
    "with a picture": with_part("xl/media/image1.png", b"\x89PNG\r\n\x1a\n"),
}


@pytest.mark.parametrize("kind", TAKEN)
def test_what_does_no_harm_is_passed_over(kind, officer, assessment, sound):
    page = upload(officer, assessment, TAKEN[kind](sound), prefix="/en")
    assert page.status_code == 200
    assert "Nothing would change" in page.content.decode()


def test_a_workbook_of_another_assessment(officer, cast, assessment):
    other = make_assessment(make_subject(cast.company), version=assessment.version)
    page = upload(officer, assessment, download(officer, other), prefix="/en")
    assert "This workbook belongs to another self-assessment." in page.content.decode()


def test_a_workbook_of_another_version(officer, cast, assessment):
    other = make_assessment(make_subject(cast.company), version=make_version())
    page = upload(officer, assessment, download(officer, other), prefix="/en")
    assert "another questionnaire, or to another version of it" in page.content.decode()


def test_no_file_at_all(officer, assessment):
    page = officer.post(f"/en/assessments/{assessment.pk}/offline/")
    assert page.status_code == 422
    assert "error-summary" in page.content.decode()


@pytest.mark.parametrize(
    "name", ["../../x.xlsx", "x" * 150 + ".xlsx", "填报.xlsm", "<b>.xlsx", "a"]
)
def test_the_name_of_a_file_means_nothing(name, officer, assessment, sound):
    page = upload(officer, assessment, sound, name=name)
    assert page.status_code == 200
    assert "/" not in WorkbookImport.objects.get().file_name
    assert "<b>" not in page.content.decode()


@pytest.mark.parametrize("escape", ["_xD800_", "_x0000_", "_xFFFF_", "_x000B_"])
def test_signs_that_cannot_be_stored_do_not_come_in(escape, officer, assessment):
    book = download(officer, assessment)
    book.comment("users").value = f"前{escape}后"
    page = upload(officer, assessment, book)
    assert page.status_code == 200
    assert "前\ufffd后" in page.content.decode()


def test_refusals_are_told_in_chinese(officer, assessment):
    page = upload(officer, assessment, b"")
    assert "文件是空的" in page.content.decode()
