"""A finding that the company contests, the panel's opinions on it, and the lead's decision."""

import datetime as dt
import uuid
from dataclasses import replace
from fractions import Fraction

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from compliance.assessments.models import Assessment
from compliance.deadlines import Deadline, Unit, due
from compliance.organisations.models import Organisation
from compliance.reviews.models.finding import Finding
from questionnaires.exact import short
from questionnaires.verification import Verdict

OPINION_DAYS = 10
"""How many working days a panel has for its opinion; after that the lead may decide without one."""


class DisputeQuerySet(models.QuerySet["Dispute"]):
    """Named selections of disputes."""

    def undecided(self) -> "DisputeQuerySet":
        return self.filter(status__in=Dispute.UNDECIDED)

    def with_parties(self) -> "DisputeQuerySet":
        """With the association, the regulator and the company, and what it is about."""
        return self.select_related(
            "association",
            "finding__review__regulator",
            "finding__review__submission__assessment__subject",
            "finding__review__submission__organisation",
        )

    def of_assessment(self, assessment: Assessment) -> "DisputeQuerySet":
        """Those over the findings of any round."""
        return self.filter(finding__review__submission__assessment=assessment)


class Dispute(models.Model):
    """One contested finding; a finding is contested once."""

    class Status(models.TextChoices):
        OPEN = "open", _("Waits for an opinion")
        OPINION_GIVEN = "opinion_given", _("Opinion given")
        DECIDED = "decided", pgettext_lazy("of a dispute", "Decided")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    UNDECIDED = (Status.OPEN, Status.OPINION_GIVEN)

    class Outcome(models.TextChoices):
        ADOPTED = "adopted", _("Opinion adopted")
        PARTLY_ADOPTED = "partly_adopted", _("Opinion adopted in part")
        DECLINED = "declined", _("Opinion declined")
        WITHOUT_OPINION = "without_opinion", _("Decided without an opinion")

    class Effect(models.TextChoices):
        """What counts from then on."""

        STANDS = "stands", _("The finding stands")
        ACHIEVEMENT = "achievement", _("Another achievement counts")
        COMPANY = "company", _("What the company said counts")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    finding = models.OneToOneField(Finding, on_delete=models.PROTECT, related_name="dispute")
    association = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="disputes")
    grounds = models.TextField(_("Grounds"))
    status = models.CharField(_("Status"), max_length=20, choices=Status, default=Status.OPEN)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField(_("Opened"))
    opinion_days = models.PositiveSmallIntegerField(
        _("Working days for the opinion"), default=OPINION_DAYS
    )
    outcome = models.CharField(_("Decision"), max_length=20, choices=Outcome, blank=True)
    effect = models.CharField(_("What counts"), max_length=20, choices=Effect, blank=True)
    achievement = models.CharField(_("Achievement"), max_length=50, blank=True)
    """Exact, as a fraction of 1, where another one counts; it enters the verified score."""
    reasons = models.TextField(_("Reasons"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("Decided"), null=True, blank=True)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")

    def __str__(self) -> str:
        return f"{self.finding.criterion}: {self.get_status_display()}"

    @property
    def percent(self) -> str:
        """The decided achievement in percent, or nothing."""
        return "" if self.decided_achievement is None else short(self.decided_achievement * 100, 6)

    @property
    def decided_achievement(self) -> Fraction | None:
        """What the decision sets, 0 to 1; None where it sets nothing."""
        return Fraction(self.achievement) if self.achievement else None

    @property
    def decided_by_author(self) -> bool:
        """Whether the author of the finding decided, for want of another lead."""
        return self.decided_by_id is not None and self.decided_by_id == self.finding.by_id

    @property
    def opinion_by(self) -> Deadline:
        """The end of the panel's time, counted with the holidays that are known today."""
        return due(self.opened_at, self.opinion_days, Unit.WORKING_DAYS)

    def can_be_decided(self, at: dt.datetime | None = None) -> bool:
        """Whether there is an opinion, or the panel has let its time pass without one."""
        if self.status == self.Status.OPEN:
            return self.opinion_by.at <= (at or timezone.now())
        return self.status == self.Status.OPINION_GIVEN

    def settled(self, verdict: Verdict) -> Verdict:
        """Return what counts after the decision, in the place of the finding's verdict."""
        if self.effect == self.Effect.COMPANY:
            return Verdict()
        if self.decided_achievement is None:
            return verdict
        return replace(verdict, achievement=self.decided_achievement)


class Opinion(models.Model):
    """What one panellist thinks of a contested finding, with reasons."""

    class Side(models.TextChoices):
        COMPANY = "company", _("The company is right")
        PARTLY = "partly", _("The company is right in part")
        REVIEWER = "reviewer", _("The reviewer is right")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="opinions")
    panellist = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    side = models.CharField(_("Opinion"), max_length=20, choices=Side)
    reasons = models.TextField(_("Reasons"))
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("opinion")
        verbose_name_plural = _("opinions")
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["dispute", "panellist"], name="opinion_unique")
        ]

    def __str__(self) -> str:
        return str(self.get_side_display())
