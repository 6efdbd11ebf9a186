"""Kinds of organisation, and what a person may be in each."""

from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from compliance.accounts.models import User

Visitor: TypeAlias = User | AnonymousUser


class Kind(models.TextChoices):
    """A company that answers, a regulator that checks, or an association that mediates."""

    COMPANY = "company", _("Company")
    REGULATOR = "regulator", _("Regulator")
    ASSOCIATION = "association", _("Association")


class Role(models.TextChoices):
    """What a person may be in an organisation."""

    CONTRIBUTOR = "contributor", _("Contributor")
    COMPLIANCE_OFFICER = "compliance_officer", _("Compliance officer")
    SIGNATORY = "signatory", _("Signatory")
    REVIEWER = "reviewer", _("Reviewer")
    LEAD_REVIEWER = "lead_reviewer", _("Lead reviewer")
    PANELLIST = "panellist", _("Panellist")
    AUDITOR = "auditor", _("Auditor")


ROLES_OF = {
    Kind.COMPANY: {
        Role.CONTRIBUTOR,
        Role.COMPLIANCE_OFFICER,
        Role.SIGNATORY,
        Role.AUDITOR,
    },
    Kind.REGULATOR: {Role.REVIEWER, Role.LEAD_REVIEWER, Role.AUDITOR},
    Kind.ASSOCIATION: {Role.PANELLIST, Role.AUDITOR},
}

MANAGING = {Kind.COMPANY: Role.COMPLIANCE_OFFICER, Kind.REGULATOR: Role.LEAD_REVIEWER}
"""Whose matter the people of an organisation are: at least one of them is always there.

An association's people are the matter of the site administrators.
"""
