"""An officer describes what is to be assessed."""

import pytest
from django.urls import reverse

from compliance.organisations.models import Membership, Organisation, Role, Subject
from tests.cast import make_company, make_member

pytestmark = pytest.mark.django_db


def add(client, **fields):
    data = {"name": "数字人客服", "kind": "service", "company_role": "provider"} | fields
    return client.post(reverse("organisations:subject_add"), data)


def test_it_works(client, cast):
    client.force_login(cast.officer)
    response = add(client, launched_on="2026-05-01", version="2.1")
    subject = Subject.objects.get()
    assert response.url == f"/assessments/start/?subject={subject.id}"
    assert subject.organisation == cast.company
    assert (subject.name, subject.version) == ("数字人客服", "2.1")


def test_it_cannot_be_put_into_another_company(client, cast):
    client.force_login(cast.officer)
    add(client, organisation=str(cast.other_company.id))
    assert Subject.objects.get().organisation == cast.company


def test_someone_in_two_companies_says_which_of_the_two(client, cast):
    second = make_company()
    Membership.objects.create(user=cast.officer, organisation=second, role=Role.COMPLIANCE_OFFICER)
    client.force_login(cast.officer)
    refused = add(client, organisation=str(cast.other_company.id))
    assert "organisation" in refused.context["form"].errors
    add(client, organisation=str(second.id))
    assert Subject.objects.get().organisation == second


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "spaceship"),
        ("company_role", ""),
        ("name", ""),
        ("name", "x" * 201),
        ("name", "a\x00b"),
        ("launched_on", "2026-02-30"),
    ],
)
def test_bad_input_is_named_and_not_stored(client, cast, field, value):
    client.force_login(cast.officer)
    assert field in add(client, **{field: value}).context["form"].errors
    assert not Subject.objects.exists()


def test_an_inactive_membership_does_not_count(client, cast):
    Membership.objects.filter(user=cast.officer).update(active=False)
    client.force_login(cast.officer)
    assert add(client).status_code == 403


def test_a_role_counts_only_in_an_organisation_of_its_kind(client):
    regulator = Organisation.objects.create(kind=Organisation.Kind.REGULATOR, name="某市网信办")
    client.force_login(make_member(regulator, Role.COMPLIANCE_OFFICER))
    assert add(client).status_code == 403
    assert not Subject.objects.exists()


def test_a_list_asks_to_choose(client, cast):
    client.force_login(cast.officer)
    page = client.get(reverse("organisations:subject_add")).content.decode()
    assert '<option value="" selected>请选择</option>' in page
    assert "-----" not in page
