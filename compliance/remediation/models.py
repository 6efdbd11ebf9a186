"""Remediation actions with their milestones, extensions, reports and re-inspections."""

import datetime as dt
import uuid
from fractions import Fraction

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from compliance.assessments.models import Assessment
from compliance.assessments.models.answers import KEY_LENGTH
from compliance.organisations.models import Membership, Visitor
from compliance.reviews.models import Finding


class ActionQuerySet(models.QuerySet["RemediationAction"]):
    """Named selections of remediation actions."""

    def visible_to(self, user: Visitor) -> "ActionQuerySet":
        """Those of the companies to which someone belongs, and those that their regulator demands.

        A regulator sees actions on its own findings only: what a company plans besides is its own.
        """
        held = Membership.objects.held_by(user)
        companies = held.in_companies().values("organisation")
        regulators = held.in_regulators().values("organisation")
        return self.filter(
            Q(assessment__subject__organisation__in=companies)
            | Q(finding__review__regulator__in=regulators)
        )

    def open(self) -> "ActionQuerySet":
        """Those that are neither closed nor given up."""
        return self.exclude(status__in=RemediationAction.DONE)

    def overdue(self, on: dt.date | None = None) -> "ActionQuerySet":
        """Open ones whose day has passed and that nobody has reported as done."""
        day = on or timezone.localdate()
        return self.open().exclude(status=RemediationAction.Status.REPORTED).filter(due_on__lt=day)

    def for_list(self) -> "ActionQuerySet":
        return self.select_related(
            "owner",
            "assessment__subject__organisation",
            "assessment__version",
            "finding__review__submission",
        ).defer("assessment__version__document", "finding__review__submission__document")


class RemediationAction(models.Model):
    """One thing that a company does to close a gap; a gap may need several."""

    class Means(models.TextChoices):
        LAW = "law", pgettext_lazy("means of remediation", "Law")
        MARKET = "market", pgettext_lazy("means of remediation", "Market")
        CODE = "code", pgettext_lazy("means of remediation", "Architecture")
        NORM = "norm", pgettext_lazy("means of remediation", "Norms")

    class Cost(models.TextChoices):
        NONE = "none", pgettext_lazy("cost", "None")
        LOW = "low", pgettext_lazy("cost", "Low")
        MEDIUM = "medium", pgettext_lazy("cost", "Medium")
        HIGH = "high", pgettext_lazy("cost", "High")

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        UNDER_WAY = "under_way", _("Under way")
        REPORTED = "reported", _("Reported, to be re-inspected")
        SENT_BACK = "sent_back", _("Sent back after re-inspection")
        CLOSED = "closed", _("Closed")
        GIVEN_UP = "given_up", _("Given up")

    DONE = (Status.CLOSED, Status.GIVEN_UP)
    CHANGEABLE = (Status.PLANNED, Status.UNDER_WAY, Status.SENT_BACK)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="actions")
    criterion = models.CharField(max_length=KEY_LENGTH)
    finding = models.ForeignKey(
        Finding, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    """The finding that demands it; without one the company does it on its own account."""
    title = models.CharField(_("Remediation action"), max_length=200)
    detail = models.TextField(_("What exactly is done"), max_length=4000, blank=True)
    department = models.CharField(_("Responsible department"), max_length=100)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Responsible person"),
        on_delete=models.PROTECT,
        related_name="remediation_actions",
    )
    means = models.CharField(_("Means"), max_length=10, choices=Means)
    cost = models.CharField(_("Cost"), max_length=10, choices=Cost, default=Cost.LOW)
    due_on = models.DateField(_("To be done by"))
    target = models.CharField(_("Target"), max_length=50, default="1")
    """The achievement that the gap reaches with it, exact, as a fraction of 1."""
    status = models.CharField(_("Status"), max_length=20, choices=Status, default=Status.PLANNED)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("Created"), auto_now_add=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("remediation action")
        verbose_name_plural = _("remediation actions")
        ordering = ["due_on", "created_at", "id"]
        indexes = [models.Index(fields=["status", "due_on"], name="action_due")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_overdue(self) -> bool:
        """Whether its day has passed and nobody has reported it as done."""
        return self.status in self.CHANGEABLE and self.due_on < timezone.localdate()

    @property
    def is_demanded(self) -> bool:
        """Whether a regulator demands it, and then closes it."""
        return self.finding_id is not None

    @property
    def reached(self) -> Fraction:
        """The achievement that the gap reaches with it, above 0 and up to 1."""
        return Fraction(self.target)


class Milestone(models.Model):
    """A step on the way."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    action = models.ForeignKey(
        RemediationAction, on_delete=models.PROTECT, related_name="milestones"
    )
    title = models.CharField(_("Milestone"), max_length=200)
    due_on = models.DateField(_("By"))
    done_on = models.DateField(_("Done on"), null=True, blank=True)

    class Meta:
        ordering = ["due_on", "title"]

    def __str__(self) -> str:
        return self.title


class Extension(models.Model):
    """A request for more time, and the answer to it."""

    class Answer(models.TextChoices):
        GRANTED = "granted", _("Granted")
        REFUSED = "refused", _("Refused")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    action = models.ForeignKey(
        RemediationAction, on_delete=models.PROTECT, related_name="extensions"
    )
    until = models.DateField(_("Until"))
    reason = models.TextField(_("Reason"), max_length=2000)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    answer = models.CharField(
        pgettext_lazy("to a request", "Answer"), max_length=10, choices=Answer, blank=True
    )
    note = models.TextField(_("Note"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["action"], condition=Q(answer=""), name="extension_open_unique"
            )
        ]

    def __str__(self) -> str:
        return str(self.until)


class Report(models.Model):
    """That an action is done, and the re-inspection that answers it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    action = models.ForeignKey(RemediationAction, on_delete=models.PROTECT, related_name="reports")
    text = models.TextField(_("What was done"), max_length=4000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    closes = models.BooleanField(null=True)
    """What the re-inspection came to: closed, or sent back; None before it."""
    note = models.TextField(_("Note of the re-inspection"), max_length=4000, blank=True)
    inspected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    inspected_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.text[:60]
