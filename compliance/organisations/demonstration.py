"""The invented organisations and people of the demonstration."""

from dataclasses import dataclass
from typing import Any

from compliance.accounts.models import User
from compliance.organisations.models import Organisation, Role
from compliance.organisations.models.roles import Kind
from compliance.organisations.people import roles_of, set_roles
from compliance.organisations.registering import register_company, set_jurisdiction

PASSWORD = "ziping-demo"  # noqa: S105 - printed for everyone to use
CITY = "110000"


@dataclass(frozen=True)
class Person:
    """Someone in the demonstration: how they sign in, what they are called, what they are."""

    email: str
    name: str
    role: Role


COMPANY = {
    "credit_code": "91110105MA0DEM0A7L",
    "region": "110105",
    "industry": "I",
    "address": "北京市朝阳区示例路1号",
    "contact_name": "陈合规",
    "contact_phone": "010-00000000",
}
COMPANY_PEOPLE = (
    Person("officer@demo.example", "陈合规", Role.COMPLIANCE_OFFICER),
    Person("contributor@demo.example", "林填报", Role.CONTRIBUTOR),
    Person("signatory@demo.example", "周授权", Role.SIGNATORY),
    Person("auditor@demo.example", "吴审计", Role.AUDITOR),
)
REGULATOR = {
    "name": "示例市互联网信息办公室",
    "name_en": "Example City Internet Information Office",
    "region": CITY,
}
REGULATOR_PEOPLE = (
    Person("lead@demo.example", "郑组长", Role.LEAD_REVIEWER),
    Person("reviewer@demo.example", "王核查", Role.REVIEWER),
)
ASSOCIATION = {
    "name": "示例市数字人行业协会",
    "name_en": "Example City Digital Human Association",
    "region": CITY,
}
ASSOCIATION_PEOPLE = (Person("panellist@demo.example", "孙评议", Role.PANELLIST),)
PEOPLE = (*COMPANY_PEOPLE, *REGULATOR_PEOPLE, *ASSOCIATION_PEOPLE)


def load_company(name: str, name_en: str) -> Organisation:
    """Return the company with its people; what is missing of it is made."""
    company = Organisation.objects.filter(kind=Kind.COMPANY, name=name).first()
    officer = _account(COMPANY_PEOPLE[0])
    if company is None:
        company = Organisation(name=name, name_en=name_en, **COMPANY)
        register_company(company, by=officer)
    _complete(company, COMPANY)
    _join(company, COMPANY_PEOPLE, by=officer)
    return company


def load_regulator() -> Organisation:
    """Return the regulator of the city with its people; what is missing of it is made."""
    regulator = _organisation(Kind.REGULATOR, REGULATOR)
    if not regulator.jurisdictions.exists():
        set_jurisdiction(regulator, [CITY], by=None)
    _join(regulator, REGULATOR_PEOPLE, by=None)
    return regulator


def load_association() -> Organisation:
    """Return the association with its panellist; what is missing of it is made."""
    association = _organisation(Kind.ASSOCIATION, ASSOCIATION)
    _join(association, ASSOCIATION_PEOPLE, by=None)
    return association


def _organisation(kind: Kind, details: dict[str, Any]) -> Organisation:
    found = Organisation.objects.filter(kind=kind, name=details["name"]).first()
    return found or Organisation.objects.create(kind=kind, **details)


def _complete(organisation: Organisation, details: dict[str, str]) -> None:
    """Fill in what is empty."""
    empty = {name: value for name, value in details.items() if not getattr(organisation, name)}
    for name, value in empty.items():
        setattr(organisation, name, value)
    organisation.save(update_fields=list(empty))


def _join(organisation: Organisation, people: tuple[Person, ...], *, by: User | None) -> None:
    """Make missing accounts, and give everyone their role who has never had one here."""
    for person in people:
        user = _account(person)
        if not user.memberships.filter(organisation=organisation).exists():
            set_roles(organisation, user, roles_of(organisation, user) | {person.role}, by=by)


def _account(person: Person) -> User:
    found = User.objects.filter(email=person.email).first()
    return found or User.objects.create_user(person.email, PASSWORD, name=person.name)
