"""Who stands in for whom while they are away."""

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compliance.organisations.models.organisation import Organisation


class DeputyshipQuerySet(models.QuerySet["Deputyship"]):
    """Named selections of deputyships."""

    def not_over(self, on: dt.date | None = None) -> "DeputyshipQuerySet":
        """Those that run on a day, today unless said, or begin after it."""
        return self.filter(last_day__gte=on or timezone.localdate())

    def running(self) -> "DeputyshipQuerySet":
        """Those by which someone stands in today."""
        return self.not_over().filter(first_day__lte=timezone.localdate())


class Deputyship(models.Model):
    """A colleague holds the roles of someone absent, from the first day to the last, both included.

    What they do meanwhile is recorded as done by them. One that is ended early has the day before
    as its last.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="deputyships"
    )
    absent = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Who is away"),
        on_delete=models.PROTECT,
        related_name="absences",
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Who stands in"),
        on_delete=models.PROTECT,
        related_name="deputyships",
    )
    first_day = models.DateField(_("First day"))
    last_day = models.DateField(_("Last day"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("Created"), auto_now_add=True)

    objects = DeputyshipQuerySet.as_manager()

    class Meta:
        verbose_name = _("deputyship")
        verbose_name_plural = _("deputyships")
        ordering = ["first_day", "created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(absent=models.F("deputy")), name="deputyship_of_another"
            )
        ]

    def __str__(self) -> str:
        return f"{self.absent} → {self.deputy} · {self.organisation}"

    @property
    def running(self) -> bool:
        """Whether the deputy holds the roles today."""
        return self.first_day <= timezone.localdate() <= self.last_day
