"""The hidden sheet that says whose workbook it is, and what stood in it when it was made."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import get_args

from openpyxl.workbook import Workbook

from compliance.assessments.models import Assessment
from compliance.assessments.workbooks.layout import Name
from compliance.assessments.workbooks.opening import Refused, Sheet
from compliance.spreadsheets import put
from questionnaires.parts import Language

TITLE = "_ziping"
FORMAT = "1"
_HEAD = ("format", "language", "assessment", "questionnaire", "version", "sha256")
_TOKEN = re.compile(r"[0-9]{1,9}\.[0-9a-f]{16}")
_KINDS = ("answer", "claim")


@dataclass(frozen=True)
class Stamp:
    """The state of an answer or claim when the workbook was made."""

    seen: str
    """Its token, as pages carry it."""
    fingerprint: str
    """A digest of what its cells held."""


@dataclass(frozen=True)
class Passport:
    """The language of a workbook, and a stamp for each answer and claim that it asks for."""

    language: Language
    stamps: Mapping[Name, Stamp]


def write_passport(
    book: Workbook, assessment: Assessment, language: Language, stamps: Mapping[Name, Stamp]
) -> None:
    """Add the hidden sheet."""
    sheet = book.create_sheet(TITLE)
    rows: list[Iterable[str]] = list(zip(_HEAD, _facts(assessment, language), strict=True))
    rows += [(*name, stamp.seen, stamp.fingerprint) for name, stamp in stamps.items()]
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            put(sheet, number, column, text)
    sheet.sheet_state = "hidden"
    sheet.protection.enable()


def read_passport(sheets: Iterable[Sheet], assessment: Assessment) -> Passport:
    """Return what the hidden sheet says; Refused where the workbook belongs elsewhere."""
    sheet = next((found for found in sheets if found.title == TITLE), None)
    if sheet is None:
        raise Refused("no_passport")
    facts = {}
    for row, name in enumerate(_HEAD, start=1):
        if sheet.text(row, 1) != name:
            raise Refused("no_passport")
        facts[name] = sheet.text(row, 2)
    language = next((tag for tag in get_args(Language) if tag == facts["language"]), None)
    if language is None or facts["format"] != FORMAT:
        raise Refused("no_passport")
    mine = dict(zip(_HEAD, _facts(assessment, language), strict=True))
    if any(facts[name] != mine[name] for name in ("questionnaire", "version", "sha256")):
        raise Refused("another_version")
    if facts["assessment"] != mine["assessment"]:
        raise Refused("another_assessment")
    return Passport(language, _stamps(sheet))


def _stamps(sheet: Sheet) -> dict[Name, Stamp]:
    stamps: dict[Name, Stamp] = {}
    row = len(_HEAD) + 1
    while kind := sheet.text(row, 1):
        key, seen, printed = (sheet.text(row, column) for column in (2, 3, 4))
        if not (isinstance(key, str) and isinstance(seen, str) and isinstance(printed, str)):
            raise Refused("no_passport")
        if kind not in _KINDS or not _TOKEN.fullmatch(seen):
            raise Refused("no_passport")
        stamps["answer" if kind == "answer" else "claim", key] = Stamp(seen, printed)
        row += 1
    return stamps


def _facts(assessment: Assessment, language: Language) -> tuple[str, ...]:
    version = assessment.version
    return (
        FORMAT,
        language,
        str(assessment.pk),
        version.key,
        version.version,
        version.sha256,
    )
