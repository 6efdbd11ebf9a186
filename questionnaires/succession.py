"""From one version of a questionnaire to the next: what changed, and which answers carry over.

A question whose meaning is unchanged keeps its answer; one that was worded anew is asked again,
with the old answer beside it; points, weights, help and advice may change without asking again.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import rfc8785

from questionnaires.answers import questions_of
from questionnaires.document import Questionnaire, WeighedCriterion
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


def passages(
    before: Questionnaire, after: Questionnaire, between: Sequence[Questionnaire] = ()
) -> list[Passage]:
    """Return the way of every question of both versions, in the new order, the gone ones last.

    `between` are the versions that lie between the two, oldest first: a question may have been
    renamed in any of them. Whether its meaning is unchanged is seen from the two ends alone.
    """
    old = {question.id: question for question in questions_of(before)}
    origin = _origins(before, after, between)
    found = []
    for question in questions_of(after):
        former = old.pop(origin.get(question.id, question.id), None)
        found.append(Passage(_fate(former, question), former, question))
    return found + [Passage(Fate.GONE, question, None) for question in old.values()]


def carried_claims(
    before: Questionnaire, after: Questionnaire, between: Sequence[Questionnaire] = ()
) -> dict[str, str]:
    """Return the criteria, former id to new id, of which a claim to be not applicable still holds.

    Such a criterion has the same title, may still be claimed, and asks nothing new or reworded.
    """
    old = {criterion.id: criterion for criterion in _criteria(before)}
    origin = _origins(before, after, between)
    carrying = {p.after.id for p in passages(before, after, between) if p.after and p.carries}
    return {
        former.id: criterion.id
        for criterion in _criteria(after)
        if (former := old.get(origin.get(criterion.id, criterion.id)))
        and former.claimable
        and criterion.claimable
        and former.title == criterion.title
        and all(question.id in carrying for question in criterion.questions)
    }


def same_question(one: Question, other: Question) -> bool:
    """Tell whether two questionnaires share a question, so that one answer serves both."""
    return one.id == other.id and _meaning(one) == _meaning(other)


def meaning_of(question: Question) -> str:
    """Return a digest of what a question asks: as long as it is the same, one answer serves."""
    return _digest(_plain_meaning(question))


def meaning_of_claim(criterion: WeighedCriterion) -> str:
    """Return a digest of what a claim says that this criterion does not apply."""
    questions = [[question.id, _plain_meaning(question)] for question in criterion.questions]
    return _digest([criterion.title.model_dump(), questions])


def differences(before: Questionnaire, after: Questionnaire) -> list[Difference]:
    """Return everything that differs between two versions, question by question and beyond."""
    return list(_compare("", _plain(before), _plain(after)))


def _origins(
    before: Questionnaire, after: Questionnaire, between: Sequence[Questionnaire]
) -> dict[str, str]:
    """Return the former id of what was renamed on the way, by its new id."""
    origin: dict[str, str] = {}
    for step in (*between, after):
        renamed = {} if step.succeeds is None else step.succeeds.renamed
        origin |= {new: origin.get(former, former) for former, new in renamed.items()}
    known = {question.id for question in questions_of(before)} | {c.id for c in _criteria(before)}
    return {new: former for new, former in origin.items() if former in known}


def _criteria(questionnaire: Questionnaire) -> Iterator[WeighedCriterion]:
    for section in questionnaire.sections:
        yield from section.criteria


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


def _plain_meaning(question: Question) -> dict[str, Any]:
    found = _meaning(question)
    options = [[option, text.model_dump()] for option, text in found.pop("options")]
    parts = {k: part.model_dump() if isinstance(part, Part) else part for k, part in found.items()}
    return parts | {"options": options}


def _digest(said: Any) -> str:
    return hashlib.sha256(rfc8785.dumps(said)).hexdigest()


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
