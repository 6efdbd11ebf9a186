"""What companies assess."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from compliance.organisations.models.membership import Membership
from compliance.organisations.models.organisation import Organisation
from compliance.organisations.models.roles import Visitor


class SubjectQuerySet(models.QuerySet["Subject"]):
    """Named selections of subjects."""

    def visible_to(self, user: Visitor) -> "SubjectQuerySet":
        """Subjects of the companies in which this person has a role."""
        held = Membership.objects.held_by(user).in_companies()
        return self.filter(organisation__in=held.values("organisation"))

    def current(self) -> "SubjectQuerySet":
        """Those of which assessments may be started: not archived."""
        return self.filter(archived_at=None)


class Subject(models.Model):
    """One service, product or system of one company."""

    class Kind(models.TextChoices):
        SERVICE = "service", _("Service")
        PRODUCT = "product", _("Product")
        SYSTEM = "system", _("System")

    class CompanyRole(models.TextChoices):
        PROVIDER = "provider", _("Provider")
        TECHNICAL_SUPPORTER = "technical_supporter", _("Technical supporter")
        USER = "user", _("User of the service")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="subjects"
    )
    name = models.CharField(_("Name"), max_length=200)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind, default=Kind.SERVICE)
    version = models.CharField(_("Version"), max_length=50, blank=True)
    address = models.CharField(_("Address or app"), max_length=300, blank=True)
    launched_on = models.DateField(_("Launch date"), null=True, blank=True)
    filing_number = models.CharField(_("Filing number"), max_length=100, blank=True)
    company_role = models.CharField(_("The company's role"), max_length=30, choices=CompanyRole)
    created_at = models.DateTimeField(_("Created"), auto_now_add=True)
    archived_at = models.DateTimeField(_("Archived"), null=True, blank=True)

    objects = SubjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name
