"""Companies that register themselves, and organisations that site administrators add."""

from collections.abc import Iterable

from django.db import transaction

from compliance.accounts.models import User
from compliance.audit.actions import Action
from compliance.audit.recording import record
from compliance.organisations.inviting import invite
from compliance.organisations.models import Jurisdiction, Organisation, Role
from compliance.organisations.models.roles import Kind
from compliance.organisations.people import set_roles
from compliance.row_locks import lock_row

FIRST_ROLE = {
    Kind.COMPANY: Role.COMPLIANCE_OFFICER,
    Kind.REGULATOR: Role.LEAD_REVIEWER,
    Kind.ASSOCIATION: Role.PANELLIST,
}
"""What the first person of an organisation is."""


def register_company(company: Organisation, *, by: User) -> None:
    """Store a new company, whose compliance officer is the person that registers it.

    Raises IntegrityError where someone else has registered its credit code a moment before.
    """
    with transaction.atomic():
        company.kind = Kind.COMPANY
        company.save()
        record(Action.COMPANY_REGISTERED, by=by, chain=company, new=_said(company))
        set_roles(company, by, [Role.COMPLIANCE_OFFICER], by=by)


def add_organisation(
    organisation: Organisation,
    regions: Iterable[str],
    email: str,
    language: str,
    *,
    by: User | None,
) -> None:
    """Store a new organisation with its jurisdiction, and invite its first person."""
    with transaction.atomic():
        organisation.save()
        record(Action.ORGANISATION_ADDED, by=by, chain=organisation, new=_said(organisation))
        set_jurisdiction(organisation, regions, by=by)
        first = FIRST_ROLE[Kind(organisation.kind)]
        invite(organisation, email, [first], language, by=by)


def set_jurisdiction(
    organisation: Organisation, regions: Iterable[str], *, by: User | None
) -> None:
    """Let a regulator check in these regions and in no others."""
    wanted = set(regions)
    with transaction.atomic():
        lock_row(Organisation, organisation.pk)
        rows = {row.region: row for row in organisation.jurisdictions.all()}
        if wanted == set(rows):
            return
        for region in sorted(wanted - set(rows)):
            Jurisdiction.objects.create(organisation=organisation, region=region)
        organisation.jurisdictions.filter(region__in=set(rows) - wanted).delete()
        record(
            Action.JURISDICTION_CHANGED,
            by=by,
            chain=organisation,
            old=sorted(rows),
            new=sorted(wanted),
        )


def _said(organisation: Organisation) -> dict[str, str]:
    return {
        "kind": organisation.kind,
        "name": organisation.name,
        "credit_code": organisation.credit_code,
        "region": organisation.region,
    }
