"""What the score would be if some gaps were closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from compliance.assessments.draft import Draft
from questionnaires.gaps import Gap
from questionnaires.scoring import Score
from questionnaires.summary import Summary, summarise

CLOSED = Fraction(1)
LARGEST = 5
"""So many gaps are "the largest"."""


class UnknownCriterionError(ValueError):
    """A plan names a criterion that the questionnaire does not have; the argument is its name."""


@dataclass(frozen=True, slots=True)
class Step:
    """One gap to be closed, and by how much that raises the printed score."""

    gap: Gap
    adds: Decimal


@dataclass(frozen=True, slots=True)
class Planned:
    """The score with some gaps closed. The steps add up to the difference of the printed scores."""

    score: Score
    shown: Decimal | None
    """0 to 100, as printed; None where there is no score."""
    difference: Decimal
    steps: tuple[Step, ...]


def plan(draft: Draft, now: Summary, criteria: Iterable[str]) -> Planned:
    """Return the score with these criteria in full; those that are no gaps change nothing.

    Raises UnknownCriterionError for one that the questionnaire does not have.
    """
    chosen = set(criteria)
    for name in sorted(chosen):
        if name not in draft.outline.criteria:
            raise UnknownCriterionError(name)
    closed = [gap for gap in now.gaps if gap.criterion.id in chosen]
    overrides = {gap.criterion.id: CLOSED for gap in closed}
    score = draft.outline.scorer.score(draft.sheet, overrides)
    then = summarise(score)
    if now.shown is None or then.shown is None:
        return Planned(score, None, Decimal(0), ())
    difference = then.shown - now.shown
    return Planned(score, then.shown, difference, _shared_out(closed, difference))


def largest_gaps(summary: Summary) -> list[Gap]:
    """Return the gaps that lost the most points, the most first."""
    return sorted(summary.gaps, key=lambda gap: -gap.lost)[:LARGEST]


def _shared_out(closed: list[Gap], difference: Decimal) -> tuple[Step, ...]:
    """Share the difference out, each gap adding its exact points lost rounded down or up.

    Where there is a choice, a step adds what is printed as the gap's points lost. If one of the
    printed scores has more decimals than the other, what the coarser one is off is shared as well.
    """
    if not closed:
        return ()
    unit = Decimal(1).scaleb(int(difference.as_tuple().exponent))
    floors = [Decimal(int(gap.lost / Fraction(unit))) * unit for gap in closed]
    left = int((difference - sum(floors, Decimal(0))) / unit)
    each, up = divmod(left, len(closed))
    by_choice = sorted(
        range(len(closed)),
        key=lambda i: (closed[i].lost_shown <= floors[i], Fraction(floors[i]) - closed[i].lost),
    )
    rounded_up = set(by_choice[:up])
    return tuple(
        Step(gap, floor + unit * (each + (index in rounded_up)))
        for index, (gap, floor) in enumerate(zip(closed, floors, strict=True))
    )
