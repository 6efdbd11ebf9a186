"""What every part of a questionnaire document is built from."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from questionnaires.faults import near

Language = Literal["zh", "en"]

Key = Annotated[
    str, StringConstraints(strict=True, pattern=r"^[a-z][a-z0-9]*([-_][a-z0-9]+)*$", max_length=64)
]
Words = Annotated[str, StringConstraints(strict=True, min_length=1, strip_whitespace=True)]


class Part(BaseModel):
    """A piece of a document: never changes once read, and refuses keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @model_validator(mode="before")
    @classmethod
    def _known_keys(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        known = sorted(
            {field.alias or name for name, field in cls.model_fields.items()}
            | {name for name, field in cls.model_fields.items() if field.alias is None}
        )
        names = set(known) | set(cls.model_fields)
        for key in data:
            if key not in names:
                hint = near(str(key), known) or f"; known keys: {', '.join(known)}"
                raise PydanticCustomError(
                    "unknown_key", "unknown key “{key}”{hint}", {"key": str(key), "hint": hint}
                )
        return data


class Bilingual(Part):
    """The same words in simplified Chinese and in English; both are demanded."""

    zh: Words
    en: Words

    def to(self, language: Language) -> str:
        """Return the words in that language."""
        return self.zh if language == "zh" else self.en
