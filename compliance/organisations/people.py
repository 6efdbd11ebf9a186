"""Giving roles to people, taking them away, and ending a membership."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compliance.accounts.models import User
from compliance.audit.actions import Action
from compliance.audit.recording import record
from compliance.organisations.deputies import end_deputyships_of
from compliance.organisations.models import Membership, Organisation, Role
from compliance.row_locks import lock_row

NOBODY_LEFT = _(
    "Nobody would be left who looks after the people here. Give someone else this role first."
)


class NobodyLeft(Exception):
    """The last one who looks after the people of an organisation would go."""


def people_of(organisation: Organisation, roles: Iterable[Role] | None = None) -> QuerySet[User]:
    """Return everyone who belongs to an organisation, or has one of these roles there, by name."""
    held = Membership.objects.active().filter(organisation=organisation)
    if roles is not None:
        held = held.filter(role__in=roles)
    return User.objects.filter(id__in=held.values("user")).order_by("name", "id")


def colleagues(
    organisation: Organisation, roles: Iterable[Role] | None = None, *, but: User | None = None
) -> QuerySet[User]:
    """Return those of the `people_of` an organisation who may sign in; all `but` this one."""
    people = people_of(organisation, roles).filter(is_active=True)
    return people.exclude(pk=but.pk) if but else people


def colleagues_of_each(
    organisations: Iterable[Organisation], roles: Iterable[Role]
) -> dict[Organisation, list[User]]:
    """Return the `colleagues` with one of these roles in each organisation, in one query."""
    found: dict[Organisation, list[User]] = {each: [] for each in organisations}
    by_key = {each.pk: each for each in found}
    held = Membership.objects.active().filter(
        organisation__in=by_key, role__in=roles, user__is_active=True
    )
    for one in held.select_related("user").order_by("user__name", "user"):
        found[by_key[one.organisation_id]].append(one.user)
    return found


def roles_of(organisation: Organisation, person: User) -> set[Role]:
    """Return the roles that are the person's own there: those of others they stand in for not."""
    held = Membership.objects.active().filter(organisation=organisation, user=person)
    return {Role(role) for role in held.values_list("role", flat=True)}


def set_roles(
    organisation: Organisation, person: User, roles: Iterable[Role], *, by: User | None
) -> None:
    """Let the person have these roles there, and no others; raises NobodyLeft."""
    wanted = set(roles)
    with transaction.atomic():
        lock_row(Organisation, organisation.pk)  # one after the other
        held = roles_of(organisation, person)
        keep_one(organisation, person, held - wanted)
        for role in sorted(wanted - held):
            Membership.objects.update_or_create(
                user=person,
                organisation=organisation,
                role=role,
                defaults={"active": True, "since": timezone.now(), "left_at": None},
            )
            record(Action.ROLE_GIVEN, by=by, chain=organisation, about=person, key=role)
        for role in sorted(held - wanted):
            _end(organisation, person, [role])
            record(Action.ROLE_TAKEN, by=by, chain=organisation, about=person, key=role)


def end_membership(organisation: Organisation, person: User, *, by: User) -> None:
    """Let the person belong to the organisation no longer; raises NobodyLeft.

    Their memberships stay, inactive. Nobody stands in for them any more, nor they for others.
    """
    with transaction.atomic():
        lock_row(Organisation, organisation.pk)
        held = roles_of(organisation, person)
        keep_one(organisation, person, held)
        _end(organisation, person, held)
        has_left(organisation, person, held, by=by)


def has_left(organisation: Organisation, person: User, held: Iterable[Role], *, by: User) -> None:
    """End the deputyships of someone whose last roles, those `held`, have ended; record it.

    Runs in the transaction in which they end.
    """
    end_deputyships_of(organisation, person, by=by)
    record(Action.PERSON_LEFT, by=by, chain=organisation, about=person, old={"roles": sorted(held)})


def _end(organisation: Organisation, person: User, roles: Iterable[Role]) -> None:
    held = Membership.objects.active().filter(organisation=organisation, user=person)
    held.filter(role__in=roles).update(active=False, left_at=timezone.now())


def keep_one(organisation: Organisation, person: User, going: set[Role]) -> None:
    """Raise NobodyLeft where nobody would look after the people without these roles of someone."""
    role = organisation.managing_role
    if role is None or role not in going:
        return
    others = Membership.objects.active().filter(
        organisation=organisation, role=role, user__is_active=True
    )
    if not others.exclude(user=person).exists():
        raise NobodyLeft
