"""A reviewer's pass over one submission."""

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compliance.assessments.models import Submission
from compliance.lifecycle import Status, Step
from compliance.organisations.models import Organisation

if TYPE_CHECKING:
    from compliance.reviews.models.finding import Reply


class Decision(models.TextChoices):
    """How a review ends."""

    RETURN = "return", _("Return for materials")
    DEMAND = "demand", _("Demand remediation")
    PASS = "pass", _("Pass")

    @property
    def step(self) -> Step:
        """The step of the assessment's life to which the decision leads."""
        return Step(self.value)


RESPONDING = (Status.RETURNED, Status.AWAITING_SIGNATURE, Status.REMEDIATION_DEMANDED)
"""Where the company has still to hand something in, a signature for it included."""


class ReviewQuerySet(models.QuerySet["Review"]):
    """Named selections of reviews."""

    def undecided(self) -> "ReviewQuerySet":
        return self.filter(decision="")

    def decided(self) -> "ReviewQuerySet":
        """Those whose outcome and findings the company may see."""
        return self.exclude(decision="")

    def awaiting_response(self) -> "ReviewQuerySet":
        """Those after which the company has to do something by a day."""
        return self.filter(
            submission__status=Submission.Status.CURRENT,
            submission__assessment__status__in=RESPONDING,
            respond_by__isnull=False,
        )


class Review(models.Model):
    """One regulator's pass over one submission, from taking it up to its decision."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.OneToOneField(
        Submission, on_delete=models.PROTECT, related_name="review", verbose_name=_("Submission")
    )
    regulator = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="reviews", verbose_name=_("Regulator")
    )
    taken_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    taken_up_at = models.DateTimeField(_("Taken up"))
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Assigned to"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reviews_assigned",
    )
    due_at = models.DateTimeField(_("Due"), null=True, blank=True)
    due_from = models.DateTimeField(null=True, blank=True)
    due_days = models.PositiveSmallIntegerField(null=True, blank=True)
    """How many working days after which moment that is: see `reviews.recounting`."""
    decision = models.CharField(_("Decision"), max_length=20, choices=Decision, blank=True)
    statement = models.TextField(_("Statement"), blank=True)
    """The reviewer's words to the company, which the letter prints."""
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("Decided"), null=True, blank=True)
    respond_by = models.DateTimeField(_("Time to respond ends"), null=True, blank=True)
    respond_days = models.PositiveSmallIntegerField(null=True, blank=True)
    """How many working days that is, from the decision on."""
    respond_unknown_year = models.PositiveSmallIntegerField(null=True, blank=True)
    """The year whose holidays were not known when it was counted."""
    respond_told = models.DateTimeField(null=True, blank=True)
    """What the letter says, where it was counted anew since: see `reviews.recounting`."""

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")

    def __str__(self) -> str:
        return str(self.submission)

    @property
    def overdue(self) -> bool:
        """Whether its time is up and nobody has decided."""
        return not self.decision and self.due_at is not None and self.due_at < timezone.now()

    @property
    def response_overdue(self) -> bool:
        """Whether the company's time to respond is up and it has still to hand something in."""
        open_ = self.submission.is_current and self.submission.assessment.status in RESPONDING
        return open_ and self.respond_by is not None and self.respond_by <= timezone.now()

    def replies_by_finding(self) -> "dict[uuid.UUID, list[Reply]]":
        """Return what the company replied, by the key of the finding, the earliest first."""
        return {
            finding.pk: list(finding.replies.all())
            for finding in self.findings.prefetch_related("replies__by")
        }

    @property
    def is_decided(self) -> bool:
        """Whether it has ended: its findings no longer change, and the company sees them."""
        return bool(self.decision)
