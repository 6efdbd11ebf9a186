"""Storing a finding so that two reviewers never overwrite each other unseen."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from compliance.accounts.models import User
from compliance.assessments.models import Assessment
from compliance.audit.actions import Action
from compliance.audit.recording import record
from compliance.notices.events import Event
from compliance.notices.sending import notify
from compliance.organisations.people import colleagues
from compliance.permissions import LEAD
from compliance.reviews.models import ConflictingFinding, Finding, FindingContent, Review
from compliance.reviews.under_way import lock_review

HOUR = dt.timedelta(hours=1)


class Outcome(StrEnum):
    """What became of a finding."""

    UNCHANGED = "unchanged"
    SAVED = "saved"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class Word:
    """What a reviewer says about one criterion."""

    criterion: str
    kind: FindingContent.Kind
    achievement: Fraction | None = None
    reason: str = ""

    @property
    def stored(self) -> dict[str, str]:
        """The fields of a row that says this."""
        return {
            "kind": self.kind,
            "achievement": "" if self.achievement is None else str(self.achievement),
            "reason": self.reason,
        }


def store(review: Review, word: Word, revision: int, by: User) -> tuple[Outcome, Finding]:
    """Store a finding if its page is up to date; return what became of it, and the one that counts.

    `revision` is the one that the page showed, 0 for none. A finding that meets a newer one is kept
    beside it until someone chooses. What changes the score waits for the lead's second look, even
    where a lead wrote it: two pairs of eyes. Raises ReviewOver once the review is decided.
    """
    with transaction.atomic():
        assessment = lock_review(review)
        rows = Finding.objects.filter(review=review, criterion=word.criterion)
        before = rows.first()
        if before is not None and _content(before) == word.stored:
            return Outcome.UNCHANGED, before
        change = _change(word, by)
        if before is None:
            done = _insert(review, word.criterion, change)
        else:
            done = bool(rows.filter(revision=revision).update(revision=F("revision") + 1, **change))
        if not done:
            _keep_beside(review, word, by, assessment)
            return Outcome.CONFLICT, rows.get()
        stored = rows.get()
        record(
            Action.FINDING_CHANGED,
            by=by,
            chain=assessment,
            about=stored,
            key=word.criterion,
            old=None if before is None else _content(before),
            new=word.stored,
        )
        if stored.look == Finding.Look.WAITING:
            _ask_for_second_look(review, by)
        return Outcome.SAVED, stored


def _ask_for_second_look(review: Review, by: User) -> None:
    """Tell the leads, once an hour however many findings wait."""
    submission = review.submission
    notify(
        Event.SECOND_LOOK_NEEDED,
        colleagues(review.regulator, LEAD),
        about=submission.assessment.subject.name,
        url=reverse("reviews:second_look", args=[submission.pk]),
        organisation=review.regulator,
        by=by,
        again_after=HOUR,
        number=submission.number,
    )


def settle(review: Review, conflict: int, take: bool, revision: int, by: User) -> bool:
    """Settle a conflict: take the one that was kept beside, or let the stored one stand.

    Returns False where the stored one has changed since the page showed it (`revision`): then
    nothing is settled. One that is settled already counts as settled. Raises ReviewOver once the
    review is decided.
    """
    with transaction.atomic():
        assessment = lock_review(review)
        other = ConflictingFinding.objects.filter(review=review, pk=conflict).first()
        if other is None:
            return True
        stored = Finding.objects.get(review=review, criterion=other.criterion)
        if stored.revision != revision:
            return False
        if take:
            word = Word(
                other.criterion,
                FindingContent.Kind(other.kind),
                other.verdict.achievement,
                other.reason,
            )
            store(review, word, revision, by)
        record(
            Action.FINDING_SETTLED,
            by=by,
            chain=assessment,
            about=other,
            key=other.criterion,
            old=_content(other),
            details={"chosen": "other" if take else "stored", "by": str(other.by_id)},
        )
        other.delete()
        return True


def _content(finding: Finding | ConflictingFinding) -> dict[str, str]:
    return {name: getattr(finding, name) for name in ("kind", "achievement", "reason")}


def _change(word: Word, by: User) -> dict[str, object]:
    """Return the fields of a row that says this anew: whatever was done to the old one is over."""
    waits = word.kind in Finding.SECOND_LOOK
    return word.stored | {
        "by": by,
        "at": timezone.now(),
        "look": Finding.Look.WAITING if waits else Finding.Look.NOT_NEEDED,
        "looked_by": None,
        "looked_at": None,
        "look_note": "",
        "carried_from": None,
    }


def _insert(review: Review, criterion: str, change: Mapping[str, object]) -> bool:
    try:
        with transaction.atomic():
            Finding.objects.create(review=review, criterion=criterion, **change)
    except IntegrityError:  # someone else was first
        return False
    return True


def _keep_beside(review: Review, word: Word, by: User, assessment: Assessment) -> None:
    """Keep the finding among the conflicting ones, once however often the page is sent."""
    beside = ConflictingFinding.objects.filter(review=review, criterion=word.criterion, by=by)
    if word.stored not in [_content(other) for other in beside]:
        kept = ConflictingFinding.objects.create(
            review=review, criterion=word.criterion, by=by, at=timezone.now(), **word.stored
        )
        record(
            Action.FINDING_KEPT_BESIDE,
            by=by,
            chain=assessment,
            about=kept,
            key=word.criterion,
            new=word.stored,
        )
