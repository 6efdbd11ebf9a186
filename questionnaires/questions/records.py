"""Questions answered with a date, in free words, or with the names of documents."""

import calendar
import datetime
import re
from fractions import Fraction
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, StrictInt

from questionnaires.parts import Language
from questionnaires.questions.base import (
    FULL,
    NOTHING,
    AnswerError,
    BaseQuestion,
    Showable,
    Special,
    Value,
)

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UNPRINTABLE = re.compile("[\x00\ud800-\udfff]")
"""What neither a database nor a page can hold."""


class DateQuestion(Showable):
    """When something last happened: fresh within so many months of the reference date."""

    type: Literal["date"]
    fresh_within: Annotated[StrictInt, Field(ge=1, le=600)] | None = None
    """So many months before the reference date earn 100 points, earlier dates 0; left out, the
    question is not scored."""

    @property
    def scored(self) -> bool:
        return self.fresh_within is not None

    def read(self, given: Any) -> Value:
        if given == Special.CANNOT_SHOW.value:
            return self.read_cannot_show()
        try:
            if isinstance(given, str) and _DAY.fullmatch(given):
                return datetime.date.fromisoformat(given)
        except ValueError:
            pass
        raise AnswerError("not_a_date", given=given)

    def write(self, value: Value) -> Any:
        return value.isoformat() if isinstance(value, datetime.date) else super().write(value)

    def points(self, value: Value, reference_date: datetime.date) -> Fraction | None:
        if value is Special.CANNOT_SHOW:
            return NOTHING
        assert isinstance(value, datetime.date)
        assert self.fresh_within is not None
        fresh = value >= months_before(reference_date, self.fresh_within)
        return FULL if fresh else NOTHING

    def words(self, value: Value, language: Language) -> str:
        if value is Special.CANNOT_SHOW:
            return self.cannot_show_words(language)
        assert isinstance(value, datetime.date)
        if language == "zh":
            return f"{value.year}年{value.month}月{value.day}日"
        return f"{value.day} {value:%B} {value.year}"


class TextQuestion(BaseQuestion):
    """A description in free words."""

    type: Literal["text"]
    longest: Annotated[StrictInt, Field(ge=1, le=10_000)] = 4_000
    """The most characters."""

    def read(self, given: Any) -> Value:
        if not isinstance(given, str) or not given.strip() or _UNPRINTABLE.search(given):
            raise AnswerError("not_a_text")
        if len(given) > self.longest:
            raise AnswerError("too_long", limit=self.longest, length=len(given))
        return given


class Files(BaseQuestion):
    """The names or archive numbers of documents that can be shown."""

    type: Literal["files"]
    most: Annotated[StrictInt, Field(ge=1, le=100)] = 20
    """The most documents."""
    longest: ClassVar[int] = 300

    def read(self, given: Any) -> Value:
        if not isinstance(given, list | tuple) or not given:
            raise AnswerError("not_files")
        names = tuple(item.strip() if isinstance(item, str) else "" for item in given)
        if not all(names) or any(map(_UNPRINTABLE.search, names)):
            raise AnswerError("not_files")
        if len(names) > self.most:
            raise AnswerError("too_large", limit=self.most)
        longest = max(map(len, names))
        if longest > self.longest:
            raise AnswerError("too_long", limit=self.longest, length=longest)
        return names

    def write(self, value: Value) -> Any:
        assert isinstance(value, tuple)
        return list(value)

    def words(self, value: Value, language: Language) -> str:
        assert isinstance(value, tuple)
        return ("；" if language == "zh" else "; ").join(value)


@lru_cache(maxsize=256)
def months_before(day: datetime.date, months: int) -> datetime.date:
    """Return the same day so many months earlier, or the last day of a shorter month.

    Before the first day of the calendar it is the first day.
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < datetime.MINYEAR:
        return datetime.date.min
    longest = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, longest))
