"""Published questionnaires as the site keeps them."""

import hashlib
import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class PublishedVersionError(Exception):
    """Someone tried to change or delete a version that is published."""


class QuestionnaireVersionQuerySet(models.QuerySet["QuestionnaireVersion"]):
    """Named selections of versions."""

    def open_for_new(self) -> "QuestionnaireVersionQuerySet":
        """Versions that a new assessment may use, without their documents."""
        return self.filter(status=QuestionnaireVersion.Status.PUBLISHED).defer("document")


class QuestionnaireVersion(models.Model):
    """One published version: the resolved document as canonical JSON, with its SHA-256.

    What is published never changes: only the status does, when a newer version replaces this one.
    """

    class Status(models.TextChoices):
        PUBLISHED = "published", _("Published")
        REPLACED = "replaced", _("Replaced by a newer version")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(_("Key"), max_length=100)
    version = models.CharField(_("Version"), max_length=50)
    title_zh = models.CharField(_("Title in Chinese"), max_length=200)
    title_en = models.CharField(_("Title in English"), max_length=200)
    document = models.TextField(_("Document"))
    sha256 = models.CharField("SHA-256", max_length=64)
    published_at = models.DateTimeField(_("Published"))
    status = models.CharField(_("Status"), max_length=20, choices=Status, default=Status.PUBLISHED)

    objects = QuestionnaireVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("questionnaire version")
        verbose_name_plural = _("questionnaire versions")
        ordering = ["key", "-published_at"]
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="questionnaire_version_unique")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"

    @property
    def is_current(self) -> bool:
        """Whether new assessments may use it."""
        return self.status == self.Status.PUBLISHED

    def title(self, language: str) -> str:
        """Return the title in Chinese, or in English where the language code begins with "en"."""
        return self.title_en if language.startswith("en") else self.title_zh

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new version, or a new status of a stored one."""
        if self._state.adding:
            self.sha256 = hashlib.sha256(self.document.encode()).hexdigest()
        elif set(kwargs.get("update_fields") or ()) != {"status"}:
            raise PublishedVersionError(
                f"{self} is published and cannot change: publish a new version instead."
            )
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise PublishedVersionError(f"{self} is published and cannot be deleted.")
