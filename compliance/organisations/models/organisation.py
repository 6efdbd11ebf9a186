"""Organisations."""

import uuid
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, Max, OuterRef
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compliance.organisations import regions
from compliance.organisations.credit_codes import normal, validate_credit_code
from compliance.organisations.industries import industry_choices
from compliance.organisations.models import roles
from compliance.organisations.models.membership import Membership
from compliance.organisations.models.roles import MANAGING, ROLES_OF, Kind, Role, Visitor

NEEDED_TO_SUBMIT = (
    "credit_code",
    "region",
    "industry",
    "address",
    "contact_name",
    "contact_phone",
)
DETAILS = ["name", "name_en", *NEEDED_TO_SUBMIT]
"""What an organisation says of itself."""


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Named selections of organisations."""

    def companies(self) -> "OrganisationQuerySet":
        return self.filter(kind=Kind.COMPANY)

    def in_jurisdiction_of(self, user: Visitor) -> "OrganisationQuerySet":
        """The companies that lie in a region of a regulator where this person has a role.

        A company that has not named its region lies in none.
        """
        regulators = Organisation.objects.regulators_of(user)
        return self.companies().filter(Exists(regulators.reaching(OuterRef("region"))))

    def regulators_of(
        self, user: Visitor, roles: Iterable[Role] = ROLES_OF[Kind.REGULATOR]
    ) -> "OrganisationQuerySet":
        """The regulators in which this person has one of these roles; any unless said."""
        held = Membership.objects.held_by(user).in_regulators(roles)
        return self.filter(id__in=held.values("organisation"))

    def regulators_for(self, region: str) -> "OrganisationQuerySet":
        """The regulators in whose jurisdiction a region lies, the nearest to it first."""
        return (
            self.filter(kind=Kind.REGULATOR)
            .reaching(region)
            .annotate(nearest=Max("jurisdictions__region"))
            .order_by("-nearest", "name", "id")
        )

    def reaching(self, region: str | OuterRef) -> "OrganisationQuerySet":
        """Those in whose jurisdiction a region lies: 110000 covers 110105; nothing covers ""."""
        return self.filter(jurisdictions__region__lte=region, jurisdictions__last__gte=region)


class Organisation(models.Model):
    """A company that answers, a regulator that checks, or an association that mediates."""

    Kind = roles.Kind

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind, default=Kind.COMPANY)
    name = models.CharField(_("Name"), max_length=200)
    name_en = models.CharField(_("Name in English"), max_length=200, blank=True)
    credit_code = models.CharField(
        _("Unified social credit code"),
        max_length=18,
        blank=True,
        validators=[validate_credit_code],
    )
    region = models.CharField(_("Region"), max_length=6, blank=True, db_index=True)
    industry = models.CharField(_("Industry"), max_length=1, blank=True, choices=industry_choices)
    address = models.CharField(_("Registered address"), max_length=300, blank=True)
    contact_name = models.CharField(_("Contact person"), max_length=100, blank=True)
    contact_phone = models.CharField(_("Telephone"), max_length=50, blank=True)
    created_at = models.DateTimeField(_("Created"), auto_now_add=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=~models.Q(credit_code=""),
                name="organisation_credit_code_unique",
                violation_error_message=_("This credit code is registered already."),
            )
        ]

    def __str__(self) -> str:
        english = (get_language() or "").startswith("en")
        return (english and self.name_en) or self.name

    def clean(self) -> None:
        self.credit_code = normal(self.credit_code)
        if self.region and self.place is None:
            raise ValidationError({"region": _("There is no region with this code.")})

    @property
    def place(self) -> regions.Region | None:
        """Its region; None where it has not named one."""
        return regions.region(self.region)

    @property
    def possible_roles(self) -> set[Role]:
        """The roles that there are in it."""
        return ROLES_OF[Kind(self.kind)]

    @property
    def managing_role(self) -> Role | None:
        """Whose matter its people are; None: the site administrators'."""
        return MANAGING.get(Kind(self.kind))

    def missing_for_submission(self) -> list[str]:
        """Return the fields that a company must complete before it submits."""
        return [name for name in NEEDED_TO_SUBMIT if not getattr(self, name)]
