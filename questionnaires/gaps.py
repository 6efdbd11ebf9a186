"""Gaps: criteria below full achievement, in the order in which they matter.

Points lost of a criterion: L = 100 · (W / ΣW) · (w / Σw) · (1 - a), where W and w are the weights
of its domain and of itself; ΣL = 100 - S exactly. Gap risk: impact (1 to 5) · 5 · (1 - a).
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from questionnaires.document import WeighedCriterion
from questionnaires.exact import largest_remainder, rounded
from questionnaires.scoring import Score, Standing, Status


class RiskLevel(StrEnum):
    """The level of a gap risk."""

    VERY_HIGH = "very_high"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    OPEN = "open"
    """Unanswered: the risk is not known."""


MAJOR_RISK = Fraction(20)
"""A gap risk from here on is a major risk, whatever the score."""

FEWEST_PLACES, MOST_PLACES = 2, 24

_LEVELS = (
    (MAJOR_RISK, RiskLevel.VERY_HIGH),
    (Fraction(12), RiskLevel.HIGH),
    (Fraction(6), RiskLevel.MEDIUM),
    (Fraction(0), RiskLevel.LOW),
)


@dataclass(frozen=True, slots=True)
class Gap:
    """A criterion below full achievement."""

    standing: Standing
    lost: Fraction
    """Points lost, 0 to 100."""
    lost_shown: Decimal
    """Points lost as printed; the printed figures add up to the printed total."""
    risk: Fraction
    """Gap risk, 0 to 25."""
    level: RiskLevel
    veto: bool
    """Whether a veto bites here."""
    cap: bool
    """Whether a cap bites here."""

    @property
    def criterion(self) -> WeighedCriterion:
        return self.standing.criterion

    @property
    def major(self) -> bool:
        """Tell whether the gap is a major risk: a veto that bites, or a gap risk of 20 and more."""
        return self.veto or self.level is RiskLevel.VERY_HIGH


def points_lost(score: Score) -> dict[str, Fraction]:
    """Return the points lost by every applicable criterion, in file order."""
    domain_weights = {d.id: d.weight for d in score.questionnaire.domains if d.id in score.domains}
    all_domains = sum(domain_weights.values(), Fraction(0))
    within: dict[str, Fraction] = {}
    for standing in score.standings.values():
        if standing.achievement is not None:
            domain = standing.criterion.domain
            within[domain] = within.get(domain, Fraction(0)) + standing.criterion.weight
    return {
        name: 100
        * (domain_weights[standing.criterion.domain] / all_domains)
        * (standing.criterion.weight / within[standing.criterion.domain])
        * (1 - standing.achievement)
        for name, standing in score.standings.items()
        if standing.achievement is not None
    }


def shown_places(score: Score) -> int:
    """Return how many decimals are shown: two, or more (to 24) where rounding would cross a band.

    What is shown as the score is 100 minus the points lost, rounded half up.
    """
    if score.score is None:
        return FEWEST_PLACES
    thresholds = [rating.from_ for rating in score.questionnaire.ratings]
    for places in range(FEWEST_PLACES, MOST_PLACES):
        shown = 100 - rounded(100 - score.score, places)
        if all((shown >= low) == (score.score >= low) for low in thresholds):
            return places
    return MOST_PLACES


def gaps(score: Score) -> list[Gap]:
    """Return the gaps: vetoes, caps, points lost, gap risk, file order."""
    lost = points_lost(score)
    shown = dict(
        zip(lost, largest_remainder(list(lost.values()), shown_places(score)), strict=True)
    )
    vetoes = {limit.criterion.id for limit in score.triggered if limit.veto}
    caps = {limit.criterion.id for limit in score.triggered if not limit.veto}
    found = []
    for name, standing in score.standings.items():
        if standing.achievement is None or standing.achievement == 1:
            continue
        risk = standing.criterion.impact * 5 * (1 - standing.achievement)
        found.append(
            Gap(
                standing=standing,
                lost=lost[name],
                lost_shown=shown[name],
                risk=risk,
                level=_level(standing, risk),
                veto=name in vetoes,
                cap=name in caps,
            )
        )
    return sorted(found, key=lambda gap: (not gap.veto, not gap.cap, -gap.lost, -gap.risk))


def _level(standing: Standing, risk: Fraction) -> RiskLevel:
    if standing.status is Status.UNANSWERED:
        return RiskLevel.OPEN
    return next(level for least, level in _LEVELS if risk >= least)
