"""Who belongs to an organisation, as what."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compliance.organisations.models.holding import HeldBy
from compliance.organisations.models.roles import ROLES_OF, Kind, Role, Visitor


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Named selections of memberships."""

    def held_by(self, user: Visitor, on: dt.date | None = None) -> "MembershipQuerySet":
        """The memberships that count for this person, today unless said: the one place that says.

        Their own; and those of the colleagues for whom they stand in, as long as they belong to
        the same organisation themselves. None for an anonymous visitor.
        """
        if user.pk is None:
            return self.none()
        day = on or timezone.localdate()
        return self.filter(id__in=HeldBy(user.pk, day), active=True)

    def active(self) -> "MembershipQuerySet":
        return self.filter(active=True)

    def in_companies(self, roles: Iterable[Role] = ROLES_OF[Kind.COMPANY]) -> "MembershipQuerySet":
        """Those in companies with one of these roles; any of a company's unless said."""
        return self.filter(organisation__kind=Kind.COMPANY, role__in=roles)

    def in_regulators(
        self, roles: Iterable[Role] = ROLES_OF[Kind.REGULATOR]
    ) -> "MembershipQuerySet":
        """Those in regulators with one of these roles; any of a regulator's unless said."""
        return self.filter(organisation__kind=Kind.REGULATOR, role__in=roles)


class Membership(models.Model):
    """A role that a person has in an organisation; one person may have several.

    When they leave, the row stays, inactive: what they did is told by it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(_("Role"), max_length=20, choices=Role)
    active = models.BooleanField(_("Active"), default=True)
    since = models.DateTimeField(_("Since"), default=timezone.now)
    left_at = models.DateTimeField(_("Left"), null=True, blank=True)

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
        organisation = getattr(self, "organisation", None)  # a form may leave it open
        if organisation and self.role not in ROLES_OF[Kind(organisation.kind)]:
            raise ValidationError({"role": _("This kind of organisation has no such role.")})
