"""Conditions: structured data, checked when read, three-valued when evaluated.

True and False are certain. None is undetermined: an answer that the condition needs is missing.
"""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Annotated, Any

from pydantic import Discriminator, Field, PlainValidator, Tag, WithJsonSchema
from pydantic_core import PydanticCustomError

from questionnaires.exact import Exact
from questionnaires.parts import UNION_TAG, Key, Part

Truth = bool | None

Known = Mapping[str, Any]
"""Answers by question: absent or None while undetermined, NOT_ASKED where it is not asked."""

Test = Callable[[Known], Truth]

NOT_ASKED = object()
"""Stands for an answer that equals nothing and reaches nothing."""
TIER = "tier:"
"""The key under which `Known` holds the tier; no question can have it."""


def _choice(written: Any) -> str | int:
    if isinstance(written, str) or (isinstance(written, int) and not isinstance(written, bool)):
        return written
    raise PydanticCustomError("choice", "name an option by its id, or a level by its number")


Choice = Annotated[
    str | int, PlainValidator(_choice), WithJsonSchema({"type": ["string", "integer"]})
]
"""An option's id, "yes" or "no", or a level of a scale."""


class All(Part):
    """Holds when every part holds."""

    all: Annotated[tuple["Condition", ...], Field(min_length=1)]


class AnyOf(Part):
    """Holds when at least one part holds."""

    any: Annotated[tuple["Condition", ...], Field(min_length=1)]


class Not(Part):
    """Holds when its part does not."""

    not_: "Condition" = Field(alias="not")


class Is(Part):
    """Holds when the question is answered so; for multiple choice: when that option is ticked."""

    question: Key
    is_: Choice = Field(alias="is")


class In(Part):
    """Holds when the answer is one of these; for multiple choice: when any of these is ticked."""

    question: Key
    in_: Annotated[tuple[Choice, ...], Field(alias="in", min_length=1)]


class AtLeast(Part):
    """Holds when a number, a ratio (as a share of 1) or a scale level reaches the threshold."""

    question: Key
    at_least: Exact


class InTier(Part):
    """Holds when the scoping answers place the subject in that tier."""

    tier: Key


_KINDS = ("all", "any", "not", "is", "in", "at_least", "tier")


def _kind(data: Any) -> str | None:
    keys = type(data).model_fields if isinstance(data, Part) else data
    if not isinstance(keys, Mapping):
        return None
    found = next((kind for kind in _KINDS if kind in keys or f"{kind}_" in keys), None)
    return found and f"{UNION_TAG}{found}"


Condition = Annotated[
    Annotated[All, Tag(f"{UNION_TAG}all")]
    | Annotated[AnyOf, Tag(f"{UNION_TAG}any")]
    | Annotated[Not, Tag(f"{UNION_TAG}not")]
    | Annotated[Is, Tag(f"{UNION_TAG}is")]
    | Annotated[In, Tag(f"{UNION_TAG}in")]
    | Annotated[AtLeast, Tag(f"{UNION_TAG}at_least")]
    | Annotated[InTier, Tag(f"{UNION_TAG}tier")],
    Discriminator(
        _kind,
        custom_error_type="condition",
        custom_error_message=(
            "a condition is one of: all, any, not, tier, or question with is, in or at_least"
        ),
    ),
]


Leaf = Is | In | AtLeast

for _part in (All, AnyOf, Not):
    _part.model_rebuild()


def leaves(condition: Condition) -> Iterator[Leaf | InTier]:
    """Yield every question or tier that the condition looks at, in written order."""
    match condition:
        case All():
            for part in condition.all:
                yield from leaves(part)
        case AnyOf():
            for part in condition.any:
                yield from leaves(part)
        case Not():
            yield from leaves(condition.not_)
        case _:
            yield condition


def questions_in(condition: Condition | None) -> set[str]:
    """Return the ids of the questions that the condition looks at."""
    if condition is None:
        return set()
    return {leaf.question for leaf in leaves(condition) if not isinstance(leaf, InTier)}


def test_of(condition: Condition) -> Test:
    """Return a function that evaluates the condition in Kleene's three-valued logic.

    It is undetermined unless the known answers decide it. A question that is not asked fails
    every leaf on it.
    """
    match condition:
        case All():
            return _all(tuple(test_of(part) for part in condition.all))
        case AnyOf():
            return _any(tuple(test_of(part) for part in condition.any))
        case Not():
            return _not(test_of(condition.not_))
        case InTier():
            return _equals(TIER, condition.tier)
        case Is():
            return _equals(condition.question, condition.is_)
        case In():
            return _among(condition.question, frozenset(condition.in_))
        case AtLeast():
            return _reaches(condition.question, condition.at_least)


def _all(parts: tuple[Test, ...]) -> Test:
    def test(known: Known) -> Truth:
        verdict: Truth = True
        for part in parts:
            truth = part(known)
            if truth is False:
                return False
            if truth is None:
                verdict = None
        return verdict

    return test


def _any(parts: tuple[Test, ...]) -> Test:
    def test(known: Known) -> Truth:
        verdict: Truth = False
        for part in parts:
            truth = part(known)
            if truth:
                return True
            if truth is None:
                verdict = None
        return verdict

    return test


def _not(part: Test) -> Test:
    def test(known: Known) -> Truth:
        truth = part(known)
        return None if truth is None else not truth

    return test


def _equals(name: str, wanted: str | int) -> Test:
    def test(known: Known) -> Truth:
        value = known.get(name)
        if value is None:
            return None
        return wanted in value if isinstance(value, tuple) else value == wanted

    return test


def _among(name: str, wanted: frozenset[str | int]) -> Test:
    def test(known: Known) -> Truth:
        value = known.get(name)
        if value is None:
            return None
        return not wanted.isdisjoint(value) if isinstance(value, tuple) else value in wanted

    return test


def _reaches(name: str, threshold: Fraction) -> Test:
    def test(known: Known) -> Truth:
        value = known.get(name)
        if value is None:
            return None
        size = getattr(value, "share", value)
        return isinstance(size, int | Fraction) and size >= threshold

    return test
