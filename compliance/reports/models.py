"""The PDFs that were given out, by which each can be recognised again."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from compliance.assessments.models import Submission


def stored_name(copy: "ReportCopy", _name: str) -> str:
    """Return where a signed copy is stored: a random name."""
    return f"signed/{copy.submission_id}/{uuid.uuid4().hex}"


class ReportCopy(models.Model):
    """A PDF of a submission that was given out, byte for byte as its SHA-256 says."""

    class Kind(models.TextChoices):
        GAP_REPORT = "gap_report", _("Gap report")
        RECEIPT = "receipt", _("Receipt")
        LETTER = "letter", _("Letter of the regulator")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="report_copies"
    )
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind)
    language = models.CharField(_("Language"), max_length=10)
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    size = models.PositiveIntegerField()
    certificate = models.CharField(max_length=64, blank=True)
    """SHA-256 of the certificate that it was signed with; empty where it was not signed."""
    file = models.FileField(upload_to=stored_name, max_length=200, blank=True, editable=False)
    """A signed copy, to be handed out again; what is not signed is printed anew, alike."""
    given_out_at = models.DateTimeField(_("Given out"), auto_now_add=True)

    class Meta:
        verbose_name = _("copy of a report")
        verbose_name_plural = _("copies of reports")
        ordering = ["-given_out_at", "id"]

    def __str__(self) -> str:
        return f"{self.submission} · {self.get_kind_display()} · {self.language}"
