"""Questions: what can be asked, how an answer is read, and how many points it earns.

Points run from 0 to 100. A question without points only describes the subject.
"""

from typing import Annotated

from pydantic import Field

from questionnaires.questions.base import (
    FULL,
    NOTHING,
    AnswerError,
    BaseQuestion,
    Means,
    Proportion,
    Showable,
    Special,
    Value,
)
from questionnaires.questions.choices import MultipleChoice, Scale, SingleChoice, YesNo
from questionnaires.questions.measures import Number, Ratio
from questionnaires.questions.records import DateQuestion, Files, TextQuestion, months_before

Question = Annotated[
    SingleChoice
    | MultipleChoice
    | YesNo
    | Scale
    | Number
    | Ratio
    | DateQuestion
    | TextQuestion
    | Files,
    Field(discriminator="type"),
]

__all__ = [
    "FULL",
    "NOTHING",
    "AnswerError",
    "BaseQuestion",
    "DateQuestion",
    "Files",
    "Means",
    "MultipleChoice",
    "Number",
    "Proportion",
    "Question",
    "Ratio",
    "Scale",
    "Showable",
    "SingleChoice",
    "Special",
    "TextQuestion",
    "Value",
    "YesNo",
    "months_before",
]
