"""Evidence: the files and links of a company, and the answers that they stand behind."""

import datetime
import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinLengthValidator, URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from compliance.assessments.models.answers import KEY_LENGTH
from compliance.assessments.models.assessment import Assessment
from compliance.organisations.models import Membership, Organisation, Visitor
from compliance.permissions import READ_EVIDENCE

FOLDER = "evidence"
LONGEST_NAME = 200
LONGEST_ADDRESS = 500


def only_web_addresses(address: str) -> None:
    """Refuse an address that is none of the web, or that carries a password."""
    no_address = _("This is not the address of a page: it begins with https:// or http://.")
    URLValidator(schemes=["http", "https"], message=no_address)(address)
    if "@" in urlsplit(address).netloc:
        raise ValidationError(_("Leave the user name and password out of the address."))


def stored_name(evidence: "Evidence", _name: str) -> str:
    """Return where a file is stored: a random name, nothing of what its sender called it."""
    return f"{FOLDER}/{evidence.organisation_id}/{uuid.uuid4().hex}"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Named selections of evidence."""

    def at_hand(self) -> "EvidenceQuerySet":
        """What has not been removed."""
        return self.filter(removed_at=None)

    def of_company(self, organisation: Organisation) -> "EvidenceQuerySet":
        return self.filter(organisation=organisation)

    def readable_by(self, user: Visitor) -> "EvidenceQuerySet":
        """What the companies have in which this person may read it."""
        held = Membership.objects.held_by(user).in_companies(READ_EVIDENCE.roles)
        return self.filter(organisation__in=held.values("organisation"))

    def forgotten(self, before: datetime.datetime) -> "EvidenceQuerySet":
        """What was removed before that time, stands behind nothing, and was never submitted."""
        return self.filter(removed_at__lt=before, retained=False, uses=None)

    def of_assessment(self, assessment: Assessment) -> "EvidenceQuerySet":
        """What stands behind an answer of the assessment."""
        return self.filter(uses__assessment=assessment).distinct()

    def named_like(self, words: str) -> "EvidenceQuerySet":
        """What has all these words in its name, title or address."""
        found = self
        for word in words.split():
            found = found.filter(
                models.Q(name__icontains=word)
                | models.Q(title__icontains=word)
                | models.Q(address__icontains=word)
            )
        return found

    def expiring(self, first: datetime.date, last: datetime.date) -> "EvidenceQuerySet":
        """What expires on one of these days, the first and the last included."""
        return self.at_hand().filter(expires_on__range=(first, last))

    def bytes_stored(self) -> int:
        """Return how many bytes its files take."""
        total = self.aggregate(total=models.Sum("size"))["total"]
        return total or 0

    def retain(self) -> int:
        """Keep it for ever: it is part of a submission. Returns how many there are."""
        return self.update(retained=True)


class Evidence(models.Model):
    """A file or a link that a company keeps, to stand behind any of its answers.

    A file is known by its SHA-256: the same one is kept once. `retained` is what was part of a
    submission: its file is never deleted. What is removed can be brought back.
    """

    class Kind(models.TextChoices):
        FILE = "file", _("File")
        LINK = "link", _("Link")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="evidence", editable=False
    )
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind, editable=False)
    file = models.FileField(upload_to=stored_name, max_length=200, blank=True, editable=False)
    name = models.CharField(_("File"), max_length=LONGEST_NAME, blank=True, editable=False)
    media_type = models.CharField(max_length=100, blank=True, editable=False)
    size = models.PositiveBigIntegerField(default=0, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)
    address = models.CharField(
        _("Address"),
        max_length=LONGEST_ADDRESS,
        blank=True,
        validators=[MinLengthValidator(8), only_web_addresses],
    )
    title = models.CharField(_("Title"), max_length=LONGEST_NAME, blank=True)
    issued_on = models.DateField(_("Issued on"), null=True, blank=True)
    expires_on = models.DateField(_("Expires on"), null=True, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    added_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, editable=False)
    retained = models.BooleanField(default=False, editable=False)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["-added_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "sha256"],
                condition=models.Q(removed_at=None, kind="file"),
                name="evidence_file_unique",
            )
        ]

    def __str__(self) -> str:
        return self.title or self.name or self.address

    @property
    def is_file(self) -> bool:
        """Whether it is a file that is kept here; else an address elsewhere."""
        return self.kind == self.Kind.FILE

    @property
    def fingerprint(self) -> str:
        """The first eight digits of a file's SHA-256, by which a report names it."""
        return self.sha256[:8]

    def has_expired(self, day: datetime.date) -> bool:
        """Whether it is no longer valid on that day; its last day is still valid."""
        return self.expires_on is not None and self.expires_on < day


class AnswerEvidence(models.Model):
    """That a piece of evidence stands behind an answer."""

    assessment = models.ForeignKey(
        Assessment, on_delete=models.CASCADE, related_name="answer_evidence"
    )
    question = models.CharField(max_length=KEY_LENGTH)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="uses")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "question", "evidence"], name="answer_evidence_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.question} · {self.evidence}"
