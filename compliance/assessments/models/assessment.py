"""Assessments: one run through a questionnaire version about one subject."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compliance import lifecycle
from compliance.library.models import QuestionnaireVersion
from compliance.organisations.models import Membership, Subject, Visitor


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Named selections of assessments."""

    def visible_to(self, user: Visitor) -> "AssessmentQuerySet":
        """Assessments of the companies in which this person has a role."""
        held = Membership.objects.held_by(user).in_companies()
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

    Status = lifecycle.Status

    begins_with_an_event = "created_at"
    """Since when each must have a chain in the record: see audit.verifying."""

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
        """Whether it carries no rating: its answers may change, or might when it was superseded."""
        return (self.status_before or self.status) in lifecycle.OPEN_FOR_ANSWERS
