"""Assessments and what was answered in them. Answer rows are the only store of answers."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compliance.library.models import QuestionnaireVersion
from compliance.organisations.models import ROLES_OF, Membership, Organisation, Subject, Visitor

KEY_LENGTH = 100


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Named selections of assessments."""

    def visible_to(self, user: Visitor) -> "AssessmentQuerySet":
        """Assessments of the companies in which this person has a role."""
        held = Membership.objects.held_by(user).in_companies(ROLES_OF[Organisation.Kind.COMPANY])
        return self.filter(subject__organisation__in=held.values("organisation"))

    def for_list(self) -> "AssessmentQuerySet":
        """With what a list shows: subject, company, titles, time of the last answer."""
        return (
            self.select_related("subject__organisation", "version")
            .defer("version__document")
            .annotate(last_answer_at=models.Max("answers__at"))
            .order_by("-created_at", "id")
        )


class Assessment(models.Model):
    """One run through a questionnaire version about one subject."""

    class Situation(models.TextChoices):
        LAUNCH = "launch", _("Launch")
        MAJOR_CHANGE = "major_change", _("Major change")
        SCALE = "scale", _("Scale reached")
        YEARLY = "yearly", _("Yearly")
        NOTICE = "notice", _("On notice from a regulator")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        FINISHED = "finished", _("Finished, not submitted")
        SUBMITTED = "submitted", _("Submitted")
        SUPERSEDED = "superseded", _("Superseded")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(
        Subject, verbose_name=_("Subject"), on_delete=models.PROTECT, related_name="assessments"
    )
    version = models.ForeignKey(
        QuestionnaireVersion,
        verbose_name=_("Questionnaire"),
        on_delete=models.PROTECT,
        related_name="assessments",
    )
    situation = models.CharField(_("Situation"), max_length=20, choices=Situation)
    reference_date = models.DateField(_("Reference date"))
    status = models.CharField(_("Status"), max_length=30, choices=Status, default=Status.DRAFT)
    status_before = models.CharField(  # of a superseded one: whether it had been finished
        max_length=30, choices=Status, blank=True, editable=False
    )
    supersedes = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="superseded_by",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assessments_started"
    )
    created_at = models.DateTimeField(_("Started"), auto_now_add=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")

    def __str__(self) -> str:
        return f"{self.subject} · {date_format(self.reference_date)}"

    @property
    def questionnaire_title(self) -> str:
        """The questionnaire's title in the language of the page."""
        return self.version.title(get_language() or "")

    @property
    def is_provisional(self) -> bool:
        """Whether it carries no rating: it is a draft, or was one when it was superseded."""
        return (self.status_before or self.status) == self.Status.DRAFT


class Entry(models.Model):
    """What one person said on one point of an assessment, and when."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True


class AnswerContent(Entry):
    """A value in the questionnaire's terms, or what was typed where it cannot be read as one."""

    question = models.CharField(max_length=KEY_LENGTH)
    value = models.JSONField(null=True)
    typed = models.JSONField(null=True)  # not null: cannot be read, so it never counts
    comment = models.TextField(blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.question

    @property
    def invalid(self) -> bool:
        """Whether what was typed cannot be read as an answer."""
        return self.typed is not None


class ClaimContent(Entry):
    """Someone's word that a criterion does not apply, or no longer; the reason stays either way."""

    criterion = models.CharField(max_length=KEY_LENGTH)
    claimed = models.BooleanField()
    justification = models.TextField(blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.criterion


class Answer(AnswerContent):
    """The answer that counts. Its revision grows with each change, which shows outdated pages."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="answers")
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "question"], name="answer_unique")
        ]


class NotApplicableClaim(ClaimContent):
    """The claim that counts, with a revision as an answer has."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="claims")
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "criterion"], name="claim_unique")
        ]


class ConflictingAnswer(AnswerContent):
    """An answer that met a newer one: kept beside it until someone chooses."""

    assessment = models.ForeignKey(
        Assessment, on_delete=models.CASCADE, related_name="conflicting_answers"
    )


class ConflictingClaim(ClaimContent):
    """A claim that met a newer one: kept beside it until someone chooses."""

    assessment = models.ForeignKey(
        Assessment, on_delete=models.CASCADE, related_name="conflicting_claims"
    )


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
