"""Organisations, who belongs to them, and the subjects that companies assess."""

import uuid
from collections.abc import Iterable
from typing import TypeAlias

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compliance.accounts.models import User

Visitor: TypeAlias = User | AnonymousUser


class Role(models.TextChoices):
    """What a person may be in an organisation."""

    CONTRIBUTOR = "contributor", _("Contributor")
    COMPLIANCE_OFFICER = "compliance_officer", _("Compliance officer")
    SIGNATORY = "signatory", _("Signatory")
    REVIEWER = "reviewer", _("Reviewer")
    LEAD_REVIEWER = "lead_reviewer", _("Lead reviewer")
    PANELLIST = "panellist", _("Panellist")
    AUDITOR = "auditor", _("Auditor")


class Organisation(models.Model):
    """A company that answers, a regulator that checks, or an association that mediates."""

    class Kind(models.TextChoices):
        COMPANY = "company", _("Company")
        REGULATOR = "regulator", _("Regulator")
        ASSOCIATION = "association", _("Association")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind, default=Kind.COMPANY)
    name = models.CharField(_("Name"), max_length=200)
    name_en = models.CharField(_("Name in English"), max_length=200, blank=True)
    credit_code = models.CharField(_("Unified social credit code"), max_length=18, blank=True)
    created_at = models.DateTimeField(_("Created"), auto_now_add=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=~models.Q(credit_code=""),
                name="organisation_credit_code_unique",
            )
        ]

    def __str__(self) -> str:
        english = (get_language() or "").startswith("en")
        return (english and self.name_en) or self.name


ROLES_OF = {
    Organisation.Kind.COMPANY: {
        Role.CONTRIBUTOR,
        Role.COMPLIANCE_OFFICER,
        Role.SIGNATORY,
        Role.AUDITOR,
    },
    Organisation.Kind.REGULATOR: {Role.REVIEWER, Role.LEAD_REVIEWER, Role.AUDITOR},
    Organisation.Kind.ASSOCIATION: {Role.PANELLIST, Role.AUDITOR},
}


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Named selections of memberships."""

    def held_by(self, user: Visitor) -> "MembershipQuerySet":
        """The memberships that count for this person now; none for an anonymous visitor."""
        return self.filter(user_id=user.pk, active=True)

    def in_companies(self, roles: Iterable[Role]) -> "MembershipQuerySet":
        return self.filter(organisation__kind=Organisation.Kind.COMPANY, role__in=roles)


class Membership(models.Model):
    """A role that a person has in an organisation; one person may have several."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(_("Role"), max_length=20, choices=Role)
    active = models.BooleanField(_("Active"), default=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"], name="membership_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.organisation}"

    def clean(self) -> None:
        if self.role not in ROLES_OF[Organisation.Kind(self.organisation.kind)]:
            raise ValidationError({"role": _("This kind of organisation has no such role.")})


class SubjectQuerySet(models.QuerySet["Subject"]):
    """Named selections of subjects."""

    def visible_to(self, user: Visitor) -> "SubjectQuerySet":
        """Subjects of the companies in which this person has a role."""
        held = Membership.objects.held_by(user).in_companies(ROLES_OF[Organisation.Kind.COMPANY])
        return self.filter(organisation__in=held.values("organisation"))


class Subject(models.Model):
    """What is assessed: one service, product or system of one company."""

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

    objects = SubjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name
