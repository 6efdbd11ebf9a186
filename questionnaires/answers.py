"""Answers: a sheet of them, and the answers file that a sheet is read from."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from questionnaires.document import Questionnaire, Version
from questionnaires.faults import Fault, Refused, near
from questionnaires.parts import Key, Part, Words
from questionnaires.questions import AnswerError, Question, Value
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


class Names(Part):
    """A name that may be given in both languages."""

    zh: Words
    en: Words | None = None


class SubjectDetails(Part):
    """What an answers file says about the subject, for the report's cover."""

    organisation: Names
    name: Names
    version: Words | None = None
    address: Words | None = None
    launched: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = None
    filing_number: Words | None = None


class AnswersFile(Part):
    """An answers file as written; its answers are read against the questionnaire."""

    questionnaire: Words
    """The id of a published questionnaire, or the path of a questionnaire file beside this file."""
    version: Version | None = None
    reference_date: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    subject: SubjectDetails
    answers: dict[Key, Any] = {}
    comments: dict[Key, Annotated[Words, Field(max_length=LONGEST_COMMENT)]] = {}
    not_applicable: dict[Key, Annotated[Words, Field(max_length=LONGEST_COMMENT)]] = {}


def read_answers_file(path: Path) -> tuple[Source, AnswersFile]:
    """Read an answers file without its questionnaire; raise Refused with every fault."""
    source = read_source(path)
    return source, check(source, AnswersFile)


def answer_sheet(source: Source, file: AnswersFile, questionnaire: Questionnaire) -> AnswerSheet:
    """Read the answers of a file against its questionnaire; raise Refused with every fault."""
    questions = {question.id: question for question in questions_of(questionnaire)}
    criteria = {c.id: c for section in questionnaire.sections for c in section.criteria}
    faults: list[Fault] = []
    try:
        reference_date = datetime.date.fromisoformat(file.reference_date)
    except ValueError:
        raise Refused([source.fault(("reference_date",), "there is no such day")]) from None
    values: dict[str, Value] = {}
    for name, given in file.answers.items():
        place = ("answers", name)
        question = questions.get(name)
        if question is None:
            faults.append(source.fault(place, _unknown("question", name, questions)))
            continue
        try:
            values[name] = read_answer(question, given, reference_date)
        except AnswerError as error:
            faults.append(source.fault(place, f"{name}: {error}{_near_option(question, error)}"))
    faults += [
        source.fault(("comments", name), _unknown("question", name, questions))
        for name in file.comments
        if name not in questions
    ]
    for name in file.not_applicable:
        place = ("not_applicable", name)
        if name not in criteria:
            faults.append(source.fault(place, _unknown("criterion", name, criteria)))
        elif not criteria[name].claimable:
            message = f"criterion “{name}” cannot be claimed to be not applicable"
            faults.append(source.fault(place, message))
    if faults:
        raise Refused(faults)
    return AnswerSheet(reference_date, values, file.comments, file.not_applicable)


def _unknown(kind: str, name: str, known: Mapping[str, Any]) -> str:
    return f"the questionnaire has no {kind} “{name}”{near(name, known)}"


def _near_option(question: Question, error: AnswerError) -> str:
    if error.code != "unknown_option":
        return ""
    options = [option.id for option in getattr(question, "options", ())]
    return near(str(error.params["given"]), options) or f"; its options are {', '.join(options)}"
