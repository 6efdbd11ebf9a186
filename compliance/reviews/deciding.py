"""The lead's second look at findings, and the decision that ends a review."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.accounts.models import User
from compliance.assessments.moving import move
from compliance.assessments.submissions.people import members
from compliance.audit.actions import Action
from compliance.audit.recording import record
from compliance.lifecycle import ENDS_REVIEW
from compliance.notices.events import Event
from compliance.notices.sending import notify
from compliance.permissions import OFFICER, SIGNATORY
from compliance.reviews.disputing import open_disputes
from compliance.reviews.models import ConflictingFinding, Decision, Finding, Review
from compliance.reviews.under_way import lock_review
from compliance.reviews.verifying import verified

TOLD = {
    Decision.RETURN: Event.RETURNED,
    Decision.DEMAND: Event.REMEDIATION_DEMANDED,
    Decision.PASS: Event.PASSED,
}


def look(finding: Finding, *, confirms: bool, note: str, by: User) -> bool:
    """Give a waiting finding its second look; return whether it still waited for this one.

    Raises PermissionError for the one who wrote it, and ReviewOver once the review is decided.
    """
    if finding.by_id == by.pk:
        raise PermissionError("A second look is someone else's.")
    with transaction.atomic():
        assessment = lock_review(finding.review)
        state = Finding.Look.CONFIRMED if confirms else Finding.Look.SENT_BACK
        done = Finding.objects.filter(
            pk=finding.pk, revision=finding.revision, look=Finding.Look.WAITING
        ).update(look=state, looked_by=by, looked_at=timezone.now(), look_note=note)
        if done:
            record(
                Action.FINDING_LOOKED_AT,
                by=by,
                chain=assessment,
                about=finding,
                key=finding.criterion,
                new={"look": state, "note": note},
            )
    return bool(done)


def obstacles(review: Review, decision: Decision) -> list[str]:
    """Return what stands in the way of a decision, in words; nothing where it can be taken."""
    findings = review.findings.all()
    found = []
    if waiting := findings.awaiting_second_look().count():
        found.append(
            ngettext(
                "%(number)d finding waits for the second look.",
                "%(number)d findings wait for the second look.",
                waiting,
            )
            % {"number": waiting}
        )
    if sent_back := findings.sent_back().count():
        found.append(
            ngettext(
                "%(number)d finding was sent back and not changed since.",
                "%(number)d findings were sent back and not changed since.",
                sent_back,
            )
            % {"number": sent_back}
        )
    if ConflictingFinding.objects.filter(review=review).exists():
        found.append(_("Two reviewers differ on a finding and nobody has chosen yet."))
    asked = findings.filter(kind=Finding.Kind.ASK).count()
    if decision is not Decision.PASS and not findings.exclude(kind=Finding.Kind.AGREE).exists():
        found.append(_("Nothing is asked of the company: no finding says what it should change."))
    if decision.step in ENDS_REVIEW:
        found += open_disputes(review.submission.assessment)
    if decision is Decision.PASS:
        if asked:
            found.append(_("A finding asks for more: return it to the company, or change it."))
        result = verified(review.submission)
        if result.checked < result.total:
            found.append(
                _("%(checked)d of %(total)d criteria are checked.")
                % {"checked": result.checked, "total": result.total}
            )
    return found


class NotReady(Exception):
    """A decision that something stands in the way of; `reasons` says what, in words."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = list(reasons)
        super().__init__(" ".join(self.reasons))


def decide(
    review: Review,
    decision: Decision,
    *,
    statement: str,
    respond_by: datetime.datetime | None,
    by: User,
) -> None:
    """End a review: the company sees its findings, and the assessment moves on.

    Raises NotReady where something stands in the way, ReviewOver where it is decided already.
    """
    submission = review.submission
    with transaction.atomic():
        assessment = lock_review(review)
        if reasons := obstacles(review, decision):
            raise NotReady(reasons)
        move(assessment, decision.step)
        review.decision, review.statement, review.respond_by = decision, statement, respond_by
        review.decided_by, review.decided_at = by, timezone.now()
        review.save(
            update_fields=["decision", "statement", "respond_by", "decided_by", "decided_at"]
        )
        record(
            Action.REVIEW_DECIDED,
            by=by,
            chain=assessment,
            about=review,
            new={"statement": statement},
            details={"decision": decision},
        )
        due: dict[str, Any] = {"due": respond_by} if respond_by else {}
        notify(
            TOLD[decision],
            members(submission.organisation, OFFICER | SIGNATORY),
            about=assessment.subject.name,
            url=reverse("reviews:outcome", args=[submission.pk]),
            organisation=submission.organisation,
            number=submission.number,
            **due,
        )
