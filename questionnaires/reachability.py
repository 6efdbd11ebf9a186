"""Whether a condition can hold at all: a small search over what answers could be."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from questionnaires.conditions import (
    All,
    AnyOf,
    AtLeast,
    Condition,
    InTier,
    Is,
    Leaf,
    Not,
)
from questionnaires.questions import (
    BaseQuestion,
    MultipleChoice,
    Number,
    Question,
    Ratio,
    Scale,
    SingleChoice,
    YesNo,
)

Goal = tuple[Condition, bool]
"""A condition, and whether it has to hold or to fail."""


@dataclass(frozen=True)
class Room:
    """What is left open about the answer to one question."""

    ticked: frozenset[str] = frozenset()
    allowed: frozenset[str] | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    """Excluded upper end."""
    asked: bool | None = None


def can_hold(condition: Condition, questions: Mapping[str, Question]) -> bool:
    """Tell whether some combination of answers satisfies the condition.

    A question that is not asked fails every leaf on it, and one that is asked has a condition of
    its own that must hold too.
    """
    return any(True for _ in _search([(condition, True)], {}, questions))


def _search(
    goals: list[Goal], rooms: dict[str, Room], questions: Mapping[str, Question]
) -> Iterator[dict[str, Room]]:
    if not goals:
        yield rooms
        return
    (condition, wanted), *rest = goals
    match condition:
        case Not():
            yield from _search([(condition.not_, not wanted), *rest], rooms, questions)
        case All() | AnyOf():
            parts = condition.all if isinstance(condition, All) else condition.any
            if isinstance(condition, All) == wanted:
                yield from _search([*((p, wanted) for p in parts), *rest], rooms, questions)
            else:
                for part in parts:
                    yield from _search([(part, wanted), *rest], rooms, questions)
        case InTier():
            name = "tier:"
            room = _tier_room(rooms.get(name, Room()), condition.tier, wanted)
            if room:
                yield from _search(rest, {**rooms, name: room}, questions)
        case _:
            yield from _search_leaf(condition, wanted, rest, rooms, questions)


def _search_leaf(
    leaf: Leaf,
    wanted: bool,
    rest: list[Goal],
    rooms: dict[str, Room],
    questions: Mapping[str, Question],
) -> Iterator[dict[str, Room]]:
    question = questions[leaf.question]
    room = rooms.get(leaf.question, Room())
    if room.asked is not False:
        for narrowed in _narrow(question, room, leaf, wanted):
            asked = replace(narrowed, asked=True)
            own = [] if room.asked or question.ask_if is None else [(question.ask_if, True)]
            yield from _search([*own, *rest], {**rooms, leaf.question: asked}, questions)
    if not wanted and room.asked is not True and question.ask_if is not None:
        hidden = {**rooms, leaf.question: Room(asked=False)}
        yield from _search([(question.ask_if, False), *rest], hidden, questions)


def _tier_room(room: Room, tier: str, wanted: bool) -> Room | None:
    if tier in room.ticked:
        return room if wanted else None
    if room.ticked and wanted:
        return None
    return replace(room, ticked=frozenset({tier})) if wanted else room


def _narrow(question: BaseQuestion, room: Room, leaf: Leaf, wanted: bool) -> Iterator[Room]:
    """Yield every way to make the leaf hold (or fail) within the room, none where it cannot."""
    if isinstance(leaf, AtLeast):
        yield from _narrow_figure(question, room, leaf, wanted)
        return
    named = set(map(str, [leaf.is_] if isinstance(leaf, Is) else leaf.in_))
    allowed = room.allowed if room.allowed is not None else _choices(question)
    if isinstance(question, MultipleChoice):
        if not wanted:
            left = allowed - named
            if left and room.ticked <= left:
                yield replace(room, allowed=left)
            return
        exclusive = {option.id for option in question.options if option.exclusive}
        for name in sorted(named & allowed):
            ticked = room.ticked | {name}
            if len(ticked) == 1 or not ticked & exclusive:
                yield replace(room, ticked=ticked, allowed=allowed)
        return
    left = allowed & named if wanted else allowed - named
    if left:
        yield replace(room, allowed=left)


def _narrow_figure(
    question: BaseQuestion, room: Room, leaf: AtLeast, wanted: bool
) -> Iterator[Room]:
    low, high = _ends(question)
    low = low if room.low is None else room.low
    high = high if room.high is None else room.high
    if wanted:
        low = max(low, leaf.at_least)
    else:
        high = leaf.at_least if high is None else min(high, leaf.at_least)
    if high is None or low < high:
        yield replace(room, low=low, high=high)


def _choices(question: BaseQuestion) -> frozenset[str]:
    match question:
        case SingleChoice() | MultipleChoice():
            return frozenset(option.id for option in question.options)
        case YesNo():
            return frozenset({"yes", "no"})
        case Scale():
            return frozenset(map(str, range(6)))
    return frozenset()


def _ends(question: BaseQuestion) -> tuple[Fraction, Fraction | None]:
    """Return the lowest figure and the excluded upper end, a hair above an included one."""
    hair = Fraction(1, 10**12)
    match question:
        case Number():
            return question.minimum, None if question.maximum is None else question.maximum + hair
        case Ratio():
            return Fraction(0), 1 + hair
        case Scale():
            return Fraction(0), 5 + hair
    return Fraction(0), None
