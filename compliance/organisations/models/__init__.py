"""Organisations, who belongs to them, and the subjects that companies assess."""

from compliance.organisations.models.deputyship import Deputyship
from compliance.organisations.models.invitation import Invitation
from compliance.organisations.models.jurisdiction import Jurisdiction
from compliance.organisations.models.membership import Membership, MembershipQuerySet
from compliance.organisations.models.organisation import Organisation
from compliance.organisations.models.roles import ROLES_OF, Role, Visitor
from compliance.organisations.models.subject import Subject, SubjectQuerySet

__all__ = [
    "ROLES_OF",
    "Deputyship",
    "Invitation",
    "Jurisdiction",
    "Membership",
    "MembershipQuerySet",
    "Organisation",
    "Role",
    "Subject",
    "SubjectQuerySet",
    "Visitor",
]
