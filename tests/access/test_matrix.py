"""Every address, every method, every visitor, against the table in matrix.py."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from compliance.accounts.models import User
from compliance.assessments.models import WorkbookImport
from compliance.assessments.workbooks.reading import Found
from compliance.organisations.models import Membership, Organisation, Role
from tests.access.matrix import MATRIX, SIGN_IN, VISITORS
from tests.cast import Cast, make_assessment, make_member, make_regulator, make_subject, make_user

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def addresses(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, set[str]]]:
    """Yield the full reverse name and the parameters of every address below the resolver."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern, inner)
        else:
            assert isinstance(pattern, URLPattern)
            assert pattern.name, f"{pattern} has no name"
            yield f"{namespace}{pattern.name}", set(pattern.pattern.converters)


ADDRESSES = dict(addresses(get_resolver()))


def test_the_table_declares_every_address_and_no_other():
    assert set(MATRIX) == set(ADDRESSES)


def test_the_table_names_only_visitors_and_methods_that_exist():
    for name, methods in MATRIX.items():
        assert set(methods) <= set(METHODS), name
        for statuses in methods.values():
            assert set(statuses) <= {*VISITORS, "else"}, name


class World:
    """One assessment, and everyone who might come to it."""

    def __init__(self) -> None:
        cast = Cast()
        regulator = make_regulator()
        association = Organisation.objects.create(kind=Organisation.Kind.ASSOCIATION, name="某协会")
        former = make_member(cast.company, Role.COMPLIANCE_OFFICER)
        Membership.objects.filter(user=former).update(active=False)
        self.visitors: dict[str, User | None] = {
            "anonymous": None,
            "contributor": cast.colleague,
            "compliance_officer": cast.officer,
            "signatory": cast.signatory,
            "auditor": cast.auditor,
            "foreign_contributor": make_member(cast.other_company, Role.CONTRIBUTOR),
            "foreign_officer": cast.stranger,
            "foreign_signatory": make_member(cast.other_company, Role.SIGNATORY),
            "foreign_auditor": make_member(cast.other_company, Role.AUDITOR),
            "reviewer": make_member(regulator, Role.REVIEWER),
            "lead_reviewer": make_member(regulator, Role.LEAD_REVIEWER),
            "panellist": make_member(association, Role.PANELLIST),
            "former_officer": former,
            "nobody": make_user(),
            "administrator": make_user(is_staff=True, is_superuser=True),
        }
        assessment = make_assessment(make_subject(cast.company), created_by=cast.officer)
        sent = WorkbookImport.objects.create(
            assessment=assessment,
            by=cast.officer,
            file_name="自评.xlsx",
            found=Found([], [], 0, []).write(),
        )
        self.parameters = {
            "import_id": sent.pk,
            "assessment_id": assessment.pk,
            "step": "scope",
            "domain": "risk",
            "criterion": "fraud",
            "key": assessment.version.key,
            "version": assessment.version.version,
            "language": "zh-hans",
        }

    def address(self, name: str) -> str:
        needed = ADDRESSES[name]
        return reverse(name, kwargs={key: self.parameters[key] for key in needed})


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(MATRIX))
def test_each_visitor_receives_what_the_table_says(name):
    world = World()
    assert set(world.visitors) == set(VISITORS)
    address = world.address(name)
    received, declared = {}, {}
    for visitor, user in world.visitors.items():
        for method in METHODS:
            client = Client()
            if user is not None:
                client.force_login(user)
            response = client.generic(method, address)
            statuses = MATRIX[name].get(method, {"else": 405})
            expected = statuses.get(visitor, statuses["else"])
            status: int | str = response.status_code
            if status == 302 and response.url.startswith(reverse("accounts:sign_in")):
                status = SIGN_IN
            # Whoever must sign in first need not learn which methods there are.
            if expected == 405 and status == SIGN_IN and visitor == "anonymous":
                status = 405
            received[visitor, method] = status
            declared[visitor, method] = expected
    assert received == declared


@pytest.mark.django_db
def test_a_role_taken_away_in_mid_session_counts_at_once(client):
    cast = Cast()
    address = f"/assessments/{make_assessment(make_subject(cast.company)).pk}/"
    client.force_login(cast.colleague)
    assert client.get(address).status_code == 200
    Membership.objects.filter(user=cast.colleague).update(active=False)
    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_someone_who_may_no_longer_sign_in_is_out_at_once(client):
    cast = Cast()
    address = f"/assessments/{make_assessment(make_subject(cast.company)).pk}/"
    client.force_login(cast.colleague)
    User.objects.filter(pk=cast.colleague.pk).update(is_active=False)
    assert client.get(address).url.startswith(reverse("accounts:sign_in"))


@pytest.mark.django_db
def test_another_companys_assessment_looks_like_one_that_does_not_exist(client):
    cast = Cast()
    assessment = make_assessment(make_subject(cast.company))
    client.force_login(cast.stranger)
    pages = []
    for address_id in (str(assessment.pk), "00000000-0000-4000-8000-000000000000"):
        response = client.get(f"/assessments/{address_id}/")
        assert response.status_code == 404
        text = response.content.decode().replace(address_id, "")
        pages.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text))
    assert pages[0] == pages[1]
