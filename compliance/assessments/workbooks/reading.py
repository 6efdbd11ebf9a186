"""Reading a workbook that comes back: which answers and claims it changes, and what it cannot say.

What its cells hold as they did when it was made is left alone, whatever is stored by now.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from django.http import QueryDict
from openpyxl.utils import get_column_letter

from compliance.assessments.draft import Draft
from compliance.assessments.models import Answer, NotApplicableClaim
from compliance.assessments.revisions import KINDS, Seen, content_of, seen
from compliance.assessments.workbooks.cells import CellError, fingerprint, posted_by
from compliance.assessments.workbooks.layout import (
    ANSWER,
    COMMENT,
    KEY,
    MARK,
    Name,
    Row,
    headings,
    section_rows,
)
from compliance.assessments.workbooks.opening import Refused, Sheet, Text
from compliance.assessments.workbooks.passport import Passport, Stamp, read_passport
from compliance.language import page_language
from questionnaires.faults import shortened
from questionnaires.forms import SectionForm

MOST_PROBLEMS = 300


@dataclass(frozen=True)
class Problem:
    """A cell that cannot be read; `code` and `params` say why, as in `problems`."""

    cell: str
    code: str
    params: dict[str, Any]


@dataclass(frozen=True)
class Given:
    """An answer or a claim that the workbook changes."""

    kind: str
    key: str
    cell: str
    """Where its first cell is, such as 2 Risks!E12."""
    seen: str
    """The state of the answer that the workbook was made from."""
    content: dict[str, Any]
    """As `questionnaires.forms.Entry` has it: a part that cannot be read is missing."""


@dataclass(frozen=True)
class Found:
    """Everything that a workbook says."""

    given: list[Given]
    problems: list[Problem]
    untouched: int
    """How many answers and claims it leaves as they were when it was made."""
    absent: list[str]
    """Questions and criteria whose rows are not there in full any more."""

    def write(self) -> dict[str, Any]:
        """Return it as JSON keeps it."""
        return asdict(self)

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """Return what `write` has kept."""
        return cls(
            [Given(**given) for given in kept["given"]],
            [Problem(**problem) for problem in kept["problems"]],
            kept["untouched"],
            kept["absent"],
        )


@dataclass(frozen=True)
class Place:
    """A row as it stands in the file."""

    sheet: Sheet
    number: int

    def text(self, column: int) -> Text:
        return self.sheet.text(self.number, column)

    def cell(self, column: int) -> str:
        return f"{self.sheet.title}!{get_column_letter(column)}{self.number}"


def read_workbook(draft: Draft, sheets: Iterable[Sheet]) -> Found:
    """Return what the sheets say; Refused where they belong elsewhere or were taken apart."""
    sheets = list(sheets)
    passport = read_passport(sheets, draft.assessment)
    return _Reader(draft, passport, [sheet for sheet in sheets if _is_section(sheet)]).read()


def _is_section(sheet: Sheet) -> bool:
    """Tell whether this was a section's sheet, wherever its mark stands by now."""
    return any(
        isinstance(text, str) and text.startswith(MARK)
        for (row, _column), text in sheet.cells.items()
        if row <= MARK_WITHIN
    )


MARK_WITHIN = 10
"""How many rows are searched for the mark of a section's sheet."""


NOT_ASKED = {"trade_secret"}
"""The parts of an answer that no workbook asks for: they stay as they are."""


class _Reader:
    """Reads the sheets of one workbook."""

    def __init__(self, draft: Draft, passport: Passport, sheets: list[Sheet]) -> None:
        self.draft, self.passport, self.sheets = draft, passport, sheets
        rows = [
            row
            for section in draft.outline.sections
            for row in section_rows(draft.outline, section, passport.language)
        ]
        self.rows = {row.key: row for row in rows}
        self.rows_of: dict[Name, list[Row]] = {}
        for row in rows:
            if row.name is not None:
                self.rows_of.setdefault(row.name, []).append(row)
        self.places: dict[str, list[Place]] = {}
        self.problems: list[Problem] = []

    def read(self) -> Found:
        if not self.sheets:
            raise Refused("no_sections")
        if not self.passport.stamps.keys() <= self.rows_of.keys():
            raise Refused("no_passport")
        for sheet in self.sheets:
            self._find_rows(sheet)
        given, absent, untouched = [], [], 0
        for name in filter(self.passport.stamps.get, self.rows_of):
            places = [self.places.get(row.key, []) for row in self.rows_of[name]]
            if not all(places):
                absent.append(name[1])
            elif any(len(found) > 1 for found in places):
                twice = (place for found in places for place in found[1:])
                self.problems += [Problem(place.cell(ANSWER), "twice", {}) for place in twice]
            elif (read := self._entry(name)) is None:
                untouched += 1
            else:
                given += [read] if read.content else []
        return Found(given, self.problems[:MOST_PROBLEMS], untouched, absent)

    def _find_rows(self, sheet: Sheet) -> None:
        """Note where each row stands; refuse a sheet whose columns are not where they were."""
        heads = headings(self.passport.language)
        if not str(sheet.text(1, KEY)).startswith(MARK) or any(
            sheet.text(1, column) != words for column, words in heads.items()
        ):
            raise Refused("moved", sheet=sheet.title)
        for number in sorted({row for row, _column in sheet.cells if row > 1}):
            place = Place(sheet, number)
            key = place.text(KEY)
            row = self.rows.get(key) if isinstance(key, str) else None
            if row is not None and row.name is not None:
                self.places.setdefault(row.key, []).append(place)
            self.problems += _strays(place, row)

    def _entry(self, name: Name) -> Given | None:
        """Return what the cells of an answer or claim say; None where nobody changed them."""
        stamp = self.passport.stamps[name]
        cells = [
            (place, column, found, place.text(column))
            for row in self.rows_of[name]
            for place in self.places[row.key]
            for column, found in row.inputs
        ]
        if fingerprint([str(text) for *_rest, text in cells]) == stamp.fingerprint:
            return None
        first = cells[0][0].cell(cells[0][1])
        posted, unread = QueryDict(mutable=True), set[str]()
        where: dict[str, str] = {}
        for place, column, found, text in cells:
            field = found.field.partition(".")[0]
            where.setdefault(field, place.cell(column))
            try:
                if isinstance(text, CellError):
                    raise text
                for value in posted_by(found, text):
                    posted.appendlist(found.field, value)
            except CellError as error:
                unread.add(field)
                self.problems.append(Problem(place.cell(column), error.code, error.params))
        kind, key = name
        content = self._content(name, posted, where, unread)
        if KINDS[kind].blank.keys() - content.keys() <= NOT_ASKED:
            stored = (self.draft.answers if kind == "answer" else self.draft.claims).get(key)
            if _as_made(name, content_of(kind, stored) | content, stamp):
                return None
        return Given(kind, key, first, stamp.seen, content)

    def _content(
        self, name: Name, posted: QueryDict, where: dict[str, str], unread: set[str]
    ) -> dict[str, Any]:
        """Return what can be stored of what a page would post; note what cannot be read."""
        kind, key = name
        outline, language = self.draft.outline, page_language()
        made = outline.question_form if kind == "answer" else outline.claim_form
        form = made(key, language)(posted, reference_date=self.draft.assessment.reference_date)
        for field in form.errors:
            if field not in unread:
                self.problems += _refused(form, field, where[field])
        wrong = unread | set(form.errors)
        if kind == "claim":
            return {} if wrong else _claim(form, key)
        content: dict[str, Any] = {}
        if f"answer-{key}" not in wrong:
            content |= {"value": form.cleaned_data[f"answer-{key}"], "typed": None}
        if f"comment-{key}" not in wrong:
            content |= {"comment": form.cleaned_data[f"comment-{key}"]}
        return content


def _claim(form: SectionForm, key: str) -> dict[str, Any]:
    return {
        "claimed": form.cleaned_data[f"claimed-{key}"],
        "justification": form.cleaned_data[f"justification-{key}"],
    }


def _refused(form: SectionForm, field: str, cell: str) -> Iterator[Problem]:
    for error in form.errors[field].as_data():
        params = {name: _plain(value) for name, value in (error.params or {}).items()}
        yield Problem(cell, str(error.code), params)


def _plain(value: Any) -> Any:
    return value if isinstance(value, int) else str(value)


def _as_made(name: Name, content: dict[str, Any], stamp: Stamp) -> bool:
    """Tell whether the content is that from which the workbook was made, written otherwise."""
    row = Answer(**content) if name[0] == "answer" else NotApplicableClaim(**content)
    return seen(name[0], row).digest == Seen.read(stamp.seen).digest


def _strays(place: Place, row: Row | None) -> Iterator[Problem]:
    """Yield what stands where nothing is read, so that nobody takes it for an answer."""
    open_columns = {column for column, _found in row.inputs} if row is not None else set()
    for column in {ANSWER, COMMENT} - open_columns:
        if text := place.text(column):
            yield Problem(place.cell(column), "stray", {"given": shortened(str(text))})
