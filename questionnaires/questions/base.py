"""What all questions have in common, and the errors of answers that cannot be read."""

import datetime
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Any, ClassVar, Literal, Self

from pydantic import StrictBool, model_validator
from pydantic_core import PydanticCustomError

from questionnaires.conditions import Condition
from questionnaires.exact import Positive
from questionnaires.faults import shortened
from questionnaires.parts import Bilingual, Key, Language, Part

Means = Literal["law", "market", "code", "norm"]

FULL = Fraction(100)
NOTHING = Fraction(0)


class Special(Enum):
    """Answers that stand beside a question's own values."""

    CANNOT_SHOW = "cannot_show"


@dataclass(frozen=True, slots=True)
class Proportion:
    """A ratio as it was answered: so many out of so many."""

    numerator: Fraction
    denominator: Fraction

    @property
    def share(self) -> Fraction | None:
        """Return the share of 1, or None for nothing out of nothing."""
        return self.numerator / self.denominator if self.denominator else None


Value = str | int | Fraction | Proportion | datetime.date | tuple[str, ...] | Special


class AnswerError(ValueError):
    """What was given cannot be read as an answer.

    `code` is stable and has a translation wherever people see it; `params` fill its gaps. What was
    given is repeated in part only where it is long.
    """

    MESSAGES: ClassVar[dict[str, str]] = {
        "unknown_option": "“{given}” is not an option of this question",
        "exclusive": "“{option}” cannot be chosen together with others",
        "not_a_choice": "choose one of the options",
        "not_choices": "give a list of options",
        "not_a_level": "give a level from 0 to 5",
        "not_a_number": "“{given}” is not a number",
        "not_whole": "give a whole number",
        "too_small": "must be at least {limit}",
        "too_large": "must be at most {limit}",
        "not_a_ratio": "give both a numerator and a denominator",
        "numerator_above": "the numerator cannot exceed the denominator",
        "not_a_date": "“{given}” is not a date; write it as 2026-11-21",
        "future_date": "the date lies after the reference date {limit}",
        "not_a_text": "give a text",
        "too_long": "at most {limit} characters; this has {length}",
        "not_files": "give a list of file names",
        "no_such_choice": "this question has no “cannot show it”",
    }

    def __init__(self, code: str, **params: object) -> None:
        if "given" in params:
            params["given"] = shortened(str(params["given"]))
        self.code = code
        self.params = params
        super().__init__(self.MESSAGES[code].format(**params))


class BaseQuestion(Part):
    """What all questions have in common."""

    id: Key
    """Never renamed and never reused."""
    text: Bilingual
    """The question as it is asked; one thing only."""
    help: Bilingual | None = None
    """How to find the answer, and what counts."""
    why: Bilingual | None = None
    """Why it is asked."""
    evidence: Bilingual | None = None
    """What can be shown for it."""
    advice: Bilingual | None = None
    """How to close the gap where the answer earns less than 100 points."""
    means: Means | None = None
    """What the advice works with: law, market, code (architecture) or social norms."""
    evidence_required: StrictBool = False
    """Whether an answer that earns 100 points, or any answer where none is scored, must have
    evidence behind it. Of a choice, options can say so one by one instead."""
    weight: Positive = Fraction(1)
    """Its weight among the questions of its criterion."""
    ask_if: Condition | None = None
    """The question is asked where this holds; always, if left out."""
    if_hidden: Literal["zero", "leave_out"] = "zero"
    """What becomes of it where a scored answer hides it: it counts 0, or is left out."""

    @property
    def scored(self) -> bool:
        """Tell whether answers earn points."""
        return False

    def read(self, given: Any) -> Value:
        """Return the value behind a JSON value; raise AnswerError for what is not an answer."""
        raise NotImplementedError

    def write(self, value: Value) -> Any:
        """Return the value as JSON keeps it; `read` gives it back."""
        return value.value if isinstance(value, Special) else value

    def points(self, value: Value, reference_date: datetime.date) -> Fraction | None:
        """Return 0 to 100 points; None where the answer leaves the question out of the score."""
        raise NotImplementedError

    def demands_evidence(self, value: Value, reference_date: datetime.date) -> bool:
        """Tell whether this answer must have evidence behind it."""
        if not self.evidence_required or value is Special.CANNOT_SHOW:
            return False
        return not self.scored or self.points(value, reference_date) == FULL

    @property
    def may_demand_evidence(self) -> bool:
        """Tell whether some answer must have evidence behind it."""
        return self.evidence_required

    def words(self, value: Value, language: Language) -> str:
        """Return the answer as people read it."""
        return str(value)


class Showable(BaseQuestion):
    """A question whose answer rests on a record, and that may offer “cannot show it” for 0."""

    cannot_show: Bilingual | None = None
    """The words of the answer that there is no record; it earns 0 points."""

    @model_validator(mode="after")
    def _check_cannot_show(self) -> Self:
        if self.cannot_show and not self.scored:
            raise PydanticCustomError(
                "scoring", "cannot_show belongs to scored questions only", {"at": ("cannot_show",)}
            )
        return self

    def read_cannot_show(self) -> Special:
        """Return the special answer; raise AnswerError where the question does not offer it."""
        if self.cannot_show is None:
            raise AnswerError("no_such_choice")
        return Special.CANNOT_SHOW

    def cannot_show_words(self, language: Language) -> str:
        """Return the special answer as people read it."""
        return self.cannot_show.to(language) if self.cannot_show else ""


def check_range(points: set[Any], at: str) -> None:
    """Refuse a scored question that cannot earn both 0 and 100 points; `at` is the key to blame."""
    for end in (0, 100):
        if end not in points:
            raise PydanticCustomError(
                "range",
                "no answer earns {end} points; a scored question reaches 0 and 100",
                {"end": end, "at": (at,)},
            )
