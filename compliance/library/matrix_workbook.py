"""The traceability matrix as a spreadsheet: an overview, and a sheet for each questionnaire."""

import io
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext, pgettext
from openpyxl import Workbook

from compliance.language import page_language
from compliance.library.matrix_rows import Article, MatrixBlock, Selection, matrix_blocks
from compliance.library.templatetags.words import strength_words
from compliance.spreadsheets import Column, add_sheet
from questionnaires.document import Criterion, Questionnaire
from questionnaires.traceability import TracedRequirement

LONGEST_TITLE = 31
"""The most characters of a sheet's title."""


def matrix_workbook(
    traced: Sequence[TracedRequirement], questionnaires: Sequence[Questionnaire]
) -> bytes:
    """Return an XLSX file in the active language; `questionnaires` are those that were traced."""
    language = page_language()
    book = Workbook()
    book.remove(book.worksheets[0])
    blocks = matrix_blocks(traced, questionnaires, language)
    add_sheet(book, gettext("Overview"), _overview_columns(), map(_overview, blocks))
    for each in questionnaires:
        only = Selection(questionnaire=each.id)
        mine = matrix_blocks(traced, questionnaires, language, only)
        rows = (row for block in mine for row in _rows(block))
        add_sheet(book, each.id[:LONGEST_TITLE], _columns(), rows)
    book.properties.title = gettext("Traceability matrix")
    book.properties.creator = gettext("Ziping")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def state_words(each: TracedRequirement) -> str:
    """Return whether a requirement is tested."""
    if each.reason:
        return gettext("No company duty")
    return gettext("Not yet asked") if each.open else gettext("Tested")


def limit_words(criterion: Criterion) -> str:
    """Return whether a criterion is a veto or a cap; nothing where it is neither."""
    if criterion.veto:
        return gettext("Veto")
    return gettext("Cap") if criterion.cap else ""


def _overview_columns() -> list[Column]:
    return [
        Column(gettext("Requirement"), 15),
        Column(gettext("Source"), 42),
        Column(gettext("What it asks"), 60),
        Column(gettext("Domain"), 16),
        Column(gettext("Domain in the register"), 20),
        Column(gettext("Wording"), 12),
        Column(gettext("Mapping to law"), 20),
        Column(gettext("State"), 16),
        Column(gettext("Reason"), 40),
        Column(gettext("Criteria"), 10),
        Column(gettext("Questions"), 10),
        Column(gettext("Articles that give it force"), 60),
    ]


def _overview(block: MatrixBlock) -> list[str | int]:
    traced = block.traced
    requirement = traced.requirement
    weak = pgettext("mapping", "Weak: no binding article") if requirement.weak else ""
    return [
        requirement.id,
        block.source,
        requirement.text.to(page_language()),
        block.domain,
        block.word,
        strength_words(requirement.strength),
        weak,
        state_words(traced),
        traced.reason.to(page_language()) if traced.reason else "",
        len(block.rows),
        block.questions,
        _lines(block.articles),
    ]


def _columns() -> list[Column]:
    return [
        Column(gettext("Requirement"), 15),
        Column(gettext("Source"), 36),
        Column(gettext("What it asks"), 48),
        Column(gettext("Mapping to law"), 18),
        Column(gettext("Criterion"), 30),
        Column(gettext("Domain"), 16),
        Column(gettext("Impact"), 9),
        Column(gettext("Veto or cap"), 12),
        Column(gettext("No."), 9),
        Column(gettext("Question"), 60),
        Column(gettext("Articles"), 52),
    ]


def _rows(block: MatrixBlock) -> Iterator[list[str | int]]:
    requirement = block.traced.requirement
    weak = pgettext("mapping", "Weak: no binding article") if requirement.weak else ""
    text = requirement.text.to(page_language())
    for row in block.rows:
        for question in row.questions:
            yield [
                requirement.id,
                block.source,
                text,
                weak,
                row.title,
                row.domain,
                row.criterion.impact,
                limit_words(row.criterion),
                question.number,
                question.text,
                _lines(row.articles),
            ]


def _lines(articles: Sequence[Article]) -> str:
    return "\n".join(
        f"{each.citation} [{gettext('From secondary sources')}]"
        if each.secondary
        else each.citation
        for each in articles
    )
