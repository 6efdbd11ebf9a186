"""Opening a file that someone sends: everything in it is hostile until it is plain text in cells.

Nothing outside the file is touched: links to other files are not followed, and no part of it may
carry a document type, so that no entity is ever expanded.
"""

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, Any
from xml.parsers import expat

from openpyxl import load_workbook

from compliance.assessments.workbooks.cells import CellError, cell_text

LARGEST_FILE = 10 * 1024 * 1024
LARGEST_CONTENT = 30 * 1024 * 1024
"""The most bytes of all parts together, uncompressed."""
LARGEST_RATIO = 200
"""How many times larger than its compressed form a part may be, once it is larger than SMALL."""
SMALL = 1024 * 1024
MOST_PARTS = 500
MOST_SHEETS = 100
MOST_ROWS = 20_000
"""The most rows of a sheet; those below are not read, and refused unless empty."""
MOST_COLUMNS = 8
LONGEST_TITLE = 31
"""The most characters of a sheet's title."""

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TYPES = "[Content_Types].xml"
_MAIN = b"spreadsheetml.sheet.main+xml"
_CHUNK = 64 * 1024

Text = str | CellError


class Refused(Exception):
    """A file cannot be taken; `code` says why, as in `problems`."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code, self.params = code, params


@dataclass(frozen=True)
class Sheet:
    """The cells of a sheet that hold anything, by row and column, counted from 1."""

    title: str
    cells: dict[tuple[int, int], Text]

    def text(self, row: int, column: int) -> Text:
        """Return what stands in a cell, or nothing."""
        return self.cells.get((row, column), "")


def open_workbook(file: IO[bytes], size: int) -> list[Sheet]:
    """Return the cells of an XLSX file of `size` bytes; raise Refused where it is none of ours."""
    if size > LARGEST_FILE:
        raise Refused("too_large", limit=LARGEST_FILE // 1024**2)
    try:
        _look_at_first_bytes(file)
        with zipfile.ZipFile(file) as archive:
            _look_at_parts(archive)
            _look_at_types(archive)
            _refuse_document_types(archive)
        return _read(file)
    except Refused:
        raise
    except Exception as error:  # whatever the readers stumble over is a fault of the file
        raise Refused("broken") from error


def _look_at_first_bytes(file: IO[bytes]) -> None:
    start = file.read(8)
    if start == _OLD:
        rest = file.read()
        raise Refused("encrypted" if _ENCRYPTED in rest else "old_format")
    if not start:
        raise Refused("empty")
    if not start.startswith(b"PK\x03\x04"):
        raise Refused("not_a_workbook")
    file.seek(0)


def _look_at_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_CONTENT:
        raise Refused("too_much_inside")
    names = [part.filename for part in parts]
    if len(set(names)) < len(names):
        raise Refused("broken")
    for part in parts:
        path = PurePosixPath(part.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in part.filename:
            raise Refused("broken")
        if part.flag_bits & 1:
            raise Refused("encrypted")
        if part.file_size > max(SMALL, LARGEST_RATIO * part.compress_size):
            raise Refused("too_much_inside")


def _look_at_types(archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    if _TYPES not in names:
        raise Refused("not_a_workbook")
    types = archive.read(_TYPES)
    code = any(name.casefold().endswith("vbaproject.bin") for name in names)
    if code or b"macro" in types.lower():
        raise Refused("macros")
    if _MAIN not in types:
        raise Refused("not_a_workbook")


def _refuse_document_types(archive: zipfile.ZipFile) -> None:
    for name in archive.namelist():
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = _refuse_document_type
        with archive.open(name) as part:
            try:
                while chunk := part.read(_CHUNK):
                    parser.Parse(chunk)
            except expat.ExpatError:  # a picture, or broken: whoever needs it as XML will say so
                continue


def _refuse_document_type(*_declared: object) -> None:
    raise Refused("broken")


def _read(file: IO[bytes]) -> list[Sheet]:
    file.seek(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # parts that the reader does not know
        with closing(load_workbook(file, read_only=True, keep_links=False)) as book:
            if len(book.worksheets) > MOST_SHEETS:
                raise Refused("too_much_inside")
            left = _Allowance(LARGEST_CONTENT)
            return [
                Sheet(sheet.title[:LONGEST_TITLE], dict(_cells(sheet, left)))
                for sheet in book.worksheets
            ]


@dataclass
class _Allowance:
    """How many characters may still be read: cells can share a text that is stored once."""

    left: int

    def take(self, value: Any) -> None:
        self.left -= len(value) if isinstance(value, str) else 1
        if self.left < 0:
            raise Refused("too_much_inside")


def _cells(sheet: Any, allowance: _Allowance) -> Iterator[tuple[tuple[int, int], Text]]:
    rows = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row, start=1):
            if cell.value is None:
                continue
            if number > MOST_ROWS:
                raise Refused("too_many_rows", sheet=sheet.title[:LONGEST_TITLE], limit=MOST_ROWS)
            allowance.take(cell.value)
            try:
                text: Text = cell_text(cell)
            except CellError as error:
                text = error
            if text:
                yield (number, column), text
