"""Workbooks that were sent in and wait to be confirmed."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from compliance.assessments.models.assessment import Assessment


class WorkbookImport(models.Model):
    """What a workbook that someone filled in offline says, until they confirm it.

    `found` holds it as `workbooks.reading.Found` writes it; the file itself is not kept.
    """

    class Status(models.TextChoices):
        PENDING = "pending", _("To be confirmed")
        APPLIED = "applied", _("Applied")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(
        Assessment, on_delete=models.CASCADE, related_name="workbook_imports"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("Uploaded"), auto_now_add=True)
    file_name = models.CharField(_("File"), max_length=200)
    found = models.JSONField()
    status = models.CharField(max_length=20, choices=Status, default=Status.PENDING)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "by"],
                condition=models.Q(status="pending"),
                name="workbook_import_pending_unique",
            )
        ]

    def __str__(self) -> str:
        return self.file_name
