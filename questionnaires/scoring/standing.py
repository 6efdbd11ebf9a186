"""How questions and criteria can stand."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from questionnaires.document import WeighedCriterion


class Asked(StrEnum):
    """Whether a question is asked, and if not, why."""

    YES = "yes"
    UNDETERMINED = "undetermined"
    """An answer that decides it is missing: it counts 0 until it is known."""
    BY_SCOPE = "by_scope"
    """Not asked, whatever the scored answers may be: it does not count."""
    BY_ANSWER = "by_answer"
    """Hidden by a scored answer: it counts 0 unless it says leave_out."""
    BY_CLAIM = "by_claim"
    """Its criterion is claimed to be not applicable: it does not count."""


class Status(StrEnum):
    """A criterion's status."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"
    NOT_APPLICABLE = "not_applicable"
    UNANSWERED = "unanswered"


class Absence(StrEnum):
    """Why a criterion is not applicable."""

    BY_RULE = "by_rule"
    CLAIMED = "claimed"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one criterion stands."""

    criterion: WeighedCriterion
    status: Status
    achievement: Fraction | None
    """a, 0 to 1; None where the criterion is not applicable."""
    absence: Absence | None = None


@dataclass(frozen=True, slots=True)
class Triggered:
    """A veto or cap that bites."""

    criterion: WeighedCriterion
    veto: bool
    pass_mark: Fraction
    rating: int
    """The index of the best rating that it leaves, counted from the best."""
