"""Submissions: the frozen, numbered, hashed copies of assessments that were handed in."""

import json
import uuid
from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compliance.assessments.models.assessment import Assessment
from compliance.library.versions import scorer_of
from compliance.organisations.models import Membership, Organisation, Visitor
from questionnaires.document import Rating


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Named selections of submissions."""

    def current(self) -> "SubmissionQuerySet":
        """Those that stand: neither replaced by a later round nor withdrawn."""
        return self.filter(status=Submission.Status.CURRENT)

    def in_jurisdiction_of(self, user: Visitor) -> "SubmissionQuerySet":
        """Those whose region lies with a regulator where this person has a role.

        The region is that of the submission: a company that has moved since is no matter.
        """
        regulators = Organisation.objects.regulators_of(user)
        return self.filter(models.Exists(regulators.reaching(models.OuterRef("region"))))

    def for_company_of(self, user: Visitor) -> "SubmissionQuerySet":
        """Those of the companies in which this person has a role."""
        held = Membership.objects.held_by(user).in_companies()
        return self.filter(organisation__in=held.values("organisation"))

    def without_document(self) -> "SubmissionQuerySet":
        """For lists: with assessment, subject, company and version, without the documents."""
        return self.select_related(
            "assessment__subject", "assessment__version", "organisation"
        ).defer("document", "assessment__version__document")


class Submission(models.Model):
    """What was handed in, as canonical JSON (RFC 8785) with its hashes. It never changes.

    Triggers in the database refuse every change but one: a current one is replaced by the next
    round, or withdrawn (see submissions/guards.py). Organisation, region, questionnaire, tier,
    rating and score are copies out of the document, by which lists are sorted and filtered.
    """

    class Status(models.TextChoices):
        CURRENT = "current", _("Current")
        REPLACED = "replaced", _("Replaced by a later submission")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="submissions")
    round = models.PositiveSmallIntegerField(_("Round"))
    number = models.CharField(_("Submission number"), max_length=40, unique=True)
    document = models.TextField(_("Document"))
    sha256 = models.CharField("SHA-256", max_length=64)
    sm3 = models.CharField("SM3", max_length=64, blank=True)  # not every OpenSSL has it
    submitted_at = models.DateTimeField(_("Submitted at"))
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Submitted by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("Company"),
        on_delete=models.PROTECT,
        related_name="submissions",
    )
    region = models.CharField(_("Region"), max_length=6)
    questionnaire = models.CharField(_("Questionnaire"), max_length=100)
    tier = models.CharField(_("Subject tier"), max_length=100, blank=True)
    rating = models.PositiveSmallIntegerField(_("Rating"), null=True)  # counted from the best
    score = models.CharField(_("Score"), max_length=200, blank=True)  # exact, "p/q"
    status = models.CharField(_("Status"), max_length=20, choices=Status, default=Status.CURRENT)
    withdrawn_at = models.DateTimeField(_("Withdrawn at"), null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    withdrawal_reason = models.TextField(_("Reason for the withdrawal"), blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["-submitted_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "round"], name="submission_round_unique"),
            models.UniqueConstraint(
                fields=["assessment"],
                condition=models.Q(status="current"),
                name="submission_current_unique",
            ),
        ]
        indexes = [
            models.Index(fields=["region", "status", "submitted_at"], name="submission_queue"),
        ]

    def __str__(self) -> str:
        return self.number

    @cached_property
    def content(self) -> Mapping[str, Any]:
        """The document as data. Reading it costs a query where the list left it out."""
        found: dict[str, Any] = json.loads(self.document)
        return found

    @property
    def is_current(self) -> bool:
        """Whether it stands: neither replaced nor withdrawn."""
        return self.status == self.Status.CURRENT

    @property
    def exact_score(self) -> Fraction | None:
        """The score, 0 to 100; None where no criterion applied."""
        return Fraction(self.score) if self.score else None

    @property
    def rated(self) -> Rating | None:
        """The rating as its questionnaire words it; None without a score."""
        if self.rating is None:
            return None
        return scorer_of(self.assessment.version).questionnaire.ratings[self.rating]

    @property
    def questionnaire_title(self) -> str:
        """The questionnaire's title in the language of the page."""
        return self.assessment.version.title(get_language() or "")
