"""From one version of a questionnaire to the next: what changed, and which answers carry over.

A question whose meaning is unchanged keeps its answer; one that was worded anew is asked again,
with the old answer beside it; points, weights, help and advice may change without asking again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from questionnaires.answers import questions_of
from questionnaires.document import Questionnaire
from questionnaires.parts import Part
from questionnaires.questions import Question

MEANING = ("type", "text", "options", "numerator", "denominator", "unit", "cannot_show")
"""The parts of a question that say what is asked; another word in them and it is asked again."""


class Fate(StrEnum):
    """What becomes of a question and its answer."""

    KEPT = "kept"
    RENAMED = "renamed"
    REWORDED = "reworded"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Passage:
    """A question on its way from one version to the next."""

    fate: Fate
    before: Question | None
    after: Question | None

    @property
    def carries(self) -> bool:
        """Tell whether the answer counts in the new version without being asked again."""
        return self.fate in (Fate.KEPT, Fate.RENAMED)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs: where it is, and how it reads before and after; None is absent."""

    path: str
    before: Any
    after: Any


def passages(before: Questionnaire, after: Questionnaire) -> list[Passage]:
    """Return the way of every question of both versions, in the new order, the gone ones last."""
    old = {question.id: question for question in questions_of(before)}
    renamed = {} if after.succeeds is None else after.succeeds.renamed
    origin = {new: former for former, new in renamed.items() if former in old}
    found = []
    for question in questions_of(after):
        former = old.pop(origin.get(question.id, question.id), None)
        found.append(Passage(_fate(former, question), former, question))
    return found + [Passage(Fate.GONE, question, None) for question in old.values()]


def differences(before: Questionnaire, after: Questionnaire) -> list[Difference]:
    """Return everything that differs between two versions, question by question and beyond."""
    return list(_compare("", _plain(before), _plain(after)))


def _fate(before: Question | None, after: Question) -> Fate:
    if before is None:
        return Fate.NEW
    if _meaning(before) != _meaning(after):
        return Fate.REWORDED
    return Fate.KEPT if before.id == after.id else Fate.RENAMED


def _meaning(question: Question) -> dict[str, Any]:
    """Return what the question asks: its words and its options' words, without any points."""
    found = {name: getattr(question, name, None) for name in MEANING}
    options = found.pop("options") or ()
    return found | {"options": [(option.id, option.text) for option in options]}


def _plain(part: Part) -> Any:
    return part.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _compare(path: str, before: Any, after: Any) -> Iterator[Difference]:
    """Yield differences; entries of lists are matched by their ids, so that moving is no change."""
    if isinstance(before, list) and isinstance(after, list):
        before, after = _by_id(before), _by_id(after)
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in [*before, *(key for key in after if key not in before)]:
            step = f"{path}.{key}" if path else str(key)
            yield from _compare(step, before.get(key), after.get(key))
    elif before != after:
        yield Difference(path, before, after)


def _by_id(entries: list[Any]) -> dict[str, Any]:
    """Return the entries of a list by what tells them apart."""
    keyed = {}
    for index, entry in enumerate(entries):
        key = entry.get("id", entry.get("criterion")) if isinstance(entry, Mapping) else None
        keyed[str(index + 1) if key is None else str(key)] = entry
    return keyed
