"""The words of a notice as they are kept: in both languages where they differ."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, TypeAlias

from django.utils import timezone, translation
from django.utils.formats import date_format

from compliance.language import DJANGO_CODES, page_language

Packed: TypeAlias = str | int | dict[str, str]

LONGEST = 200


def pack(word: Any) -> Packed:
    """Return the word as JSON can hold it.

    A date, or a moment, is written down when it is read. Anything else, such as an organisation, a
    translatable label or a mapping of zh and en, is kept as each language of the site writes it.
    """
    if isinstance(word, int):
        return word
    if isinstance(word, dt.datetime):
        return {"moment": word.isoformat()}
    if isinstance(word, dt.date):
        return {"date": word.isoformat()}
    written: dict[str, str] = {}
    for language, code in DJANGO_CODES.items():
        with translation.override(code):
            written[language] = _short(word[language] if isinstance(word, Mapping) else str(word))
    return written["zh"] if written["zh"] == written["en"] else written


def unpack(packed: Packed) -> str:
    """Return the word in the language of the page."""
    if not isinstance(packed, dict):
        return str(packed)
    if "moment" in packed:
        moment = timezone.localtime(dt.datetime.fromisoformat(packed["moment"]))
        return date_format(moment, "SHORT_DATETIME_FORMAT")
    if "date" in packed:
        return date_format(dt.date.fromisoformat(packed["date"]), "DATE_FORMAT")
    return packed[page_language()]


def _short(text: str) -> str:
    """Return the text on one line: it goes into the subject of an e-mail."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
