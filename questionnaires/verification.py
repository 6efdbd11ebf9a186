"""The verified figure: what a reviewer found, in place of what the company said."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from questionnaires.answers import AnswerSheet
from questionnaires.scoring import Score, Scorer


@dataclass(frozen=True, slots=True)
class Verdict:
    """A reviewer's word on one criterion; as it stands, it agrees with the company."""

    achievement: Fraction | None = None
    """0 to 1, in place of the company's; None keeps that."""
    rejects_claim: bool = False
    """The criterion does apply; without an achievement of the reviewer's it counts 0."""
    accepts_measure: bool = False
    """A compensating measure stands in: the criterion's veto or cap does not bite."""

    def __post_init__(self) -> None:
        """Raise ValueError for an achievement outside of 0 to 1."""
        if self.achievement is not None and not 0 <= self.achievement <= 1:
            raise ValueError(
                f"An achievement lies between 0 and 1, and {self.achievement} does not."
            )


@dataclass(frozen=True, slots=True)
class Verified:
    """A score with the reviewer's verdicts in it, "n of m checked"."""

    score: Score
    checked: int
    """Criteria that have a verdict and apply, or were claimed not to."""
    total: int
    """Criteria that a reviewer can check: those that apply, and the claims."""


def verify(scorer: Scorer, sheet: AnswerSheet, verdicts: Mapping[str, Verdict]) -> Verified:
    """Score a sheet as the verdicts have it; a criterion without one counts as self-assessed.

    Raises KeyError for a verdict on a criterion that the questionnaire does not have.
    """
    known = {plan.criterion.id for plan in scorer.plans}
    for name in verdicts:
        if name not in known:
            raise KeyError(name)
    rejected = {name for name, verdict in verdicts.items() if verdict.rejects_claim}
    claims = {name: reason for name, reason in sheet.not_applicable.items() if name not in rejected}
    overrides = {
        name: verdict.achievement
        for name, verdict in verdicts.items()
        if verdict.achievement is not None
    }
    for name in rejected & set(sheet.not_applicable):
        overrides.setdefault(name, Fraction(0))
    waived = {name for name, verdict in verdicts.items() if verdict.accepts_measure}
    score = scorer.score(replace(sheet, not_applicable=claims), overrides, waived)
    checkable = checkable_criteria(scorer.score(sheet))
    return Verified(score, len(checkable & verdicts.keys()), len(checkable))


def checkable_criteria(score: Score) -> frozenset[str]:
    """Return the criteria that a reviewer can check: those that apply, and the claims."""
    return frozenset(
        name
        for name, standing in score.standings.items()
        if standing.achievement is not None or name in score.sheet.not_applicable
    )
