"""A site administrator adds a regulator or an association, on a page or by command."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from compliance.audit.actions import Action
from compliance.audit.models import Event
from compliance.organisations.models import Invitation, Organisation, Role
from tests.cast import (
    credit_code,
    make_association,
    make_company,
    make_member,
    make_regulator,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    user = make_user(is_staff=True)
    client.force_login(user)
    return user


def add(client, **fields):
    data = {
        "kind": "regulator",
        "name": "示例市互联网信息办公室",
        "jurisdiction": "北京市\n310000",
        "email": "Lead@Example.com",
        "language": "zh-hans",
    }
    return client.post(reverse("organisations:add"), data | fields)


def test_it_works(client, administrator, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert add(client).url == reverse("organisations:list")
    regulator = Organisation.objects.get()
    assert [each.region for each in regulator.jurisdictions.all()] == ["110000", "310000"]
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.roles) == ("lead@example.com", [Role.LEAD_REVIEWER])
    assert [mail.to for mail in mailoutbox] == [["lead@example.com"]]
    assert set(Event.objects.values_list("action", "actor")) == {
        (Action.ORGANISATION_ADDED, administrator.pk),
        (Action.JURISDICTION_CHANGED, administrator.pk),
        (Action.PERSON_INVITED, administrator.pk),
    }
    assert regulator.name in client.get(reverse("organisations:list")).content.decode()


def test_an_association_has_no_jurisdiction(client, administrator):
    refused = add(client, kind="association")
    assert set(refused.context["form"].errors) == {"jurisdiction"}
    add(client, kind="association", jurisdiction="")
    assert Invitation.objects.get().roles == [Role.PANELLIST]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "company"),
        ("kind", ""),
        ("name", ""),
        ("jurisdiction", ""),
        ("jurisdiction", "北京市\n火星"),
        ("jurisdiction", "朝阳区"),
        ("jurisdiction", "110000" * 1000),
        ("jurisdiction", "," * 5001),
        ("email", "nobody"),
        ("email", "x" * 250 + "@example.com"),
        ("language", "de"),
        ("credit_code", "123"),
        ("region", "火星"),
    ],
)
def test_bad_input_is_named_and_not_stored(client, administrator, field, value):
    response = add(client, **{field: value})
    assert field in response.context["form"].errors
    assert not Organisation.objects.exists()
    assert not Invitation.objects.exists()


def test_only_site_administrators_add(client):
    company = make_company()
    for user in (make_user(), make_member(company, Role.COMPLIANCE_OFFICER)):
        client.force_login(user)
        assert add(client).status_code == 403
    assert Organisation.objects.get() == company


def test_administrators_look_after_regulators_and_associations_but_not_companies(
    client, administrator
):
    for organisation, status in [
        (make_regulator(), 200),
        (make_association(), 200),
        (make_company(), 404),
    ]:
        for page in ("overview", "people", "edit", "invite"):
            address = reverse(f"organisations:{page}", args=[organisation.pk])
            assert client.get(address).status_code == status
    assert (
        client.get(reverse("organisations:subjects", args=[make_regulator().pk])).status_code == 404
    )


def test_only_administrators_set_a_jurisdiction(client, administrator):
    regulator = make_regulator("110105", name="某市网信办")
    lead = make_member(regulator, Role.LEAD_REVIEWER)
    address = reverse("organisations:edit", args=[regulator.pk])
    data = {"name": "某市委网信办", "jurisdiction": "000000"}
    client.force_login(lead)
    client.post(address, data)
    regulator.refresh_from_db()
    assert regulator.name == "某市委网信办"
    assert [each.region for each in regulator.jurisdictions.all()] == ["110105"]
    client.force_login(administrator)
    client.post(address, data)
    assert [each.region for each in regulator.jurisdictions.all()] == ["000000"]
    event = Event.objects.get(action=Action.JURISDICTION_CHANGED)
    assert (event.actor, event.value.old, event.value.new) == (
        administrator.pk,
        ["110105"],
        ["000000"],
    )
    client.post(address, data)  # the same again: nothing to record
    assert Event.objects.filter(action=Action.JURISDICTION_CHANGED).count() == 1


def test_the_command_works(capsys, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        call_command(
            *("add_organisation", "regulator", "某省网信办", "lead@example.com"),
            *("--jurisdiction", "110000", "--jurisdiction", "上海市", "--language", "en"),
        )
    regulator = Organisation.objects.get()
    assert str(regulator.pk) in capsys.readouterr().out
    assert [each.region for each in regulator.jurisdictions.all()] == ["110000", "310000"]
    assert "/en/invitations/" in mailoutbox[0].body
    company = ["company", "某公司", "officer@example.com", "--credit-code", credit_code(5).lower()]
    call_command("add_organisation", *company, "--region", "110105")
    assert Organisation.objects.get(kind="company").credit_code == credit_code(5)
    with pytest.raises(CommandError):
        call_command("add_organisation", *company)  # the same code again
    assert Organisation.objects.count() == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["regulator", "甲", "a@example.com"],
        ["association", "甲", "a@example.com", "--jurisdiction", "110000"],
        ["association", "甲", "nobody"],
        ["association", "x" * 201, "a@example.com"],
        ["company", "甲", "a@example.com", "--region", "110000"],
        ["company", "甲", "a@example.com", "--credit-code", "123"],
        ["regulator", "甲", "a@example.com", "--jurisdiction", "火星"],
    ],
)
def test_the_command_refuses(arguments):
    with pytest.raises(CommandError):
        call_command("add_organisation", *arguments)
    assert not Organisation.objects.exists()
