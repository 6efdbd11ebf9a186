"""The geometry of a report's drawings; templates write the SVG."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from questionnaires.document import Questionnaire
from questionnaires.exact import rounded
from questionnaires.parts import Bilingual
from questionnaires.scoring import Status
from questionnaires.summary import Summary

WIDTH = 260
"""The width of a scale, in a drawing's own units."""
PITCH = 32
"""The height that one bar takes with its label."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One domain: its label, its bar and its printed score."""

    title: Bilingual
    top: int
    length: Decimal
    shown: Decimal | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A limit between two ratings."""

    x: Decimal
    label: str


@dataclass(frozen=True, slots=True)
class DomainChart:
    """Domain scores as bars over the limits of the ratings."""

    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    height: int


def domain_chart(summary: Summary, questionnaire: Questionnaire) -> DomainChart:
    """Return the bars of all domains, in order."""
    bars = tuple(
        Bar(domain.domain.title, PITCH * index, _scaled(domain.score or Fraction(0)), domain.shown)
        for index, domain in enumerate(summary.domains)
    )
    limits = [rating.from_ for rating in questionnaire.ratings if rating.from_]
    marks = tuple(Mark(_scaled(limit), f"{rounded(limit).normalize():f}") for limit in limits)
    return DomainChart(bars, marks, PITCH * len(bars) + 14)


@dataclass(frozen=True, slots=True)
class Slice:
    """The criteria of one status, as a part of the whole width."""

    status: Status
    count: int
    x: Decimal
    width: Decimal

    @property
    def middle(self) -> Decimal:
        """Return where its label is centred."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class StatusRow:
    """One domain with its statuses side by side."""

    title: Bilingual
    top: int
    slices: tuple[Slice, ...]


@dataclass(frozen=True, slots=True)
class StatusChart:
    """The statuses of every domain, below one another."""

    rows: tuple[StatusRow, ...]
    height: int


def status_slices(counts: dict[Status, int], start: int = 0, width: int = 300) -> tuple[Slice, ...]:
    """Return the statuses side by side from `start`; their widths add up to `width`."""
    total = sum(counts.values()) or 1
    slices = []
    before = 0
    for status, count in counts.items():
        left, right = (rounded(Fraction(n * width, total)) for n in (before, before + count))
        slices.append(Slice(status, count, start + left, right - left))
        before += count
    return tuple(slices)


def status_chart(summary: Summary) -> StatusChart:
    """Return the statuses of all domains, in order, beside 110 units for their names."""
    rows = tuple(
        StatusRow(domain.domain.title, 20 * index, status_slices(domain.counts, 110, 365))
        for index, domain in enumerate(summary.domains)
    )
    return StatusChart(rows, 20 * len(rows))


def _scaled(score: Fraction) -> Decimal:
    return rounded(score * WIDTH / 100)
