"""Questions: what can be asked, how an answer is read, and how many points it earns.

Points run from 0 to 100. A question without points only describes the subject.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Discriminator, Tag

from questionnaires.parts import UNION_TAG
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

TYPES = (
    "single",
    "multiple",
    "yes_no",
    "scale",
    "number",
    "ratio",
    "date",
    "text",
    "files",
)


def _type(data: Any) -> str | None:
    given = data.get("type") if isinstance(data, Mapping) else getattr(data, "type", None)
    return f"{UNION_TAG}{given}" if isinstance(given, str) and given in TYPES else None


Question = Annotated[
    Annotated[SingleChoice, Tag(f"{UNION_TAG}single")]
    | Annotated[MultipleChoice, Tag(f"{UNION_TAG}multiple")]
    | Annotated[YesNo, Tag(f"{UNION_TAG}yes_no")]
    | Annotated[Scale, Tag(f"{UNION_TAG}scale")]
    | Annotated[Number, Tag(f"{UNION_TAG}number")]
    | Annotated[Ratio, Tag(f"{UNION_TAG}ratio")]
    | Annotated[DateQuestion, Tag(f"{UNION_TAG}date")]
    | Annotated[TextQuestion, Tag(f"{UNION_TAG}text")]
    | Annotated[Files, Tag(f"{UNION_TAG}files")],
    Discriminator(
        _type,
        custom_error_type="question_type",
        custom_error_message=f"the type of a question is one of {', '.join(TYPES)}",
    ),
]

__all__ = [
    "FULL",
    "NOTHING",
    "TYPES",
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
