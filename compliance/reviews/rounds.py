"""From one round to the next: what differs, what is carried over, what the company replies."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from compliance.accounts.models import User
from compliance.assessments.models import Submission
from compliance.assessments.submissions.differences import differing
from compliance.assessments.submissions.frozen import Frozen
from compliance.audit.actions import Action
from compliance.audit.recording import record
from compliance.notices.events import Event
from compliance.notices.sending import notify
from compliance.permissions import REPLY
from compliance.reviews.models import Dispute, Finding, Reply, Review
from compliance.reviews.under_way import in_charge, lock_outcome

LOOK = ("look", "looked_by", "looked_at", "look_note")


def reviewed_before(submission: Submission) -> Review | None:
    """Return the latest decided review of an earlier round of the same assessment."""
    decided = Review.objects.decided().filter(submission__assessment=submission.assessment_id)
    earlier = decided.filter(submission__round__lt=submission.round)
    return earlier.select_related("submission").order_by("-submission__round").first()


def carry(review: Review, former: Review) -> list[Finding]:
    """Take findings over from the round before where nothing differs, and return them.

    What asked for more is not taken over: whether the reply suffices is for the reviewer to say.
    Where the decision of a dispute stands in a finding's place, that is taken over.
    """
    changed = differing(Frozen(former.submission), Frozen(review.submission))
    carried = []
    for finding in former.findings.select_related("dispute"):
        taken = _settled(finding)
        if finding.criterion in changed or taken["kind"] == Finding.Kind.ASK:
            continue
        look = {name: getattr(finding, name) for name in LOOK}
        carried.append(
            Finding(
                review=review,
                criterion=finding.criterion,
                reason=finding.reason,
                by=finding.by,
                at=finding.at,
                carried_from=finding,
                **look | taken,
            )
        )
    return Finding.objects.bulk_create(carried)


def _settled(finding: Finding) -> dict[str, Any]:
    """Return kind and achievement that count; what a dispute decided has been looked at twice."""
    kinds, dispute = Finding.Kind, getattr(finding, "dispute", None)
    if dispute is None or dispute.effect in ("", Dispute.Effect.STANDS):
        return {"kind": finding.kind, "achievement": finding.achievement}
    if dispute.effect == Dispute.Effect.COMPANY:
        return {"kind": kinds.AGREE, "achievement": "", "look": Finding.Look.NOT_NEEDED}
    verdict = dispute.settled(finding.verdict)
    kept = verdict.rejects_claim or verdict.accepts_measure
    return {
        "kind": finding.kind if kept else kinds.ADJUST,
        "achievement": str(verdict.achievement),
        "look": Finding.Look.CONFIRMED,
        "looked_by": dispute.decided_by,
        "looked_at": dispute.decided_at,
    }


def reply(finding: Finding, text: str, by: User) -> Reply:
    """Reply to a finding of a decided review; earlier replies stay beside it.

    Raises RoundOver where the company has nothing to reply any more.
    """
    submission = finding.review.submission
    with transaction.atomic():
        assessment = lock_outcome(finding.review, REPLY.statuses)
        made = Reply.objects.create(finding=finding, text=text, by=by, at=timezone.now())
        record(
            Action.REPLIED,
            by=by,
            chain=assessment,
            about=made,
            key=finding.criterion,
            new={"text": text},
        )
        review = finding.review
        notify(
            Event.REPLY_RECEIVED,
            in_charge(review),
            about=submission.assessment.subject.name,
            url=reverse("reviews:review", args=[submission.pk]),
            organisation=review.regulator,
            company=submission.organisation,
            number=submission.number,
        )
    return made
