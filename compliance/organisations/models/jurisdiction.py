"""Where a regulator checks."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from compliance.organisations import regions
from compliance.organisations.models.organisation import Organisation
from compliance.organisations.models.roles import Kind


class Jurisdiction(models.Model):
    """A region in which a regulator checks, with all that lies in it.

    The parts of a region are the codes from its own to `last`, so that the database can compare.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="jurisdictions"
    )
    region = models.CharField(_("Region"), max_length=6)
    last = models.CharField(_("Last code"), max_length=6, editable=False)

    class Meta:
        verbose_name = _("jurisdiction")
        verbose_name_plural = _("jurisdictions")
        ordering = ["region"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "region"], name="jurisdiction_region_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("region")), name="jurisdiction_last_in_region"
            ),
        ]
        indexes = [models.Index(fields=["region", "last"], name="jurisdiction_reach")]

    def __str__(self) -> str:
        return str(self.place or self.region)

    @property
    def place(self) -> regions.Region | None:
        """The region; None where the list of today has it no longer."""
        return regions.region(self.region)

    def covers(self, region: str) -> bool:
        """Whether a region lies in it."""
        return bool(region) and regions.covers(self.region, region)

    def clean(self) -> None:
        if self.organisation.kind != Kind.REGULATOR:
            raise ValidationError(_("Only a regulator has a jurisdiction."))
        if self.place is None:
            raise ValidationError({"region": _("There is no region with this code.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.last = regions.last_within(self.region)
        super().save(*args, **kwargs)
