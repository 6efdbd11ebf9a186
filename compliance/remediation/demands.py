"""What a regulator demands as a whole: reported by the company, closed by the lead."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.accounts.models import User
from compliance.assessments.moving import lock, move
from compliance.audit.actions import Action as Recorded
from compliance.audit.recording import record
from compliance.deadlines import last_day
from compliance.lifecycle import NotReady, Step
from compliance.notices.events import Event
from compliance.notices.sending import notify
from compliance.organisations.people import colleagues
from compliance.permissions import OFFICER
from compliance.remediation.models import RemediationAction
from compliance.reviews.disputing import open_disputes
from compliance.reviews.models import Decision, Dispute, Finding, Review
from compliance.reviews.under_way import in_charge
from compliance.reviews.verifying import settled_findings, verified
from questionnaires.scoring import Standing

Status = RemediationAction.Status


def demanded_findings(review: Review) -> list[Finding]:
    """Return the findings of a review that the company has to remedy; none where none is demanded.

    Those that the decision names and that leave a gap: not where a dispute over them was decided
    in the company's favour.
    """
    if review.decision != Decision.DEMAND:
        return []
    standings = verified(review.submission).score.standings
    return [
        finding
        for finding, dispute in settled_findings(review.submission)
        if finding.demanded
        and _is_gap(standings[finding.criterion])
        and not (dispute and dispute.effect == Dispute.Effect.COMPANY)
    ]


def latest_day(finding: Finding | None) -> dt.date | None:
    """Return until when the demand behind a finding gives time; None where nothing limits it."""
    until = finding.review.respond_by if finding else None
    return last_day(until) if until else None


def _is_gap(standing: Standing) -> bool:
    return standing.achievement is not None and standing.achievement < 1


def unreported(review: Review) -> list[str]:
    """Return what stands in the way of reporting the remediation, in words."""
    findings = demanded_findings(review)
    live = RemediationAction.objects.filter(finding__in=findings).exclude(status=Status.GIVEN_UP)
    answered = set(live.values_list("finding", flat=True))
    without = sum(finding.pk not in answered for finding in findings)
    waiting = live.exclude(status__in=[Status.REPORTED, Status.CLOSED]).count()
    found = []
    if without:
        found.append(
            ngettext(
                "%(number)d finding has no action yet.",
                "%(number)d findings have no action yet.",
                without,
            )
            % {"number": without}
        )
    if waiting:
        found.append(
            ngettext(
                "%(number)d action is not reported as done.",
                "%(number)d actions are not reported as done.",
                waiting,
            )
            % {"number": waiting}
        )
    return found


def unclosed(review: Review) -> list[str]:
    """Return what stands in the way of closing the remediation, in words."""
    found = [*unreported(review), *open_disputes(review.submission.assessment)]
    live = RemediationAction.objects.filter(finding__in=demanded_findings(review))
    if waiting := live.filter(status=Status.REPORTED).count():
        found.append(
            ngettext(
                "%(number)d action is not re-inspected.",
                "%(number)d actions are not re-inspected.",
                waiting,
            )
            % {"number": waiting}
        )
    return found


def report_all(review: Review, by: User) -> None:
    """Report the remediation as a whole: the regulator re-inspects it.

    Raises NotReady where an action is missing or not reported, NotAllowed in another status.
    """
    submission = review.submission
    with transaction.atomic():
        assessment = lock(submission.assessment)
        if review.decision != Decision.DEMAND:
            raise NotReady([_("This review demands nothing.")])
        if reasons := unreported(review):
            raise NotReady(reasons)
        move(assessment, Step.REPORT)
        record(Recorded.REMEDIATION_REPORTED, by=by, chain=assessment, about=review)
        notify(
            Event.ACTION_REPORTED,
            in_charge(review),
            about=assessment.subject.name,
            url=reverse("remediation:demand", args=[submission.pk]),
            organisation=review.regulator,
            by=by,
            company=submission.organisation,
        )


def end_reinspection(review: Review, closes: bool, by: User) -> None:
    """Close the remediation, or send it back: some action is not done.

    Raises NotReady where it cannot be closed yet, or nothing is lacking; NotAllowed in another
    status.
    """
    submission = review.submission
    with transaction.atomic():
        assessment = lock(submission.assessment)
        if closes and (reasons := unclosed(review)):
            raise NotReady(reasons)
        if not closes and not unreported(review):
            raise NotReady(
                [_("Send an action back first: the company has to know what is lacking.")]
            )
        move(assessment, Step.CLOSE if closes else Step.REJECT_REPORT)
        record(
            Recorded.REMEDIATION_ENDED,
            by=by,
            chain=assessment,
            about=review,
            details={"closes": closes},
        )
        notify(
            Event.ACTION_CLOSED if closes else Event.ACTION_SENT_BACK,
            colleagues(submission.organisation, OFFICER),
            about=assessment.subject.name,
            url=reverse("remediation:plan", args=[assessment.pk]),
            organisation=submission.organisation,
            by=by,
        )
