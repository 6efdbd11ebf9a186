"""Contesting a finding: the company's grounds, the panel's opinions, the lead's decision."""

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from compliance.accounts.models import User
from compliance.assessments.models import Assessment
from compliance.assessments.moving import lock
from compliance.audit.actions import Action
from compliance.audit.recording import record
from compliance.lifecycle import NotAllowed, Status, Step
from compliance.notices.events import Event
from compliance.notices.sending import notify
from compliance.organisations.models import Organisation
from compliance.organisations.people import colleagues
from compliance.permissions import DISPUTE, LEAD, OFFICER, PANEL
from compliance.reviews.models import Dispute, Finding, Opinion, Review
from compliance.reviews.under_way import lock_outcome


class DisputeOver(NotAllowed):
    """What is asked for comes too late, or too early: the dispute is in another status."""

    def __init__(self, dispute: Dispute) -> None:
        super().__init__(Step.DEMAND, Status(dispute.finding.review.submission.assessment.status))
        self.dispute = dispute

    def __str__(self) -> str:
        return _("This is not possible: the dispute is in status “%(status)s”.") % {
            "status": self.dispute.get_status_display()
        }


class PanelHasTime(DisputeOver):
    """Nobody decides without an opinion before the panel's time for it has passed."""

    def __str__(self) -> str:
        return _("This is not possible yet: the panel has until %(day)s to give its opinion.") % {
            "day": self.dispute.opinion_by
        }


class OwnFinding(DisputeOver):
    """Whoever wrote the finding does not decide about it, as long as someone else can."""

    def __init__(self, dispute: Dispute, others: list[User]) -> None:
        super().__init__(dispute)
        self.others = others

    def __str__(self) -> str:
        return _("You wrote this finding yourself. The dispute is decided by %(names)s.") % {
            "names": pgettext("between items", ", ").join(str(person) for person in self.others)
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
        if finding.carried_from is not None and finding.carried_from.contested:
            raise AlreadyContested
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
        ask_the_panel(dispute)
    return dispute


def ask_the_panel(dispute: Dispute, again_after: dt.timedelta | None = None) -> None:
    """Tell the panellists that their opinion is asked for, and by when."""
    due, panel = dispute.opinion_by.at, colleagues(dispute.association, PANEL)
    event, whose = Event.OPINION_ASKED, dispute.association
    _tell(event, dispute, panel, whose, again_after=again_after, due=due)


def tell_the_leads(dispute: Dispute, again_after: dt.timedelta) -> None:
    """Tell the leads that the panel has let its time pass."""
    review = dispute.finding.review
    leads, regulator = _leads(review), review.regulator
    _tell(Event.OPINION_LACKING, dispute, leads, regulator, again_after=again_after)


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
        if dispute.status not in Dispute.UNDECIDED:
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


def forbid_judging_oneself(dispute: Dispute, by: User) -> None:
    """Raise OwnFinding for the author of the finding, where the regulator has another lead."""
    if dispute.finding.by_id == by.pk:
        others = colleagues(dispute.finding.review.regulator, LEAD, but=by)
        if others:
            raise OwnFinding(dispute, list(others))


def decide_dispute(
    dispute: Dispute,
    outcome: str,
    effect: str,
    achievement: Fraction | None,
    reasons: str,
    by: User,
) -> Dispute:
    """Take the lead's decision; what counts from then on enters the verified score.

    `achievement` (0 to 1) is for the effect that sets another one. Raises PanelHasTime before there
    is an opinion or the time for it has passed, DisputeOver after a decision and where an opinion
    has come that the decision says is lacking, OwnFinding where another lead has to decide,
    ValueError where the achievement is lacking.
    """
    sets = effect == Dispute.Effect.ACHIEVEMENT
    if sets and achievement is None:
        raise ValueError("Another achievement counts: which?")
    with transaction.atomic():
        assessment = lock(dispute.finding.review.submission.assessment)
        dispute = _read_anew(dispute)
        without = dispute.status == Dispute.Status.OPEN
        if without and not dispute.can_be_decided():
            raise PanelHasTime(dispute)
        forbid_judging_oneself(dispute, by)
        unaware = without != (outcome == Dispute.Outcome.WITHOUT_OPINION)
        if unaware or not dispute.can_be_decided():
            raise DisputeOver(dispute)
        dispute.status, dispute.outcome = Dispute.Status.DECIDED, outcome
        dispute.effect = effect
        dispute.achievement = str(achievement) if sets else ""
        dispute.reasons, dispute.decided_by, dispute.decided_at = reasons, by, timezone.now()
        dispute.save(
            update_fields=[
                "status",
                "outcome",
                "effect",
                "achievement",
                "reasons",
                "decided_by",
                "decided_at",
            ]
        )
        said = {
            "outcome": outcome,
            "effect": effect,
            "achievement": dispute.achievement,
            "reasons": reasons,
            "own_finding": dispute.decided_by_author,
        }
        _record(Action.DISPUTE_DECIDED, dispute, assessment, by, said)
        submission = dispute.finding.review.submission
        company = submission.organisation
        _tell(Event.DISPUTE_DECIDED, dispute, colleagues(company, OFFICER), company)
        panel = colleagues(dispute.association, PANEL)
        _tell(Event.DISPUTE_DECIDED, dispute, panel, dispute.association)
    return dispute


def withdraw_dispute(dispute: Dispute, by: User) -> Dispute:
    """Withdraw a dispute that is not decided; raises DisputeOver where it is too late."""
    with transaction.atomic():
        assessment = lock(dispute.finding.review.submission.assessment)
        dispute = _read_anew(dispute)
        if dispute.status not in Dispute.UNDECIDED:
            raise DisputeOver(dispute)
        dispute.status = Dispute.Status.WITHDRAWN
        dispute.save(update_fields=["status"])
        _record(Action.DISPUTE_WITHDRAWN, dispute, assessment, by, None)
    return dispute


def open_disputes(assessment: Assessment) -> list[str]:
    """Return that disputes are open, in words, as long as any is: nothing ends before them."""
    number = Dispute.objects.undecided().of_assessment(assessment).count()
    if not number:
        return []
    text = ngettext(
        "%(number)d dispute is neither decided nor withdrawn.",
        "%(number)d disputes are neither decided nor withdrawn.",
        number,
    )
    return [text % {"number": number}]


def _read_anew(dispute: Dispute) -> Dispute:
    return Dispute.objects.with_parties().get(pk=dispute.pk)


def _leads(review: Review) -> Iterable[User]:
    return colleagues(review.regulator, LEAD)


def _record(action: Action, dispute: Dispute, assessment: Assessment, by: User, new: Any) -> None:
    key = dispute.finding.criterion
    record(action, by=by, chain=assessment, about=dispute, key=key, new=new)


def _tell(
    event: Event, dispute: Dispute, people: Iterable[User], whose: Organisation, **words: Any
) -> None:
    submission = dispute.finding.review.submission
    notify(
        event,
        people,
        about=submission.assessment.subject.name,
        url=reverse("reviews:case", args=[dispute.pk]),
        organisation=whose,
        company=submission.organisation,
        number=submission.number,
        **words,
    )
