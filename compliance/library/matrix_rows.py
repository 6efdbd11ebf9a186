"""The traceability matrix as pages and spreadsheets print it, in one language."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from compliance.library.citations import cite
from compliance.library.domains import MappedDomain, domain_table
from questionnaires.document import Criterion, Questionnaire
from questionnaires.explanation import CitedArticle
from questionnaires.numbering import question_numbers
from questionnaires.parts import Language
from questionnaires.traceability import TracedCriterion, TracedRequirement


class Article(NamedTuple):
    """An article as it is cited."""

    citation: str
    secondary: bool
    """Compared with secondary sources only (grade B)."""


class AskedQuestion(NamedTuple):
    """A question with its number in the questionnaire that the row speaks of."""

    id: str
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One criterion that tests a requirement."""

    criterion: Criterion
    title: str
    domain: str
    questionnaires: tuple[Questionnaire, ...]
    """Those that ask it; numbers are those of the first."""
    questions: tuple[AskedQuestion, ...]
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class MatrixBlock:
    """A requirement with the criteria that test it."""

    traced: TracedRequirement
    source: str
    """The instrument with the item in it, as cited."""
    domain: str
    word: str
    """The register's word for what it is about."""
    articles: tuple[Article, ...]
    rows: tuple[MatrixRow, ...]

    @property
    def questions(self) -> int:
        """Return how many questions test it."""
        return sum(len(row.questions) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Selection:
    """What to show; empty means everything."""

    instrument: str = ""
    domain: str = ""
    questionnaire: str = ""


def matrix_blocks(
    traced: Sequence[TracedRequirement],
    questionnaires: Sequence[Questionnaire],
    language: Language,
    only: Selection | None = None,
) -> list[MatrixBlock]:
    """Return the requirements in order, with the criteria that published questionnaires ask.

    `questionnaires` are those that the matrix was traced through.
    """
    writer = _Writer(questionnaires, language)
    blocks = (writer.block(each, only or Selection()) for each in traced)
    return [block for block in blocks if block is not None]


class _Writer:
    """Writes the parts of one matrix."""

    def __init__(self, questionnaires: Sequence[Questionnaire], language: Language) -> None:
        self.language = language
        self.known = {each.id: each for each in questionnaires}
        self.numbers = {each.id: question_numbers(each) for each in questionnaires}
        self.table = domain_table()
        self.domains = {each.id: each.title.to(language) for each in self.table.domains}

    def block(self, each: TracedRequirement, only: Selection) -> MatrixBlock | None:
        requirement = each.requirement
        domain = self.table.of(requirement.domain)
        if only.instrument not in ("", requirement.instrument):
            return None
        if only.domain and (domain is None or domain.id != only.domain):
            return None
        criteria = each.asked_by(only.questionnaire) if only.questionnaire else each.criteria
        if only.questionnaire and not criteria:
            return None
        return MatrixBlock(
            each,
            cite(each.instrument, requirement.item, self.language),
            domain.title.to(self.language) if domain else "",
            self._word(domain, requirement.domain),
            self._articles(each.articles),
            tuple(self._row(found, only.questionnaire) for found in criteria),
        )

    def _row(self, found: TracedCriterion, questionnaire: str) -> MatrixRow:
        asking = [self.known[frame.id] for frame in found.questionnaires]
        numbers = self.numbers[questionnaire or asking[0].id]
        criterion = found.criterion
        return MatrixRow(
            criterion,
            criterion.title.to(self.language),
            self.domains.get(criterion.domain, criterion.domain),
            tuple(asking),
            tuple(
                AskedQuestion(each.id, numbers[each.id], each.text.to(self.language))
                for each in criterion.questions
            ),
            self._articles(found.articles),
        )

    def _articles(self, cited: Sequence[CitedArticle]) -> tuple[Article, ...]:
        return tuple(
            Article(cite(each.instrument, each.article.label, self.language), each.secondary)
            for each in cited
        )

    def _word(self, domain: MappedDomain | None, word: str | None) -> str:
        words = domain.words if domain else ()
        return next((each.title.to(self.language) for each in words if each.id == word), "")
