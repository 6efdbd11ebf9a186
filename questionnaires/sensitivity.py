"""How often the rating would be another one if the weights were a little different."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from questionnaires.answers import AnswerSheet
from questionnaires.document import Questionnaire
from questionnaires.scoring import Score, Scorer

SPREAD = Fraction(1, 5)
"""How far every weight may move, up or down: ±20 %."""
_STEPS = 1000
_NONE = Fraction(0)


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What moving the weights did, over all pairs of a sheet of answers and a set of weights."""

    sheets: int
    """Those in which at least one criterion applies."""
    weights: int
    """How many sets of weights each was scored with, beside the questionnaire's own."""
    ratings: tuple[int, ...]
    """How many sheets earn each rating with the own weights, from the best."""
    bands: tuple[int, ...]
    """The same by the score alone, without vetoes and caps."""
    rating_changes: Fraction
    """Share of pairs with another rating than under the own weights, 0 to 1."""
    band_changes: Fraction
    """The same by the score alone."""
    mean_move: Fraction
    """Of the score, in points."""
    largest_move: Fraction


def sensitivity(
    questionnaire: Questionnaire, sheets: list[AnswerSheet], weights: int, random: Random
) -> Sensitivity:
    """Score every sheet with so many sets of moved weights; the weights come from `random`.

    Criterion weights and domain weights move independently and uniformly within ±20 %. Raises
    ValueError where no sheet has a score, or no set of weights is asked for.
    """
    own = Scorer(questionnaire)
    before = [score for score in map(own.score, sheets) if score.score is not None]
    if not before or weights < 1:
        raise ValueError("nothing to compare")
    moves: list[Fraction] = []
    rating_changes = band_changes = 0
    for _ in range(weights):
        moved = Scorer(reweighted(questionnaire, random))
        for old, new in _pairs(before, moved):
            rating_changes += old.rating != new.rating
            band_changes += old.band != new.band
            moves.append(abs((new.score or _NONE) - (old.score or _NONE)))
    pairs = len(moves)
    return Sensitivity(
        sheets=len(before),
        weights=weights,
        ratings=_tally([score.rating for score in before], questionnaire),
        bands=_tally([score.band for score in before], questionnaire),
        rating_changes=Fraction(rating_changes, pairs),
        band_changes=Fraction(band_changes, pairs),
        mean_move=sum(moves, Fraction(0)) / pairs,
        largest_move=max(moves),
    )


def reweighted(questionnaire: Questionnaire, random: Random) -> Questionnaire:
    """Return the questionnaire with every weight moved at random within ±20 %."""

    def moved(weight: Fraction) -> Fraction:
        return weight * (1 + SPREAD * Fraction(random.randint(-_STEPS, _STEPS), _STEPS))

    domains = tuple(
        domain.model_copy(update={"weight": moved(domain.weight)})
        for domain in questionnaire.domains
    )
    sections = tuple(
        section.model_copy(
            update={
                "criteria": tuple(
                    criterion.model_copy(update={"weight": moved(criterion.weight)})
                    for criterion in section.criteria
                )
            }
        )
        for section in questionnaire.sections
    )
    return questionnaire.model_copy(update={"domains": domains, "sections": sections})


def _pairs(before: list[Score], moved: Scorer) -> Iterator[tuple[Score, Score]]:
    for old in before:
        yield old, moved.score(old.sheet)


def _tally(ratings: list[int | None], questionnaire: Questionnaire) -> tuple[int, ...]:
    return tuple(ratings.count(index) for index in range(len(questionnaire.ratings)))
