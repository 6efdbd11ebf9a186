"""A record as a workbook, to keep or to hand to an auditor."""

from collections.abc import Iterator, Sequence
from io import BytesIO

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from openpyxl import Workbook

from compliance.audit.models import Event
from compliance.records.reading import Readable
from compliance.records.words import Line, lines
from compliance.spreadsheets import Column, add_sheet

MOST = 20_000
"""Events in one workbook; more are narrowed down first."""


def record_workbook(readable: Readable, events: QuerySet[Event]) -> bytes:
    """Return the events as a workbook, one row each, and the head of the chain beside them."""
    book = Workbook()
    book.remove(book.worksheets[0])
    columns = [
        Column(_("Number"), 9),
        Column(_("Time"), 20),
        Column(_("Who did it"), 16),
        Column(_("What was done"), 22),
        Column(_("About"), 40),
        Column(_("Before"), 40),
        Column(_("After"), 40),
        Column(_("Details"), 36),
        Column(_("Hash"), 68),
    ]
    add_sheet(book, _("Record"), columns, _rows(events, readable))
    add_sheet(book, _("Chain"), [Column(_("Item"), 24), Column(_("Content"), 90)], _head(readable))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _rows(events: QuerySet[Event], readable: Readable) -> Iterator[Sequence[str | int]]:
    for start in range(0, MOST, 500):
        for line in lines(list(events[start : start + 500]), readable.draft):
            yield [
                line.number,
                moment(line),
                line.who,
                line.what,
                line.where,
                _side(line, "old"),
                _side(line, "new"),
                "\n".join(f"{label}: {text}" for label, text in line.details),
                line.hash,
            ]


def moment(line: Line) -> str:
    """Return when it was, to the second, where the site is."""
    return date_format(timezone.localtime(line.at), "Y-m-d H:i:s")


def _side(line: Line, side: str) -> str:
    if line.erased:
        return _("Erased by retention rules")
    texts = ((change.label, getattr(change, side)) for change in line.changes)
    return "\n".join(f"{label}: {text}" if label else text for label, text in texts if text)


def _head(readable: Readable) -> list[Sequence[str | int]]:
    chain = readable.chain
    return [
        [_("Record"), f"{readable.title} · {readable.about}"],
        [_("Events in the chain"), chain.sequence if chain else 0],
        [_("Head of the record"), chain.head if chain else ""],
    ]
