"""A reviewer's word on one criterion, and what the company replies."""

import uuid
from fractions import Fraction
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from compliance.assessments.models.answers import KEY_LENGTH
from compliance.organisations.models import Organisation
from compliance.reviews.models.review import Review
from questionnaires.verification import Verdict

if TYPE_CHECKING:
    from compliance.reviews.models.dispute import Dispute


class FindingContent(models.Model):
    """What a reviewer says about a criterion, when, and who."""

    class Kind(models.TextChoices):
        AGREE = "agree", _("Agree")
        ADJUST = "adjust", _("Adjust the achievement")
        ASK = "ask", _("Ask for more")
        REJECT_CLAIM = "reject_claim", _("Reject “not applicable”")
        ACCEPT_MEASURE = "accept_measure", _("Accept a compensating measure")

    criterion = models.CharField(max_length=KEY_LENGTH)
    kind = models.CharField(_("Finding"), max_length=20, choices=Kind)
    achievement = models.CharField(_("Achievement"), max_length=50, blank=True)
    """Exact, as a fraction of 1 ("1/3"); blank where the company's stays."""
    reason = models.TextField(_("Reason"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.criterion}: {self.get_kind_display()}"

    @property
    def verdict(self) -> Verdict:
        """What it means for the verified score."""
        return Verdict(
            achievement=Fraction(self.achievement) if self.achievement else None,
            rejects_claim=self.kind == self.Kind.REJECT_CLAIM,
            accepts_measure=self.kind == self.Kind.ACCEPT_MEASURE,
        )


class FindingQuerySet(models.QuerySet["Finding"]):
    """Named selections of findings."""

    def awaiting_second_look(self) -> "FindingQuerySet":
        return self.filter(look=Finding.Look.WAITING)

    def sent_back(self) -> "FindingQuerySet":
        """Those that the lead did not confirm: their author must change them."""
        return self.filter(look=Finding.Look.SENT_BACK)


class Finding(FindingContent):
    """The finding that counts. Its revision grows with each change, as an answer's does."""

    class Look(models.TextChoices):
        NOT_NEEDED = "not_needed", _("No second look needed")
        WAITING = "waiting", _("Waits for the second look")
        CONFIRMED = "confirmed", _("Confirmed")
        SENT_BACK = "sent_back", _("Sent back")

    SECOND_LOOK = frozenset(
        {
            FindingContent.Kind.ADJUST,
            FindingContent.Kind.REJECT_CLAIM,
            FindingContent.Kind.ACCEPT_MEASURE,
        }
    )
    """The kinds that change the score: the lead confirms them before the company sees them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="findings")
    revision = models.PositiveIntegerField(default=1)
    look = models.CharField(_("Second look"), max_length=20, choices=Look, default=Look.NOT_NEEDED)
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    looked_at = models.DateTimeField(null=True, blank=True)
    look_note = models.TextField(_("Note of the second look"), blank=True)
    carried_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="carried_to"
    )
    """The finding of the round before, where the answers behind it have not changed since."""

    demanded = models.BooleanField(_("To be remedied"), default=False)
    """Whether the decision demands that its gap be closed, also where the reviewer agrees."""

    objects = FindingQuerySet.as_manager()

    @property
    def tells(self) -> bool:
        """Whether it asks something of the company, or differs from what it said."""
        return self.demanded or self.kind != self.Kind.AGREE

    @property
    def contested(self) -> "Dispute | None":
        """The dispute over it, or over what it was carried over from: it is contested once."""
        finding: Finding | None = self
        while finding is not None:
            dispute: Dispute | None = getattr(finding, "dispute", None)
            if dispute is not None:
                return dispute
            finding = finding.carried_from
        return None

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="finding_unique")
        ]


class ConflictingFinding(FindingContent):
    """A finding that met a newer one: kept beside it until someone chooses."""

    review = models.ForeignKey(
        Review, on_delete=models.PROTECT, related_name="conflicting_findings"
    )


class Reply(models.Model):
    """What a company replies to a finding; the latest one counts, the earlier ones stay."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="replies")
    text = models.TextField(_("Reply"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.text[:60]


class ReusableText(models.Model):
    """Words that the reviewers of a regulator use again and again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="reusable_texts"
    )
    title = models.CharField(_("Title"), max_length=100)
    text = models.TextField(_("Text"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("reusable text")
        verbose_name_plural = _("reusable texts")
        ordering = ["title", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "title"], name="reusable_text_title_unique"
            )
        ]

    def __str__(self) -> str:
        return self.title
