"""Scans of the sealed page, kept beside a submission and never inside."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from compliance.assessments.models.evidence import LONGEST_NAME
from compliance.assessments.models.submission import Submission


def stored_name(page: "SealedPage", _name: str) -> str:
    """Return where a scan is stored: a random name, nothing of what its sender called it."""
    return f"sealed/{page.submission_id}/{uuid.uuid4().hex}"


class SealedPage(models.Model):
    """A scan of the page that was printed, signed and sealed. The newest one counts; all stay."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="sealed_pages", editable=False
    )
    file = models.FileField(upload_to=stored_name, max_length=200, editable=False)
    name = models.CharField(_("File"), max_length=LONGEST_NAME, editable=False)
    media_type = models.CharField(max_length=100, editable=False)
    size = models.PositiveBigIntegerField(editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("scan of the sealed page")
        verbose_name_plural = _("scans of the sealed page")
        ordering = ["-added_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "sha256"], name="sealed_page_unique")
        ]

    def __str__(self) -> str:
        return self.name
