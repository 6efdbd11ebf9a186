"""Whether a condition can hold at all: a bounded search over what answers could be."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from questionnaires.conditions import (
    TIER,
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
    MultipleChoice,
    Number,
    Question,
    Ratio,
    Scale,
    SingleChoice,
    YesNo,
)

MOST_STEPS = 50_000
"""How many steps all searches of one library may take together: a fraction of a second."""

Goals = tuple[Condition, bool, "Goals"] | None
"""A condition, whether it has to hold or to fail, and the goals after it."""


class Tangled(Exception):
    """The search ran out of steps."""


@dataclass(frozen=True, slots=True)
class Room:
    """What is left open about the answer to one question."""

    asked: bool | None = None
    ticked: frozenset[str] = frozenset()
    allowed: frozenset[str] | None = None
    """The options that may still be chosen; None for all."""
    low: Fraction | None = None
    high: Fraction | None = None
    """The figure lies in [low, high)."""
    figure: bool | None = None
    """Whether the answer is a figure: it can be “cannot show it”, or nothing out of nothing."""


Rooms = Mapping[str, Room]


class Search:
    """Searches over the questions of a library, which share a number of steps."""

    def __init__(
        self,
        questions: Mapping[str, Question],
        needs: Mapping[str, Condition],
        claimable: frozenset[str] = frozenset(),
    ) -> None:
        """`needs` holds the condition under which a question is asked, where it has one;

        `claimable` the questions that a claim can take away.
        """
        self.questions = questions
        self.needs = needs
        self.claimable = claimable
        self.steps = 0

    def can_hold(self, condition: Condition) -> bool:
        """Tell whether some combination of answers satisfies the condition.

        A question that is not asked fails every leaf on it, and one that is asked has a condition
        of its own that must hold too. Raises Tangled where that takes too many steps to find out.
        """
        open_ends: list[tuple[Goals, Rooms]] = [((condition, True, None), {})]
        while open_ends:
            self.steps += 1
            if self.steps > MOST_STEPS:
                raise Tangled
            goals, rooms = open_ends.pop()
            if goals is None:
                return True
            # the first alternative is popped first
            open_ends += reversed(list(self._next(*goals, rooms)))
        return False

    def _next(
        self, condition: Condition, wanted: bool, rest: Goals, rooms: Rooms
    ) -> Iterator[tuple[Goals, Rooms]]:
        """Yield every way to meet the first goal, with the goals and the room that it leaves."""
        match condition:
            case Not():
                yield (condition.not_, not wanted, rest), rooms
            case All() | AnyOf():
                parts = condition.all if isinstance(condition, All) else condition.any
                if isinstance(condition, All) == wanted:
                    # leaves go to the front: they leave the least open
                    for part in sorted(parts, key=_is_leaf):
                        rest = (part, wanted, rest)
                    yield rest, rooms
                else:
                    yield from (((part, wanted, rest), rooms) for part in parts)
            case InTier():
                if room := _tier_room(rooms.get(TIER, Room()), condition.tier, wanted):
                    yield rest, {**rooms, TIER: room}
            case _:
                yield from self._next_of_leaf(condition, wanted, rest, rooms)

    def _next_of_leaf(
        self, leaf: Leaf, wanted: bool, rest: Goals, rooms: Rooms
    ) -> Iterator[tuple[Goals, Rooms]]:
        name = leaf.question
        room = rooms.get(name, Room())
        needed = self.needs.get(name)
        if room.asked is not False:
            asked: Goals = rest if room.asked or needed is None else (needed, True, rest)
            for narrowed in _narrow(self.questions[name], room, leaf, wanted):
                yield asked, {**rooms, name: replace(narrowed, asked=True)}
        if wanted or room.asked:
            return
        hidden = {**rooms, name: Room(asked=False)}
        if room.asked is False or name in self.claimable:
            yield rest, hidden
        elif needed is not None:
            yield (needed, False, rest), hidden


def _is_leaf(condition: Condition) -> bool:
    return not isinstance(condition, All | AnyOf | Not)


def _tier_room(room: Room, tier: str, wanted: bool) -> Room | None:
    if tier in room.ticked:
        return room if wanted else None
    if room.ticked and wanted:
        return None
    return replace(room, ticked=frozenset({tier})) if wanted else room


def _narrow(question: Question, room: Room, leaf: Leaf, wanted: bool) -> Iterator[Room]:
    """Yield every way to make the leaf hold (or fail) within the room, none where it cannot."""
    if isinstance(leaf, AtLeast) and not isinstance(question, Scale):
        yield from _narrow_figure(question, room, leaf, wanted)
        return
    named = _named(leaf)
    allowed = room.allowed if room.allowed is not None else _choices(question)
    if not isinstance(question, MultipleChoice):
        if left := allowed & named if wanted else allowed - named:
            yield replace(room, allowed=left)
        return
    if not wanted:
        if (left := allowed - named) and room.ticked <= left:
            yield replace(room, allowed=left)
        return
    exclusive = {option.id for option in question.options if option.exclusive}
    for name in sorted(named & allowed):
        ticked = room.ticked | {name}
        if len(ticked) == 1 or not ticked & exclusive:
            yield replace(room, ticked=ticked, allowed=allowed)


def _narrow_figure(question: Question, room: Room, leaf: AtLeast, wanted: bool) -> Iterator[Room]:
    if room.figure is not False:
        low, high = _ends(question)
        low = low if room.low is None else room.low
        high = high if room.high is None else room.high
        if wanted:
            low = max(low, leaf.at_least)
        else:
            high = leaf.at_least if high is None else min(high, leaf.at_least)
        whole = isinstance(question, Number) and question.whole
        if high is None or (math.ceil(low) if whole else low) < high:
            yield replace(room, low=low, high=high, figure=True)
    if not wanted and not room.figure:
        no_figure = isinstance(question, Ratio) or getattr(question, "cannot_show", None)
        if no_figure:
            yield replace(room, figure=False)


def _named(leaf: Leaf) -> frozenset[str]:
    if isinstance(leaf, AtLeast):
        return frozenset(str(level) for level in range(len(Scale.LEVELS)) if level >= leaf.at_least)
    return frozenset(map(str, [leaf.is_] if isinstance(leaf, Is) else leaf.in_))


def _choices(question: Question) -> frozenset[str]:
    match question:
        case SingleChoice() | MultipleChoice():
            return frozenset(option.id for option in question.options)
        case YesNo():
            return frozenset(question.LABELS)
        case Scale():
            return frozenset(map(str, range(len(question.LEVELS))))
    return frozenset()


def _ends(question: Question) -> tuple[Fraction, Fraction | None]:
    """Return the lowest figure and the excluded upper end, a hair above an included one."""
    hair = Fraction(1, 10**12)
    match question:
        case Number():
            return question.minimum, None if question.maximum is None else question.maximum + hair
        case Ratio():
            return Fraction(0), 1 + hair
    return Fraction(0), None
