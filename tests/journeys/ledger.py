"""What was accepted on a journey, and whether all of it can still be found."""

import re
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Self

from compliance.assessments.models import (
    Answer,
    Assessment,
    ConflictingAnswer,
    ConflictingClaim,
    Message,
    NotApplicableClaim,
)
from compliance.audit.models import EventValue
from compliance.reviews.models import Finding

WORDS = re.compile(r"词\d+词")


@dataclass
class Ledger:
    """The words that were accepted, each of them said once, and what has to stand where.

    Words are found for good once an event of the record says them, for events never change; the
    record of a message does not, so that one must stand in its thread.
    """

    said: set[str] = field(default_factory=set)
    recorded: set[str] = field(default_factory=set)
    last_event: int = 0
    standing: dict[tuple[Any, ...], Any] = field(default_factory=dict)
    """Answers and claims by assessment and key: what was saved last."""
    waiting: set[tuple[Any, str]] = field(default_factory=set)
    """What people entered beside a newer answer and nobody has chosen: by assessment and words."""
    findings: dict[tuple[Any, str], tuple[str, str]] = field(default_factory=dict)

    def copy(self) -> Self:
        return deepcopy(self)

    def read_record(self) -> None:
        """Take note of what the record says since it was read last."""
        values = EventValue.objects.filter(pk__gt=self.last_event).order_by("pk")
        for number, old, new in values.values_list("pk", "old", "new"):
            self.last_event = number
            self.recorded.update(WORDS.findall(f"{old} {new}"))

    def check(self, assessments: Iterable[Assessment]) -> None:
        """Fail where something accepted is found nowhere, or does not stand where it should."""
        self.read_record()
        if missing := self.said - self.recorded:
            messages = Message.objects.values_list("text", flat=True)
            missing -= set(WORDS.findall(" ".join(messages)))
            assert not missing, f"{missing} was accepted and is lost."
        assert self.standing == _standing(assessments)
        answers = ConflictingAnswer.objects.filter(assessment__in=assessments)
        claims = ConflictingClaim.objects.filter(assessment__in=assessments)
        assert self.waiting == {
            *answers.values_list("assessment", "comment"),
            *claims.values_list("assessment", "justification"),
        }
        rows = Finding.objects.filter(review__submission__assessment__in=assessments)
        found = {
            (submission, criterion): (kind, reason)
            for submission, criterion, kind, reason in rows.values_list(
                "review__submission", "criterion", "kind", "reason"
            )
        }
        assert self.findings == found

    def take_over(self, assessments: Iterable[Assessment]) -> None:
        """Begin with what stands there now."""
        self.standing = _standing(assessments)


def _standing(assessments: Iterable[Assessment]) -> dict[tuple[Any, ...], Any]:
    answers = Answer.objects.filter(assessment__in=assessments)
    claims = NotApplicableClaim.objects.filter(assessment__in=assessments)
    return {
        (assessment, key): said
        for assessment, key, *said in [
            *answers.values_list("assessment", "question", "value", "typed", "comment"),
            *claims.values_list("assessment", "criterion", "claimed", "justification"),
        ]
    }
