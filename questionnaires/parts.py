"""What every part of a questionnaire document is built from."""

from itertools import islice
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError

from questionnaires.faults import MOST_FAULTS

Language = Literal["zh", "en"]

UNION_TAG = "kind:"
"""Begins the names of a union's members, so that no key of a file is taken for one."""

LOOKS: dict[str, str] = {}
"""What a text that matches a pattern looks like, by pattern."""


def matching(pattern: str, looks: str, max_length: int | None = None) -> StringConstraints:
    """Return the constraint of a text; `looks` says it in words."""
    LOOKS[pattern] = looks
    return StringConstraints(strict=True, pattern=pattern, max_length=max_length)


Key = Annotated[
    str,
    matching(
        r"^[a-z][a-z0-9]*([-_][a-z0-9]+)*$",
        "lower-case letters and digits, in words joined by - or _, such as data-security",
        max_length=64,
    ),
]
Words = Annotated[
    str,
    StringConstraints(strict=True, min_length=1, strip_whitespace=True),
    Field(json_schema_extra={"pattern": r"\S"}),
]


class Part(BaseModel):
    """A piece of a document: never changes once read, and refuses keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    @model_validator(mode="before")
    @classmethod
    def _known_keys(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        known = [field.alias or name for name, field in cls.model_fields.items()]
        if unknown := list(islice((key for key in data if key not in known), MOST_FAULTS + 1)):
            raise ValidationError.from_exception_data(
                cls.__name__,
                [{"type": _unknown_key(key, known), "input": data[key]} for key in unknown],
            )
        return data


def _unknown_key(key: str, known: list[str]) -> PydanticCustomError:
    return PydanticCustomError(
        "unknown_key",
        "unknown key “{key}”; known keys: {known}",
        {"key": key, "known": " ".join(known), "at": (key,)},
    )


class Bilingual(Part):
    """The same words in simplified Chinese and in English; both are demanded."""

    zh: Words
    en: Words

    def to(self, language: Language) -> str:
        """Return the words in that language."""
        return self.zh if language == "zh" else self.en
