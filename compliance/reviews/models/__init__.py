"""Reviews, findings with their replies, and disputes."""

from compliance.reviews.models.dispute import OPINION_DAYS, Dispute, Opinion
from compliance.reviews.models.finding import (
    ConflictingFinding,
    Finding,
    FindingContent,
    Reply,
    ReusableText,
)
from compliance.reviews.models.review import Decision, Review

__all__ = [
    "OPINION_DAYS",
    "ConflictingFinding",
    "Decision",
    "Dispute",
    "Finding",
    "FindingContent",
    "Opinion",
    "Reply",
    "ReusableText",
    "Review",
]
