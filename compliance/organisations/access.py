"""Who may do what in their own companies, before there is an assessment."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from compliance.organisations.models import Membership, Organisation, Role, Visitor

STARTERS = frozenset({Role.COMPLIANCE_OFFICER})


def companies_to_start_in(user: Visitor) -> QuerySet[Organisation]:
    """Return the companies in which this person may add subjects and start assessments.

    Raises PermissionDenied where there is none.
    """
    held = Membership.objects.held_by(user).in_companies(STARTERS)
    companies = Organisation.objects.filter(id__in=held.values("organisation"))
    if not companies.exists():
        raise PermissionDenied
    return companies
