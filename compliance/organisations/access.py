"""Reaching an organisation and its subjects: those who may see them, with their roles there."""

import uuid
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from compliance.organisations.models import Membership, Organisation, Subject, Visitor
from compliance.organisations.models.roles import Kind
from compliance.permissions import START, Rule


def companies_to_start_in(user: Visitor) -> QuerySet[Organisation]:
    """Return the companies in which this person may add subjects and start assessments.

    Raises PermissionDenied where there is none.
    """
    held = Membership.objects.held_by(user).in_companies(START.roles)
    companies = Organisation.objects.filter(id__in=held.values("organisation"))
    if not companies.exists():
        raise PermissionDenied
    return companies


@dataclass(frozen=True)
class OrganisationAccess:
    """An organisation that someone may see, their roles there, and if they administer the site."""

    organisation: Organisation
    roles: frozenset[str]
    administrator: bool = False

    def may(self, rule: Rule) -> bool:
        """Whether the rule allows it to them."""
        return rule.has_role(self.roles) or (self.administrator and rule.administrators)

    def require(self, rule: Rule) -> Organisation:
        """Return the organisation; raise PermissionDenied where the rule does not allow it."""
        if not self.may(rule):
            raise PermissionDenied
        return self.organisation


def organisation_access(user: Visitor, organisation_id: uuid.UUID) -> OrganisationAccess:
    """Return the organisation with this person's roles there.

    Site administrators reach regulators and associations; a company is its own matter. Raises
    Http404 for everyone else, as where there is no such organisation.
    """
    organisation = Organisation.objects.filter(pk=organisation_id).first()
    if organisation is None:
        raise Http404
    held = Membership.objects.held_by(user).filter(organisation=organisation)
    roles = frozenset(held.values_list("role", flat=True)) & organisation.possible_roles
    administers = user.is_staff and organisation.kind != Kind.COMPANY
    if not roles and not administers:
        raise Http404
    return OrganisationAccess(organisation, roles, administers)


def subject_for(user: Visitor, subject_id: uuid.UUID, rule: Rule) -> Subject:
    """Return the subject if the rule allows it to this person.

    Raises Http404 for a foreign or missing one, PermissionDenied for a role too low.
    """
    subject = Subject.objects.filter(pk=subject_id).select_related("organisation").first()
    if subject is None:
        raise Http404
    organisation_access(user, subject.organisation_id).require(rule)
    return subject
