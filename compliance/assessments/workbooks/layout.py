"""What stands where in a workbook: the rows of a section, and what each of its cells answers.

A row is found again by its key in a hidden column, so that rows may be sorted or deleted. A cell
answers one field of the page of its section: what the wizard would post, a workbook brings back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from django.utils import translation
from django.utils.translation import gettext as _

from compliance.assessments.outline import Outline
from compliance.assessments.section_texts import words
from compliance.language import DJANGO_CODES
from questionnaires.answers import LONGEST_COMMENT
from questionnaires.document import Section, WeighedCriterion
from questionnaires.forms import LONGEST_LINE, LONGEST_LIST
from questionnaires.parts import Language
from questionnaires.questions import (
    DateQuestion,
    Files,
    MultipleChoice,
    Number,
    Question,
    Ratio,
    Scale,
    Showable,
    SingleChoice,
    TextQuestion,
    YesNo,
)
from questionnaires.wording import Wording

Name = tuple[Literal["answer", "claim"], str]
"""An answer with its question, or a claim with its criterion."""

KEY, NUMBER, TEXT, NOTES, ANSWER, COMMENT = range(1, 7)
"""The columns."""
MARK = "ziping:"
"""Begins the first cell of a section's sheet; the section's id follows."""


@dataclass(frozen=True)
class Input:
    """A cell to fill in, and the field that it answers.

    A choice has options: ids with their words, each different. A tick stands for `value`.
    """

    kind: Literal["choice", "tick", "figure", "date", "text"]
    field: str
    value: str = ""
    options: tuple[tuple[str, str], ...] = ()
    longest: int = LONGEST_LINE
    """The most characters."""


@dataclass(frozen=True)
class Row:
    """One row of a section's sheet."""

    look: Literal["section", "criterion", "question", "part"]
    key: str
    text: str
    number: str = ""
    notes: str = ""
    name: Name | None = None
    answer: Input | None = None
    comment: Input | None = None

    @property
    def inputs(self) -> Iterator[tuple[int, Input]]:
        """The cells to fill in, each with its column."""
        for column, found in ((ANSWER, self.answer), (COMMENT, self.comment)):
            if found is not None:
                yield column, found


def headings(language: Language) -> dict[int, str]:
    """Return the words at the head of each column that people see."""
    with translation.override(DJANGO_CODES[language]):
        return {
            NUMBER: _("No."),
            TEXT: _("Question"),
            NOTES: _("Notes"),
            ANSWER: _("Answer"),
            COMMENT: _("Comment"),
        }


def tick_words(language: Language) -> tuple[str, str]:
    """Return the words for a tick and for none."""
    return YesNo.LABELS["yes"][language], YesNo.LABELS["no"][language]


@lru_cache(maxsize=256)
def section_rows(outline: Outline, section: str, language: Language) -> tuple[Row, ...]:
    """Return the rows of a section, from the one below the head to the last."""
    with translation.override(DJANGO_CODES[language]):
        return tuple(_Sheet(outline, language).section(outline.sections[section]))


class _Sheet:
    """Words the rows of one section."""

    def __init__(self, outline: Outline, language: Language) -> None:
        self.outline, self.language = outline, language
        self.wording = Wording(outline.scorer.questionnaire)

    def section(self, section: Section) -> Iterator[Row]:
        title, intro = section.title.to(self.language), words(section.intro, self.language)
        yield Row("section", f"section-{section.id}", title, notes=intro)
        for question in section.questions:
            yield from self.question(question)
        for criterion in section.criteria:
            yield from self.criterion(criterion)

    def criterion(self, criterion: WeighedCriterion) -> Iterator[Row]:
        notes = ""
        if criterion.applies_if is not None:
            said = self.wording.say(criterion.applies_if, self.language)
            notes = _("Fill in only if %(condition)s.") % {"condition": said}
        title = criterion.title.to(self.language)
        yield Row("criterion", f"criterion-{criterion.id}", title, notes=notes)
        for question in criterion.questions:
            yield from self.question(question)
        if criterion.claimable:
            yield from self.claim(criterion)

    def question(self, question: Question) -> Iterator[Row]:
        key = f"answer-{question.id}"
        name: Name = ("answer", question.id)
        text = question.text.to(self.language)
        number, notes = self.outline.numbers[question.id], self.notes(question)
        comment = Input("text", f"comment-{question.id}", longest=LONGEST_COMMENT)
        answer = self.answer(key, question)
        yield Row("question", key, text, number, notes, name, answer, comment)
        for part, said, found in self.parts(key, question):
            yield Row("part", part, said, name=name, answer=found)

    def claim(self, criterion: WeighedCriterion) -> Iterator[Row]:
        key = f"claimed-{criterion.id}"
        name: Name = ("claim", criterion.id)
        notes = _("Leaves the criterion out of the score. A reviewer can reject it.")
        answer = Input("tick", key, "on")
        title = criterion.title.to(self.language)
        text = _("“%(title)s” does not apply to us") % {"title": title}
        yield Row("question", key, text, notes=notes, name=name, answer=answer)
        key = f"justification-{criterion.id}"
        answer = Input("text", key, longest=LONGEST_COMMENT)
        yield Row("part", key, _("Why it does not apply"), name=name, answer=answer)

    def answer(self, field: str, question: Question) -> Input | None:
        """Return the cell beside the question itself; None where its parts have the cells."""
        match question:
            case SingleChoice():
                said = [(o.id, o.text.to(self.language)) for o in question.options]
                return Input("choice", field, options=_told_apart(said))
            case YesNo():
                said = [(key, labels[self.language]) for key, labels in question.LABELS.items()]
                return Input("choice", field, options=tuple(said))
            case Scale():
                levels = range(len(question.LEVELS))
                said = [(str(level), question.words(level, self.language)) for level in levels]
                return Input("choice", field, options=tuple(said))
            case Number():
                return Input("figure", field)
            case DateQuestion():
                return Input("date", field)
            case TextQuestion():
                return Input("text", field, longest=question.longest)
            case Files():
                return Input("text", field, longest=LONGEST_LIST)
        return None

    def parts(self, field: str, question: Question) -> Iterator[tuple[str, str, Input]]:
        """Yield for each further row of a question its key, its words and its cell."""
        if isinstance(question, MultipleChoice):
            for option in question.options:
                said = option.text.to(self.language)
                yield f"{field}.option.{option.id}", said, Input("tick", field, option.id)
        if isinstance(question, Ratio):
            for part in ("numerator", "denominator"):
                said = getattr(question, part).to(self.language)
                yield f"{field}.{part}", said, Input("figure", f"{field}.{part}")
        if isinstance(question, Showable) and question.cannot_show is not None:
            key = f"{field}.cannot_show"
            yield key, question.cannot_show.to(self.language), Input("tick", key, "on")

    def notes(self, question: Question) -> str:
        """Return under what condition it is asked, its help, and how its cells are filled in."""
        found = []
        if question.ask_if is not None:
            said = self.wording.say(question.ask_if, self.language)
            found.append(_("Fill in only if %(condition)s.") % {"condition": said})
        found += [words(question.help, self.language), self.how(question)]
        return "\n".join(filter(None, found))

    def how(self, question: Question) -> str:
        match question:
            case MultipleChoice():
                yes, _no = tick_words(self.language)
                return _("Choose “%(yes)s” beside everything that holds.") % {"yes": yes}
            case SingleChoice() | YesNo() | Scale():
                return _("Choose from the list.")
            case Number(unit=unit) if unit is not None:
                return _("A figure, in %(unit)s.") % {"unit": unit.to(self.language)}
            case Number() | Ratio():
                return _("A figure.")
            case DateQuestion():
                return _("A date, such as 2026-11-21.")
            case Files(most=most):
                return _("One document a line, at most %(most)s.") % {"most": most}
            case TextQuestion(longest=longest):
                return _("At most %(limit)s characters.") % {"limit": longest}


def _told_apart(options: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return the options with a number behind words that an earlier one has."""
    told: dict[str, str] = {}
    for option, said in options:
        place = sum(1 for earlier in told.values() if earlier.startswith(said))
        told[option] = f"{said} ({place + 1})" if said in told.values() else said
    return tuple(told.items())
