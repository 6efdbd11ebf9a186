"""The figures of a result page or report, rounded so that they still add up."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from questionnaires.document import Domain
from questionnaires.exact import rounded
from questionnaires.gaps import Gap, gaps, shown_places
from questionnaires.scoring import Score, Status


@dataclass(frozen=True, slots=True)
class DomainSummary:
    """One domain: its score, how its criteria stand, and what it costs."""

    domain: Domain
    score: Fraction | None
    """D, 0 to 100; None where no criterion applies."""
    shown: Decimal | None
    counts: dict[Status, int]
    lost_shown: Decimal
    """The sum of the printed points lost of its gaps."""

    @property
    def applicable(self) -> int:
        """Return the number of applicable criteria."""
        return sum(self.counts.values()) - self.counts[Status.NOT_APPLICABLE]

    @property
    def pass_rate(self) -> Fraction | None:
        """Return the share of applicable criteria in full, 0 to 1, unweighted; None without any."""
        return Fraction(self.counts[Status.FULL], self.applicable) if self.applicable else None


@dataclass(frozen=True, slots=True)
class Summary:
    """A whole assessment in figures."""

    score: Fraction | None
    shown: Decimal | None
    """The score as printed; printed points lost add up to 100 minus this."""
    places: int
    lost_shown: Decimal
    domains: tuple[DomainSummary, ...]
    counts: dict[Status, int]
    gaps: tuple[Gap, ...]

    @property
    def applicable(self) -> int:
        """Return the number of applicable criteria."""
        return sum(self.counts.values()) - self.counts[Status.NOT_APPLICABLE]

    @property
    def pass_rate(self) -> Fraction | None:
        """Return the share of applicable criteria in full, 0 to 1, unweighted; None without any."""
        return Fraction(self.counts[Status.FULL], self.applicable) if self.applicable else None

    @property
    def major_risks(self) -> tuple[Gap, ...]:
        """Return the gaps that are major risks, in order."""
        return tuple(gap for gap in self.gaps if gap.major)


def summarise(score: Score) -> Summary:
    """Return the figures of a score."""
    places = shown_places(score)
    found = tuple(gaps(score))
    lost = _sum_shown(found, places)
    counts = _counts(score, None)
    return Summary(
        score=score.score,
        shown=None if score.score is None else 100 - lost,
        places=places,
        lost_shown=lost,
        domains=tuple(
            _domain(score, domain, found, places) for domain in score.questionnaire.domains
        ),
        counts=counts,
        gaps=found,
    )


def _domain(score: Score, domain: Domain, found: tuple[Gap, ...], places: int) -> DomainSummary:
    exact_score = score.domains.get(domain.id)
    return DomainSummary(
        domain=domain,
        score=exact_score,
        shown=None if exact_score is None else rounded(exact_score),
        counts=_counts(score, domain.id),
        lost_shown=_sum_shown((g for g in found if g.criterion.domain == domain.id), places),
    )


def _sum_shown(found: Iterable[Gap], places: int) -> Decimal:
    """Return the sum of the printed points lost, with all decimals where there is none."""
    return sum((gap.lost_shown for gap in found), rounded(Fraction(0), places))


def _counts(score: Score, domain: str | None) -> dict[Status, int]:
    counts = dict.fromkeys(Status, 0)
    for standing in score.standings.values():
        if domain is None or standing.criterion.domain == domain:
            counts[standing.status] += 1
    return counts
