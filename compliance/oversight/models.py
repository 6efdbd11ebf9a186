"""Campaigns, whom they invite, and by what copied texts are recognised."""

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, Min, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from compliance.assessments.models import Assessment, Submission
from compliance.deadlines import Unit
from compliance.lifecycle import Status
from compliance.organisations.models import Membership, Organisation, Visitor
from compliance.permissions import RUN_CAMPAIGN


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """Named selections of campaigns."""

    def of_regulators_of(self, user: Visitor) -> "CampaignQuerySet":
        """Those of the regulators in which this person has a role."""
        return self.filter(regulator__in=Organisation.objects.regulators_of(user))

    def run_by(self, user: Visitor) -> "CampaignQuerySet":
        """Those of the regulators in which this person runs campaigns."""
        led = Organisation.objects.regulators_of(user, RUN_CAMPAIGN.roles)
        return self.filter(regulator__in=led)

    def running(self) -> "CampaignQuerySet":
        return self.filter(ended_at=None)


class Campaign(models.Model):
    """A regulator asks companies to assess themselves by a date (专项自评估)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    regulator = models.ForeignKey(
        Organisation,
        verbose_name=_("Regulator"),
        on_delete=models.PROTECT,
        related_name="campaigns",
    )
    title = models.CharField(_("Title"), max_length=200)
    notice = models.TextField(_("Notice to the companies"), max_length=4000, blank=True)
    questionnaire = models.CharField(_("Questionnaire"), max_length=100)
    amount = models.PositiveSmallIntegerField(_("Time"))
    unit = models.CharField(_("counted in"), max_length=20, choices=Unit, default=Unit.WORKING_DAYS)
    due_at = models.DateTimeField(_("Submit before"))
    unknown_year = models.PositiveSmallIntegerField(null=True, blank=True)
    """The year whose holidays were not known when the date was counted."""
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("Begun"), default=timezone.now)
    ended_at = models.DateTimeField(pgettext_lazy("of a campaign", "Ended"), null=True, blank=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-created_at", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        """Whether its time is up, or it was ended."""
        return self.ended_at is not None or self.due_at <= timezone.now()


class InvitedQuerySet(models.QuerySet["Invited"]):
    """Named selections of invited companies."""

    def for_company_of(self, user: Visitor) -> "InvitedQuerySet":
        """Those of the companies in which this person has a role."""
        held = Membership.objects.held_by(user).in_companies()
        return self.filter(company__in=held.values("organisation"))

    def with_progress(self) -> "InvitedQuerySet":
        """With `started` (is there an assessment?) and `submitted_at` (None: not yet).

        What counts is of the campaign's questionnaire, and of its time: whatever was handed in
        before it began does not.
        """
        assessments = Assessment.objects.filter(
            subject__organisation=OuterRef("company"),
            version__key=OuterRef("campaign__questionnaire"),
            created_at__gte=OuterRef("campaign__created_at"),
        ).exclude(status=Status.SUPERSEDED)
        submissions = (
            Submission.objects.exclude(status=Submission.Status.WITHDRAWN)
            .filter(
                organisation=OuterRef("company"),
                questionnaire=OuterRef("campaign__questionnaire"),
                submitted_at__gte=OuterRef("campaign__created_at"),
            )
            .order_by()
            .values("organisation")
            .annotate(first=Min("submitted_at"))
            .values("first")
        )
        return self.annotate(
            started=Exists(assessments), submitted_at=Subquery(submissions)
        ).select_related("company", "campaign__regulator")

    def counts(self) -> dict[str, Any]:
        """Return how many there are, have `submitted`, and are `under_way`: started only."""
        return self.with_progress().aggregate(
            total=models.Count("pk"),
            submitted=models.Count("pk", filter=models.Q(submitted_at__isnull=False)),
            under_way=models.Count("pk", filter=models.Q(submitted_at=None, started=True)),
        )

    def lacking(self) -> "InvitedQuerySet":
        """Those that have not submitted yet."""
        return self.with_progress().filter(submitted_at=None)  # type: ignore[misc]


class Invited(models.Model):
    """A company that a campaign invites."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="invited")
    company = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="campaign_invitations"
    )
    invited_at = models.DateTimeField(_("Invited"), default=timezone.now)
    reminded_at = models.DateTimeField(_("Reminded"), null=True, blank=True)

    objects = InvitedQuerySet.as_manager()

    class Meta:
        verbose_name = _("invited company")
        verbose_name_plural = _("invited companies")
        constraints = [models.UniqueConstraint(fields=["campaign", "company"], name="invited_once")]

    def __str__(self) -> str:
        return f"{self.company} · {self.campaign}"

    @property
    def has_started(self) -> bool:
        """Whether there is an assessment that counts; of a row `with_progress`."""
        return bool(getattr(self, "started", False))

    @property
    def has_submitted(self) -> bool:
        """Whether there is a submission that counts; of a row `with_progress`."""
        return getattr(self, "submitted_at", None) is not None


class TextFingerprint(models.Model):
    """By what a longer comment is recognised when it turns up in another submission."""

    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="fingerprints"
    )
    question = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "question"], name="text_fingerprint_unique"
            )
        ]

    def __str__(self) -> str:
        return self.question


REMINDER_BEFORE = dt.timedelta(days=7)
"""So long before a campaign's date those who have not submitted are reminded."""
