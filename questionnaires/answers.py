"""Answers: a sheet of them, and the answers file that a sheet is read from."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, WithJsonSchema

from questionnaires.document import Day, Questionnaire, Version
from questionnaires.faults import MOST_FAULTS, Fault, Refused, hint, near, shortened
from questionnaires.parts import Part, Words
from questionnaires.questions import (
    AnswerError,
    MultipleChoice,
    Question,
    SingleChoice,
    Value,
    YesNo,
)
from questionnaires.reading import Source, check, read_source

LONGEST_COMMENT = 4_000
"""The most characters of a comment or a justification."""


@dataclass(frozen=True)
class AnswerSheet:
    """Everything that was answered, by question id; a question without an entry is unanswered."""

    reference_date: datetime.date
    values: Mapping[str, Value] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    not_applicable: Mapping[str, str] = field(default_factory=dict)
    """Criteria claimed to be not applicable, with the justification."""


def questions_of(questionnaire: Questionnaire) -> Iterator[Question]:
    """Yield every question in the order in which it is asked."""
    for section in questionnaire.sections:
        yield from section.questions
        for criterion in section.criteria:
            yield from criterion.questions


def read_answer(question: Question, given: Any, reference_date: datetime.date) -> Value:
    """Return the value behind a JSON value; raise AnswerError where it is not an answer."""
    value = question.read(given)
    if isinstance(value, datetime.date) and value > reference_date:
        raise AnswerError("future_date", limit=reference_date.isoformat())
    return value


Given = Annotated[
    Any,
    WithJsonSchema(
        {
            "anyOf": [
                {"type": ["string", "integer"]},
                {"type": "array", "items": {"type": "string"}, "minItems": 1},
                {
                    "type": "object",
                    "properties": {
                        part: {"type": ["string", "integer"]}
                        for part in ("numerator", "denominator")
                    },
                    "required": ["numerator", "denominator"],
                    "additionalProperties": False,
                },
            ]
        }
    ),
]
"""An answer as it is written; the question says which form is right."""


class Names(Part):
    """A name that may be given in both languages."""

    zh: Words
    en: Words | None = None


class SubjectDetails(Part):
    """What an answers file says about the subject, for the report's cover."""

    organisation: Names
    name: Names
    version: Words | None = None
    """The subject's version."""
    address: Words | None = None
    """Where it is found: an internet address, an app's name."""
    launched: Day | None = None
    """The day of its launch."""
    filing_number: Words | None = None
    """The number of its algorithm or model filing."""


class AnswersFile(Part):
    """An answers file as written; its answers are read against the questionnaire."""

    questionnaire: Words
    """The id of a published questionnaire, or the path of a questionnaire file beside this file."""
    version: Version | None = None
    """Of the questionnaire; the newest one, if left out."""
    reference_date: Day
    """The day as of which everything is answered; no answer lies after it."""
    subject: SubjectDetails
    answers: dict[str, Given] = {}
    """By question. A question without an entry is unanswered."""
    comments: dict[str, Annotated[Words, Field(max_length=LONGEST_COMMENT)]] = {}
    """Free words on an answer, by question."""
    not_applicable: dict[str, Annotated[Words, Field(max_length=LONGEST_COMMENT)]] = {}
    """Criteria claimed to be not applicable, with the justification."""


def read_answers_file(path: Path) -> tuple[Source, AnswersFile]:
    """Read an answers file without its questionnaire; raise Refused with every fault."""
    source = read_source(path)
    return source, check(source, AnswersFile)


def answer_sheet(source: Source, file: AnswersFile, questionnaire: Questionnaire) -> AnswerSheet:
    """Read the answers of a file against its questionnaire; raise Refused with every fault."""
    reference_date = datetime.date.fromisoformat(file.reference_date)
    values: dict[str, Value] = {}
    # one more than are told, so that it is told that there are more
    faults = list(
        islice(_faults(source, file, questionnaire, reference_date, values), MOST_FAULTS + 1)
    )
    if faults:
        raise Refused(faults)
    return AnswerSheet(reference_date, values, file.comments, file.not_applicable)


def _faults(
    source: Source,
    file: AnswersFile,
    questionnaire: Questionnaire,
    reference_date: datetime.date,
    values: dict[str, Value],
) -> Iterator[Fault]:
    """Read the answers into `values`; yield what is wrong with them, the comments and claims."""
    questions = {question.id: question for question in questions_of(questionnaire)}
    criteria = {c.id: c for section in questionnaire.sections for c in section.criteria}
    for name, given in file.answers.items():
        place = ("answers", name)
        question = questions.get(name)
        if question is None:
            yield source.fault(place, _unknown("question", name, questions))
            continue
        try:
            values[name] = read_answer(question, given, reference_date)
        except AnswerError as error:
            yield source.fault(place, f"{name}: {error}{_hint(question, error)}")
    for name in file.comments:
        if name not in questions:
            yield source.fault(("comments", name), _unknown("question", name, questions))
    for name in file.not_applicable:
        place = ("not_applicable", name)
        if name not in criteria:
            yield source.fault(place, _unknown("criterion", name, criteria))
        elif not criteria[name].claimable:
            message = f"criterion “{name}” cannot be claimed to be not applicable"
            yield source.fault(place, message)


def _unknown(kind: str, name: str, known: Mapping[str, Any]) -> str:
    return f"the questionnaire has no {kind} “{shortened(name)}”{near(name, known)}"


def _hint(question: Question, error: AnswerError) -> str:
    """Return what would be right, where the error's own words do not say it."""
    match question:
        case YesNo() if error.code == "not_a_choice":
            return ': write "yes" or "no", in quotes'
        case SingleChoice() | MultipleChoice() if error.code != "exclusive":
            options = [option.id for option in question.options]
            return hint(str(error.params.get("given", "")), options)
    return ""
