"""Contradictions: declared sets of answers that cannot all be true."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from questionnaires.conditions import NOT_ASKED, TIER, InTier, Known, Test, leaves, test_of
from questionnaires.document import Contradiction
from questionnaires.scoring import Asked, Score


@dataclass(frozen=True, slots=True)
class FoundContradiction:
    """A contradiction among the answers given, with the asked questions to look at again."""

    contradiction: Contradiction
    questions: tuple[str, ...]


def contradictions(score: Score) -> list[FoundContradiction]:
    """Return the contradictions that the given answers certainly contain, in file order."""
    known = known_answers(score)
    return [
        FoundContradiction(
            contradiction, tuple(q for q in questions if score.asked[q] is Asked.YES)
        )
        for contradiction, questions, test in _tests(score.questionnaire.contradictions)
        if test(known)
    ]


def known_answers(score: Score) -> Known:
    """Return the answers and the tier as conditions see them once everything is decided."""
    known = {name: _known(score, name, asked) for name, asked in score.asked.items()}
    known[TIER] = score.tier
    return known


def _known(score: Score, name: str, asked: Asked) -> Any:
    if asked is Asked.UNDETERMINED:
        return None
    return score.sheet.values.get(name) if asked is Asked.YES else NOT_ASKED


@lru_cache(maxsize=64)
def _tests(
    declared: tuple[Contradiction, ...],
) -> tuple[tuple[Contradiction, tuple[str, ...], Test], ...]:
    return tuple((found, _questions(found), test_of(found.if_)) for found in declared)


def _questions(contradiction: Contradiction) -> tuple[str, ...]:
    named = [leaf.question for leaf in leaves(contradiction.if_) if not isinstance(leaf, InTier)]
    return tuple(dict.fromkeys(named))
