"""Questions answered by choosing: one option, several, yes or no, a level."""

import datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self, TypeVar

from pydantic import Field, StrictBool, StrictInt, model_validator
from pydantic_core import PydanticCustomError

from questionnaires.exact import Points
from questionnaires.parts import Bilingual, Key, Language, Part
from questionnaires.questions.base import (
    FULL,
    NOTHING,
    AnswerError,
    BaseQuestion,
    Value,
    check_range,
)


class Option(Part):
    """One state that an answer can name; `points` are left out where nothing is scored."""

    id: Key
    text: Bilingual
    points: Points | None = None
    """0 to 100; of one question all options have points, or none has."""
    evidence_required: StrictBool = False
    """Whether an answer that names it must have evidence behind it."""


class ExclusiveOption(Option):
    """An option of a multiple choice; an exclusive one cannot stand beside another."""

    exclusive: StrictBool = False
    """Whether it cannot be chosen together with others."""


class Choice(BaseQuestion):
    """A question answered by naming options."""

    if TYPE_CHECKING:  # each kind declares its own

        @property
        def options(self) -> tuple[Option, ...]: ...

    def demands_evidence(self, value: Value, reference_date: datetime.date) -> bool:
        named = value if isinstance(value, tuple) else (value,)
        return any(
            option.evidence_required for option in self.options if option.id in named
        ) or super().demands_evidence(value, reference_date)

    @property
    def may_demand_evidence(self) -> bool:
        return self.evidence_required or any(one.evidence_required for one in self.options)


class SingleChoice(Choice):
    """One option out of several."""

    type: Literal["single"]
    options: Annotated[tuple[Option, ...], Field(min_length=2)]

    @model_validator(mode="after")
    def _check(self) -> Self:
        _check_options(self.options)
        if self.scored:
            check_range({option.points for option in self.options}, "options")
        return self

    @property
    def scored(self) -> bool:
        return self.options[0].points is not None

    def read(self, given: Any) -> Value:
        if not isinstance(given, str):
            raise AnswerError("not_a_choice")
        return _option(self.options, given).id

    def points(self, value: Value, reference_date: datetime.date) -> Fraction | None:
        return next(option.points for option in self.options if option.id == value)

    def words(self, value: Value, language: Language) -> str:
        return _option(self.options, str(value)).text.to(language)


class MultipleChoice(Choice):
    """Any number of options; the points of the chosen ones add up, to 100 at the most."""

    type: Literal["multiple"]
    options: Annotated[tuple[ExclusiveOption, ...], Field(min_length=2)]

    @model_validator(mode="after")
    def _check(self) -> Self:
        _check_options(self.options)
        if not self.scored:
            return self
        together = sum(option.points or 0 for option in self.options if not option.exclusive)
        if max(together, *(option.points or 0 for option in self.options)) < FULL:
            raise PydanticCustomError(
                "range", "all options together must reach 100 points", {"at": ("options",)}
            )
        if not any(option.points == 0 for option in self.options):
            raise PydanticCustomError(
                "range",
                "one option must earn 0 points (none ticked means unanswered), "
                "such as an exclusive “none of these”",
                {"at": ("options",)},
            )
        return self

    @property
    def scored(self) -> bool:
        return self.options[0].points is not None

    def read(self, given: Any) -> Value:
        if not isinstance(given, list | tuple) or not given:
            raise AnswerError("not_choices")
        chosen = {_option(self.options, item).id for item in given}
        for option in self.options:
            if option.exclusive and option.id in chosen and len(chosen) > 1:
                raise AnswerError("exclusive", option=option.id)
        return tuple(option.id for option in self.options if option.id in chosen)

    def write(self, value: Value) -> Any:
        assert isinstance(value, tuple)
        return list(value)

    def points(self, value: Value, reference_date: datetime.date) -> Fraction | None:
        assert isinstance(value, tuple)
        earned = sum(option.points or 0 for option in self.options if option.id in value)
        return min(FULL, Fraction(earned))

    def words(self, value: Value, language: Language) -> str:
        assert isinstance(value, tuple)
        between = "；" if language == "zh" else "; "
        return between.join(
            option.text.to(language) for option in self.options if option.id in value
        )


class YesNo(BaseQuestion):
    """Yes or no; `full_for` names the answer that earns 100, the other earns 0."""

    type: Literal["yes_no"]
    full_for: Literal["yes", "no"] | None = None
    """The answer that earns 100 points; left out, the question is not scored."""

    LABELS: ClassVar[dict[str, dict[Language, str]]] = {
        "yes": {"zh": "是", "en": "Yes"},
        "no": {"zh": "否", "en": "No"},
    }

    @property
    def scored(self) -> bool:
        return self.full_for is not None

    def read(self, given: Any) -> Value:
        if given not in ("yes", "no"):
            raise AnswerError("not_a_choice")
        return str(given)

    def points(self, value: Value, reference_date: datetime.date) -> Fraction | None:
        return FULL if value == self.full_for else NOTHING

    def words(self, value: Value, language: Language) -> str:
        return self.LABELS[str(value)][language]


class Scale(BaseQuestion):
    """A maturity level from 0 to 5: 100 · min(1, level / full_at)."""

    type: Literal["scale"]
    full_at: Annotated[StrictInt, Field(ge=1, le=5)] = 3
    """The level from which an answer earns 100 points."""

    LEVELS: ClassVar[tuple[dict[Language, str], ...]] = (
        {"zh": "未执行", "en": "Not performed"},
        {"zh": "非正式执行", "en": "Performed informally"},
        {"zh": "计划跟踪", "en": "Planned and tracked"},
        {"zh": "充分定义", "en": "Well defined"},
        {"zh": "量化控制", "en": "Quantitatively controlled"},
        {"zh": "持续优化", "en": "Continuously improving"},
    )

    @property
    def scored(self) -> bool:
        return True

    def read(self, given: Any) -> Value:
        if isinstance(given, bool) or not isinstance(given, int | str):
            raise AnswerError("not_a_level")
        for level in range(len(self.LEVELS)):
            if given in (level, str(level)):
                return level
        raise AnswerError("not_a_level")

    def points(self, value: Value, reference_date: datetime.date) -> Fraction | None:
        assert isinstance(value, int)
        return FULL * min(Fraction(1), Fraction(value, self.full_at))

    def words(self, value: Value, language: Language) -> str:
        assert isinstance(value, int)
        return f"{value} {self.LEVELS[value][language]}"


_OptionType = TypeVar("_OptionType", bound=Option)


def _option(options: tuple[_OptionType, ...], given: Any) -> _OptionType:
    for option in options:
        if option.id == given:
            return option
    raise AnswerError("unknown_option", given=given)


def _check_options(options: tuple[Option, ...]) -> None:
    ids = [option.id for option in options]
    for index, name in enumerate(ids):
        if name in ids[:index]:
            raise PydanticCustomError(
                "duplicate_option",
                "two options have the id “{id}”",
                {"id": name, "at": ("options", index)},
            )
    scored = [option.id for option in options if option.points is not None]
    if scored and len(scored) < len(options):
        index = next(i for i, option in enumerate(options) if option.points is None)
        raise PydanticCustomError(
            "range",
            "option “{id}” has no points while others have; give all of them points or none",
            {"id": ids[index], "at": ("options", index)},
        )
