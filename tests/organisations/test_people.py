"""An officer sees who belongs to the company, and gives and takes roles."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from compliance.accounts.models import User
from compliance.audit.actions import Action
from compliance.audit.models import Event
from compliance.organisations.models import Membership, Role
from compliance.organisations.people import NobodyLeft, roles_of, set_roles
from tests.cast import (
    make_association,
    make_deputyship,
    make_invitation,
    make_member,
    make_regulator,
)

pytestmark = pytest.mark.django_db


def give(client, organisation, person, *roles):
    address = reverse("organisations:roles", args=[organisation.pk, person.pk])
    return client.post(address, {"roles": list(roles)})


def page_of(client, organisation):
    return client.get(reverse("organisations:people", args=[organisation.pk]))


def test_it_works(client, cast):
    client.force_login(cast.officer)
    response = give(client, cast.company, cast.colleague, "signatory", "auditor")
    assert response.url == reverse("organisations:people", args=[cast.company.pk])
    assert roles_of(cast.company, cast.colleague) == {Role.SIGNATORY, Role.AUDITOR}
    events = Event.objects.filter(chain=cast.company.pk).values_list("action", "key", "about_id")
    assert list(events) == [
        (Action.ROLE_GIVEN, "auditor", str(cast.colleague.pk)),
        (Action.ROLE_GIVEN, "signatory", str(cast.colleague.pk)),
        (Action.ROLE_TAKEN, "contributor", str(cast.colleague.pk)),
    ]
    gone = Membership.objects.get(user=cast.colleague, role=Role.CONTRIBUTOR)
    assert not gone.active
    assert gone.left_at is not None
    give(client, cast.company, cast.colleague, "signatory", "auditor")
    assert Event.objects.count() == 3  # nothing changed, nothing to record


def test_everyone_in_the_company_sees_who_is_there(client, cast):
    away = make_deputyship(cast.signatory, cast.colleague)
    invited = make_invitation(cast.company)
    former = make_member(cast.company, Role.CONTRIBUTOR)
    Membership.objects.filter(user=former).update(active=False)
    client.force_login(cast.officer)
    page = page_of(client, cast.company).content.decode()
    for person in (cast.officer, cast.colleague, cast.signatory, cast.auditor):
        assert person.email in page
    assert former.email not in page
    assert cast.stranger.email not in page
    assert f"由{away.deputy}代理" in page
    assert invited.email in page

    client.force_login(cast.auditor)
    page = page_of(client, cast.company).content.decode()
    assert cast.officer.email in page
    assert invited.email not in page  # whom the officer invites is the officer's matter
    assert "调整角色" not in page


def test_the_last_officer_stays(client, cast):
    client.force_login(cast.officer)
    response = give(client, cast.company, cast.officer, "contributor")
    assert "roles" in response.context["form"].errors
    assert roles_of(cast.company, cast.officer) == {Role.COMPLIANCE_OFFICER}
    assert not Event.objects.exists()

    # Someone who may no longer sign in looks after nobody.
    second = make_member(cast.company, Role.COMPLIANCE_OFFICER)
    User.objects.filter(pk=second.pk).update(is_active=False)
    with pytest.raises(NobodyLeft):
        set_roles(cast.company, cast.officer, [Role.CONTRIBUTOR], by=cast.officer)
    User.objects.filter(pk=second.pk).update(is_active=True)
    set_roles(cast.company, cast.officer, [Role.CONTRIBUTOR], by=cast.officer)
    assert roles_of(cast.company, cast.officer) == {Role.CONTRIBUTOR}


def test_a_stand_in_is_not_an_officer_who_could_be_left(cast):
    make_deputyship(cast.officer, cast.colleague)
    with pytest.raises(NobodyLeft):
        set_roles(cast.company, cast.officer, [Role.CONTRIBUTOR], by=cast.officer)


def test_the_last_lead_reviewer_stays_and_an_association_needs_none():
    regulator, association = make_regulator(), make_association()
    lead = make_member(regulator, Role.LEAD_REVIEWER)
    with pytest.raises(NobodyLeft):
        set_roles(regulator, lead, [Role.REVIEWER], by=None)
    panellist = make_member(association, Role.PANELLIST)
    set_roles(association, panellist, [Role.AUDITOR], by=None)


@pytest.mark.parametrize("roles", [[], ["owner"], ["reviewer"], ["contributor", "panellist"]])
def test_bad_input_is_named_and_changes_nothing(client, cast, roles):
    client.force_login(cast.officer)
    assert "roles" in give(client, cast.company, cast.colleague, *roles).context["form"].errors
    assert roles_of(cast.company, cast.colleague) == {Role.CONTRIBUTOR}


def test_only_people_of_the_company_can_be_changed(client, cast):
    client.force_login(cast.officer)
    former = make_member(cast.company, Role.CONTRIBUTOR)
    Membership.objects.filter(user=former).update(active=False)
    for person in (cast.stranger, cast.reviewer, former):
        assert give(client, cast.company, person, "contributor").status_code == 404
    assert give(client, cast.other_company, cast.stranger, "contributor").status_code == 404
    assert roles_of(cast.other_company, cast.stranger) == {Role.COMPLIANCE_OFFICER}
    assert not roles_of(cast.company, cast.stranger)


def test_contributors_give_nobody_a_role(client, cast):
    for person in (cast.colleague, cast.signatory, cast.auditor):
        client.force_login(person)
        response = give(client, cast.company, person, "compliance_officer")
        assert response.status_code == 403
    assert not Event.objects.exists()


def test_the_number_of_queries_does_not_grow_with_the_people(client, cast):
    client.force_login(cast.officer)
    page_of(client, cast.company)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            page_of(client, cast.company)
        counts.append(len(queries))
        for _ in range(3):
            person = make_member(cast.company, Role.CONTRIBUTOR, Role.AUDITOR)
            make_deputyship(person, cast.officer)
            make_invitation(cast.company, invited_by=person)
    assert counts[0] == counts[1]
