"""The lead's second look at findings, and the decision that ends a review."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.accounts.models import User
from compliance.assessments.moving import move
from compliance.audit.actions import Action
from compliance.audit.recording import record
from compliance.deadlines import Deadline
from compliance.lifecycle import ENDS_REVIEW, NotReady
from compliance.notices.events import Event
from compliance.notices.sending import notify
from compliance.organisations.people import colleagues
from compliance.permissions import OFFICER, SIGNATORY
from compliance.reviews.disputing import open_disputes
from compliance.reviews.models import ConflictingFinding, Decision, Finding, Review
from compliance.reviews.under_way import lock_review
from compliance.reviews.verifying import verified
from questionnaires.gaps import Gap, RiskLevel, gaps

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
    if decision is Decision.RETURN and not findings.exclude(kind=Finding.Kind.AGREE).exists():
        found.append(_("Nothing is asked of the company: no finding says what it should change."))
    if decision is Decision.DEMAND and not demandable(review):
        found.append(_("There is nothing to demand: no checked criterion has a gap."))
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


def demandable(review: Review) -> list[tuple[Finding, Gap]]:
    """Return the gaps of the verified score that someone has checked, in their order."""
    found = {finding.criterion: finding for finding in review.findings.all()}
    score = verified(review.submission).score
    return [(found[g.criterion.id], g) for g in gaps(score) if g.criterion.id in found]


def proposed(review: Review) -> set[str]:
    """Return the criteria whose gaps a demand names unless the lead chooses otherwise.

    Those on which the reviewers differ from the company, vetoes, caps, and every risk above low;
    not where a compensating measure is accepted.
    """
    kinds = Finding.Kind
    return {
        finding.criterion
        for finding, gap in demandable(review)
        if finding.kind != kinds.ACCEPT_MEASURE
        and (finding.kind != kinds.AGREE or gap.veto or gap.cap or gap.level is not RiskLevel.LOW)
    }


def decide(
    review: Review,
    decision: Decision,
    *,
    statement: str,
    respond_by: Deadline | None,
    by: User,
    demanded: Collection[str] | None = None,
) -> None:
    """End a review: the company sees its findings, and the assessment moves on.

    `demanded` names the criteria whose gaps a demand wants closed; None: those that are proposed.
    Raises NotReady where something stands in the way, ReviewOver where it is decided already.
    """
    submission = review.submission
    with transaction.atomic():
        assessment = lock_review(review)
        if reasons := obstacles(review, decision):
            raise NotReady(reasons)
        if decision is Decision.DEMAND:
            _demand(review, proposed(review) if demanded is None else demanded)
        move(assessment, decision.step)
        review.decision, review.statement = decision, statement
        review.decided_by, review.decided_at = by, timezone.now()
        if respond_by:
            review.respond_by, review.respond_days = respond_by.at, respond_by.amount
            review.respond_unknown_year = respond_by.unknown_year
        review.save()
        record(
            Action.REVIEW_DECIDED,
            by=by,
            chain=assessment,
            about=review,
            new={"statement": statement},
            details={"decision": decision, "demanded": _demanded(review)},
        )
        due: dict[str, Any] = {"due": respond_by.at} if respond_by else {}
        notify(
            TOLD[decision],
            colleagues(submission.organisation, OFFICER | SIGNATORY),
            about=assessment.subject.name,
            url=reverse("reviews:outcome", args=[submission.pk]),
            organisation=submission.organisation,
            number=submission.number,
            **due,
        )


def _demand(review: Review, criteria: Collection[str]) -> None:
    """Mark the findings whose gaps are to be closed; NotReady where there is none among them."""
    chosen = [finding.pk for finding, gap in demandable(review) if gap.criterion.id in criteria]
    if not chosen:
        raise NotReady([_("Choose at least one gap to be closed.")])
    review.findings.filter(pk__in=chosen).update(demanded=True)


def _demanded(review: Review) -> list[str]:
    marked = review.findings.filter(demanded=True).order_by("criterion")
    return list(marked.values_list("criterion", flat=True))
