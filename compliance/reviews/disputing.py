"""Contesting a finding: the company's grounds, the panel's opinions, the lead's decision."""

from fractions import Fraction
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from compliance.accounts.models import User
from compliance.assessments.models import Assessment
from compliance.assessments.moving import lock
from compliance.assessments.submissions.people import members
from compliance.audit.actions import Action
from compliance.audit.recording import record
from compliance.lifecycle import NotAllowed, Status, Step
from compliance.notices.events import Event
from compliance.notices.sending import notify
from compliance.organisations.models import Organisation
from compliance.permissions import DISPUTE, LEAD, OFFICER, PANEL
from compliance.reviews.models import Dispute, Finding, Opinion, Review
from compliance.reviews.under_way import lock_outcome


def needs_achievement(finding: Finding) -> set[str]:
    """Return the outcomes from which an achievement follows.

    Not where a rejected “not applicable” is adopted as a whole: then the claim stands.
    """
    outcomes: set[str] = {Dispute.Outcome.ADOPTED, Dispute.Outcome.PARTLY_ADOPTED}
    if finding.kind == Finding.Kind.REJECT_CLAIM:
        outcomes.remove(Dispute.Outcome.ADOPTED)
    return outcomes


class DisputeOver(NotAllowed):
    """What is asked for comes too late, or too early: the dispute is in another status."""

    def __init__(self, dispute: Dispute) -> None:
        super().__init__(Step.DEMAND, Status(dispute.finding.review.submission.assessment.status))
        self.dispute = dispute

    def __str__(self) -> str:
        return _("This is not possible: the dispute is in status “%(status)s”.") % {
            "status": self.dispute.get_status_display()
        }


class AlreadyContested(Exception):
    """The finding is contested already, in other words: these were not stored."""


def contest(finding: Finding, association: Organisation, grounds: str, by: User) -> Dispute:
    """Open a dispute over a finding of a decided review; the same sent twice is one dispute.

    Raises RoundOver where the company has nothing to contest any more, AlreadyContested where
    someone else, or another time, has contested it, ValueError where there is nothing to contest
    or no panel to ask.
    """
    if finding.kind == Finding.Kind.AGREE or association.kind != Organisation.Kind.ASSOCIATION:
        raise ValueError("Only a finding that differs is contested, and before an association.")
    with transaction.atomic():
        assessment = lock_outcome(finding.review, DISPUTE.statuses)
        try:
            with transaction.atomic():
                dispute = Dispute.objects.create(
                    finding=finding,
                    association=association,
                    grounds=grounds,
                    opened_by=by,
                    opened_at=timezone.now(),
                )
        except IntegrityError:
            return _same_again(finding, association, grounds, by)
        _record(Action.DISPUTE_OPENED, dispute, assessment, by, {"grounds": grounds})
        _tell(Event.DISPUTE_OPENED, dispute, _leads(finding.review), finding.review.regulator)
        _tell(Event.OPINION_ASKED, dispute, members(association, PANEL), association)
    return dispute


def _same_again(finding: Finding, association: Organisation, grounds: str, by: User) -> Dispute:
    """Return the dispute that a second click asks for; AlreadyContested for anything else."""
    same = Dispute.objects.undecided().filter(
        finding=finding, association=association, grounds=grounds, opened_by=by
    )
    if (dispute := same.first()) is None:
        raise AlreadyContested
    return dispute


def give_opinion(dispute: Dispute, side: str, reasons: str, by: User) -> Opinion:
    """Give a panellist's opinion, or change it while the dispute is not decided.

    Raises DisputeOver once it is decided or withdrawn.
    """
    with transaction.atomic():
        assessment = lock(dispute.finding.review.submission.assessment)
        dispute = _read_anew(dispute)
        if dispute.status not in (Dispute.Status.OPEN, Dispute.Status.OPINION_GIVEN):
            raise DisputeOver(dispute)
        content = {"side": side, "reasons": reasons, "at": timezone.now()}
        opinion, _new = Opinion.objects.update_or_create(
            dispute=dispute, panellist=by, defaults=content
        )
        dispute.status = Dispute.Status.OPINION_GIVEN
        dispute.save(update_fields=["status"])
        said = {"side": side, "reasons": reasons}
        _record(Action.OPINION_GIVEN, dispute, assessment, by, said)
        review = dispute.finding.review
        _tell(Event.OPINION_GIVEN, dispute, _leads(review), review.regulator)
    return opinion


def decide_dispute(
    dispute: Dispute, outcome: str, achievement: Fraction | None, reasons: str, by: User
) -> Dispute:
    """Take the lead's decision; an achievement (0 to 1) enters the verified score.

    Raises DisputeOver before there is an opinion and after a decision, ValueError where the
    opinion is adopted without saying what achievement follows from it, where one does.
    """
    if achievement is None and outcome in needs_achievement(dispute.finding):
        raise ValueError("An opinion that is adopted sets an achievement.")
    with transaction.atomic():
        assessment = lock(dispute.finding.review.submission.assessment)
        dispute = _read_anew(dispute)
        if dispute.status != Dispute.Status.OPINION_GIVEN:
            raise DisputeOver(dispute)
        declined = outcome == Dispute.Outcome.DECLINED
        dispute.status, dispute.outcome = Dispute.Status.DECIDED, outcome
        dispute.achievement = "" if achievement is None or declined else str(achievement)
        dispute.reasons, dispute.decided_by, dispute.decided_at = reasons, by, timezone.now()
        dispute.save(
            update_fields=[
                "status",
                "outcome",
                "achievement",
                "reasons",
                "decided_by",
                "decided_at",
            ]
        )
        said = {"outcome": outcome, "achievement": dispute.achievement, "reasons": reasons}
        _record(Action.DISPUTE_DECIDED, dispute, assessment, by, said)
        submission = dispute.finding.review.submission
        company = submission.organisation
        _tell(Event.DISPUTE_DECIDED, dispute, members(company, OFFICER), company)
        panel = members(dispute.association, PANEL)
        _tell(Event.DISPUTE_DECIDED, dispute, panel, dispute.association)
    return dispute


def withdraw_dispute(dispute: Dispute, by: User) -> Dispute:
    """Withdraw a dispute that is not decided; raises DisputeOver where it is too late."""
    with transaction.atomic():
        assessment = lock(dispute.finding.review.submission.assessment)
        dispute = _read_anew(dispute)
        if dispute.status not in (Dispute.Status.OPEN, Dispute.Status.OPINION_GIVEN):
            raise DisputeOver(dispute)
        dispute.status = Dispute.Status.WITHDRAWN
        dispute.save(update_fields=["status"])
        _record(Action.DISPUTE_WITHDRAWN, dispute, assessment, by, None)
    return dispute


def _read_anew(dispute: Dispute) -> Dispute:
    return Dispute.objects.select_related(
        "association",
        "finding__review__regulator",
        "finding__review__submission__assessment__subject",
        "finding__review__submission__organisation",
    ).get(pk=dispute.pk)


def _leads(review: Review) -> list[User]:
    return members(review.regulator, LEAD)


def _record(action: Action, dispute: Dispute, assessment: Assessment, by: User, new: Any) -> None:
    key = dispute.finding.criterion
    record(action, by=by, chain=assessment, about=dispute, key=key, new=new)


def _tell(event: Event, dispute: Dispute, people: list[User], whose: Organisation) -> None:
    submission = dispute.finding.review.submission
    notify(
        event,
        people,
        about=submission.assessment.subject.name,
        url=reverse("reviews:case", args=[dispute.pk]),
        organisation=whose,
        company=submission.organisation,
        number=submission.number,
    )
