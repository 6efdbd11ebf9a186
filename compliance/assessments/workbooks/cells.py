"""Between the cells of a workbook and what the page of a section posts."""

import datetime
import json
import re
from collections.abc import Sequence
from decimal import Decimal
from hashlib import blake2b
from typing import Any, Protocol

from compliance.assessments.workbooks.layout import Input, tick_words
from compliance.spreadsheets import unescape
from questionnaires.faults import shortened
from questionnaires.forms.controls import Posted, clean_text
from questionnaires.parts import Language

LONGEST_FIGURE = 15
"""The most digits that a spreadsheet keeps exactly."""
FIRST_YEAR = 1901
"""Before this year spreadsheets disagree about dates."""

_FIGURE = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_TICKED = {"yes", "y", "true", "x", "√", "✓", "✔", "1"}
_FREE = {"", "no", "n", "false", "×", "0"}
_SPOKEN = {"yes", "no", *"012345"}
"""Ids of options that people may well type: those of yes/no and of levels."""


class Cell(Protocol):
    """A cell as openpyxl reads it."""

    value: Any
    data_type: str
    number_format: str


class CellError(Exception):
    """What stands in a cell cannot be taken; `code` and `params` say why, as in `problems`."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = {name: shortened(given) for name, given in params.items()}


def cell_text(cell: Cell) -> str:
    """Return what stands in a cell as someone would type it; CellError for a formula."""
    if cell.data_type == "f":
        raise CellError("formula")
    if cell.data_type == "e":
        raise CellError("error_value", given=str(cell.value))
    match cell.value:
        case None:
            return ""
        case datetime.datetime() as moment:
            return moment.date().isoformat()
        case bool() | datetime.date() | datetime.time() | datetime.timedelta() as other:
            return str(other)
        case int() | float() as number:
            written = Decimal(repr(number))
            if "%" in cell.number_format:
                return f"{_plain(written * 100)}%"
            return _plain(written)
    return clean_text(unescape(str(cell.value)))


def cell_value(found: Input, text: str) -> str | float | datetime.date:
    """Return what to write into a cell so that `cell_text` gives the text back."""
    if found.kind == "figure" and _FIGURE.fullmatch(text):
        digits = text.lstrip("-0.").replace(".", "")
        if len(digits) <= LONGEST_FIGURE:
            return float(text) if "." in text else int(text)
    if found.kind == "date":
        try:
            day = datetime.date.fromisoformat(text)
        except ValueError:
            return text
        return day if day.year >= FIRST_YEAR and day.isoformat() == text else text
    return text


def text_of(found: Input, posted: Posted, language: Language) -> str:
    """Return what stands in a cell where a page would post this."""
    values = posted.get(found.field, [])
    if found.kind == "tick":
        return tick_words(language)[0] if found.value in values else ""
    given = values[0] if values else ""
    return dict(found.options).get(given, given)


def posted_by(found: Input, text: str) -> list[str]:
    """Return what a page would post for a cell's text; CellError where no page could."""
    if found.kind == "tick":
        return [found.value] if _is_ticked(text) else []
    if not text or found.kind != "choice":
        return [text] if text else []
    said = _bare(text)
    options = {_bare(words): option for option, words in found.options}
    options |= {option: option for option, _ in found.options if option in _SPOKEN}
    if said not in options:
        raise CellError("not_listed", given=text)
    return [options[said]]


def fingerprint(texts: Sequence[str]) -> str:
    """Return a digest of what stands in the cells of an answer or a claim."""
    written = json.dumps(texts, ensure_ascii=False, separators=(",", ":"))
    return blake2b(written.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _is_ticked(text: str) -> bool:
    said = _bare(text)
    for language in ("zh", "en"):
        yes, no = map(_bare, tick_words(language))
        if said in (yes, no):
            return said == yes
    if said in _TICKED or said in _FREE:
        return said in _TICKED
    raise CellError("not_a_tick", given=text)


def _bare(text: str) -> str:
    return " ".join(text.split()).casefold()


def _plain(number: Decimal) -> str:
    """Write a number in full, without an exponent and without zeros at its end."""
    written = f"{number:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
