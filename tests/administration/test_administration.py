"""Administrators look after people and organisations; what they change stands in the record."""

import re

import pytest
from django.contrib.admin.models import LogEntry

from compliance.administration.site import site
from compliance.assessments.models import SectionAssignment
from compliance.audit.actions import Action
from compliance.audit.models import Event
from compliance.audit.recording import SITE, record
from compliance.organisations.models import Deputyship, Membership, Role
from tests.cast import (
    make_action,
    make_answer,
    make_assessment,
    make_deputyship,
    make_member,
    make_subject,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return make_user(name="管理员", is_staff=True, is_superuser=True)


@pytest.fixture
def admin(client, administrator):
    client.force_login(administrator)
    return client


def recorded(chain):
    events = Event.objects.filter(chain=getattr(chain, "pk", chain)).select_related("value")
    return [(event.action, event.actor, event.value.old, event.value.new) for event in events]


def test_only_administrators_come_in(client, cast, administrator):
    assert client.get("/admin/").url.startswith("/accounts/sign-in/?next=/admin/")
    for person, status in (
        (cast.officer, 403),
        (make_user(is_staff=True), 403),
        (make_user(is_superuser=True), 403),
        (administrator, 200),
    ):
        client.force_login(person)
        assert client.get("/admin/").status_code == status


@pytest.mark.parametrize("address", ["login", "logout", "password_change", "r/1/1", "x"])
def test_it_has_no_sign_in_of_its_own(admin, address):
    assert admin.get(f"/admin/{address}/").status_code == 404


def pages(cast, administrator):
    """Every page of the administration."""
    subject = make_subject(cast.company)
    assessment = make_assessment(subject, created_by=cast.officer)
    event = record(Action.SIGNED_IN, by=cast.officer, chain=cast.officer)
    membership = Membership.objects.get(user=cast.colleague)
    yield from ("", "accounts/", "organisations/", "library/", "audit/")
    for model, row in {
        "accounts/user": cast.officer,
        "organisations/organisation": cast.company,
        "organisations/membership": membership,
        "organisations/subject": subject,
        "library/questionnaireversion": assessment.version,
        "audit/chain": event.chain,
        "audit/event": event,
    }.items():
        yield f"{model}/"
        yield f"{model}/?q=a"
        yield f"{model}/{row.pk}/change/"
    yield "organisations/membership/add/"


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page_works_under_our_policy(admin, cast, administrator, prefix):
    for address in pages(cast, administrator):
        response = admin.get(f"{prefix}/admin/{address}")
        assert response.status_code == 200, address
        source = response.content.decode()
        assert "default-src 'self'" in response["Content-Security-Policy"]
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", source), address
        assert not re.search(r"\sstyle=|<style|\son\w+=\"", source), address


def test_nothing_that_a_company_answered_is_shown(admin, cast, administrator):
    assessment = make_assessment(make_subject(cast.company), created_by=cast.officer)
    make_answer(assessment, "users", 3, comment="公司的秘密说明")
    record(Action.ANSWER_CHANGED, by=cast.officer, chain=assessment, new="公司的秘密说明")
    for address in pages(cast, administrator):
        assert "公司的秘密说明" not in admin.get(f"/admin/{address}").content.decode(), address
    models = {model._meta.label_lower for model in site._registry}
    assert not [label for label in models if label.startswith("assessments.")]
    assert "audit.eventvalue" not in models


def test_a_change_of_an_organisation_is_recorded_there_and_in_the_site(admin, cast, administrator):
    fields = {
        "name": "新名称有限公司",
        "name_en": "",
        "credit_code": cast.company.credit_code,
        "industry": "",
        "address": "",
    }
    address = f"/admin/organisations/organisation/{cast.company.pk}/change/"
    before = cast.company.name
    assert (
        admin.post(address, fields | {"contact_name": "", "contact_phone": ""}).status_code == 302
    )
    expected = (
        "row_changed",
        administrator.pk,
        {"name": before},
        {"name": "新名称有限公司"},
    )
    assert recorded(cast.company) == [expected]
    assert recorded(SITE) == [expected]
    assert not LogEntry.objects.exists()


def test_what_is_not_changed_is_not_recorded(admin, cast):
    response = admin.get(f"/admin/accounts/user/{cast.officer.pk}/change/")
    form = response.context["adminform"].form
    data = {name: form[name].value() for name in form.fields}
    data = {name: "on" if value is True else value for name, value in data.items() if value}
    assert admin.post(response.request["PATH_INFO"], data).status_code == 302
    assert not Event.objects.exists()


def change_user(admin, user, **fields):
    data = {"name": user.name, "language": user.language, "is_active": "on"} | fields
    data = {name: value for name, value in data.items() if value is not None}
    return admin.post(f"/admin/accounts/user/{user.pk}/change/", data)


def test_someone_may_no_longer_sign_in(admin, cast, administrator):
    assert change_user(admin, cast.officer, is_active=None).status_code == 302
    cast.officer.refresh_from_db()
    assert not cast.officer.is_active
    assert recorded(cast.officer) == [
        ("row_changed", administrator.pk, {"is_active": True}, {"is_active": False})
    ]


def test_an_administrator_is_one_entirely(admin, cast):
    change_user(admin, cast.officer, is_staff="on")
    cast.officer.refresh_from_db()
    assert (cast.officer.is_staff, cast.officer.is_superuser) == (True, True)
    change_user(admin, cast.officer)
    cast.officer.refresh_from_db()
    assert (cast.officer.is_staff, cast.officer.is_superuser) == (False, False)


def test_nobody_locks_themselves_out(admin, administrator):
    change_user(admin, administrator, is_active=None)
    administrator.refresh_from_db()
    assert (administrator.is_active, administrator.is_staff) == (True, True)


def test_address_and_password_are_no_matter_of_administrators(admin, cast):
    before = cast.officer.email, cast.officer.password
    change_user(
        admin, cast.officer, email="taken@example.com", password="x", is_superuser="on", id="1"
    )
    cast.officer.refresh_from_db()
    assert (cast.officer.email, cast.officer.password) == before
    assert not cast.officer.is_superuser


def give(admin, user, organisation, role, fields=()):
    data = {"user": user.pk, "organisation": organisation.pk, "role": role, "active": "on"}
    return admin.post("/admin/organisations/membership/add/", data | dict(fields))


def test_a_role_is_given_and_ended(admin, cast, administrator):
    person = make_user()
    assert give(admin, person, cast.company, Role.AUDITOR).status_code == 302
    row = Membership.objects.get(user=person)
    address = f"/admin/organisations/membership/{row.pk}/change/"
    assert admin.post(address, {}).status_code == 302
    row.refresh_from_db()
    assert not row.active
    assert row.left_at is not None
    events = [event[0] for event in recorded(cast.company)]
    assert events == ["row_added", "row_changed", "person_left"]
    assert recorded(cast.company)[0][3]["role"] == "auditor"
    assert admin.post(address, {"active": "on"}).status_code == 302
    row.refresh_from_db()
    assert (row.active, row.left_at) == (True, None)


def end(admin, person, **fields):
    row = Membership.objects.get(user=person)
    return admin.post(f"/admin/organisations/membership/{row.pk}/change/", fields)


def sections_of(person):
    return list(SectionAssignment.objects.filter(person=person).values_list("section", flat=True))


def test_whoever_has_no_role_left_hands_their_work_on(admin, cast, administrator):
    successor = make_member(cast.company, Role.CONTRIBUTOR)
    assessment = make_assessment(make_subject(cast.company), created_by=cast.officer)
    SectionAssignment.objects.create(
        assessment=assessment, section="scope", person=cast.colleague, by=cast.officer
    )
    action = make_action(assessment, owner=cast.colleague, created_by=cast.officer)
    make_deputyship(cast.signatory, cast.colleague)
    assert end(admin, cast.colleague, successor=successor.pk).status_code == 302
    action.refresh_from_db()
    assert (sections_of(cast.colleague), sections_of(successor)) == ([], ["scope"])
    assert action.owner == successor
    assert not Deputyship.objects.not_over().exists()
    left = Event.objects.get(action=Action.PERSON_LEFT)
    assert (left.chain_id, left.actor) == (cast.company.pk, administrator.pk)


def test_without_a_successor_the_work_waits_and_an_officer_has_the_actions(admin, cast):
    assessment = make_assessment(make_subject(cast.company), created_by=cast.officer)
    SectionAssignment.objects.create(
        assessment=assessment, section="scope", person=cast.colleague, by=cast.officer
    )
    action = make_action(assessment, owner=cast.colleague, created_by=cast.officer)
    end(admin, cast.colleague)
    action.refresh_from_db()
    assert not SectionAssignment.objects.exists()
    assert action.owner == cast.officer


def test_whoever_keeps_a_role_keeps_their_work(admin, cast):
    assessment = make_assessment(make_subject(cast.company), created_by=cast.officer)
    action = make_action(assessment, owner=cast.colleague, created_by=cast.officer)
    give(admin, cast.colleague, cast.company, Role.AUDITOR)
    row = Membership.objects.get(user=cast.colleague, role=Role.CONTRIBUTOR)
    admin.post(f"/admin/organisations/membership/{row.pk}/change/", {})
    action.refresh_from_db()
    assert action.owner == cast.colleague
    assert not Event.objects.filter(action=Action.PERSON_LEFT).exists()


@pytest.mark.parametrize("who", ["stranger", "auditor", "colleague"])
def test_nobody_takes_over_who_may_not(admin, cast, who):
    response = end(admin, cast.colleague, successor=getattr(cast, who).pk)
    assert response.context["adminform"].form.errors["successor"]
    assert Membership.objects.get(user=cast.colleague).active


def test_the_last_who_looks_after_the_people_stays(admin, cast):
    response = end(admin, cast.officer)
    assert "请先将该角色授予其他人" in response.content.decode()
    assert Membership.objects.get(user=cast.officer).active
    give(admin, make_user(), cast.company, Role.COMPLIANCE_OFFICER)
    assert end(admin, cast.officer).status_code == 302
    assert not Membership.objects.get(user=cast.officer).active


def test_nobody_gives_a_role_to_themselves(admin, cast, administrator):
    response = give(admin, administrator, cast.company, Role.COMPLIANCE_OFFICER)
    assert response.status_code == 422
    assert "不能给自己授予角色" in response.content.decode()
    assert not Membership.objects.filter(user=administrator).exists()
    row = Membership.objects.create(
        user=administrator, organisation=cast.company, role=Role.AUDITOR, active=False
    )
    admin.post(f"/admin/organisations/membership/{row.pk}/change/", {"active": "on"})
    row.refresh_from_db()
    assert not row.active


@pytest.mark.parametrize(
    "fields",
    [{"role": "reviewer"}, {"role": "x"}, {"organisation": ""}, {"user": "1"}, {"user": ""}],
)
def test_a_role_that_cannot_be_is_refused(admin, cast, fields):
    response = give(admin, make_user(), cast.company, Role.AUDITOR, fields)
    assert response.status_code == 422
    assert response.context["errors"]
    assert not Event.objects.exists()


def test_who_someone_is_and_where_is_not_changed(admin, cast):
    row = Membership.objects.get(user=cast.colleague)
    fields = {"user": cast.stranger.pk, "role": "compliance_officer", "active": "on"}
    admin.post(f"/admin/organisations/membership/{row.pk}/change/", fields)
    row.refresh_from_db()
    assert (row.user, row.role) == (cast.colleague, "contributor")


@pytest.mark.parametrize("model", ["audit/event", "audit/chain", "library/questionnaireversion"])
def test_what_is_only_seen_is_not_changed(admin, cast, model):
    event = record(Action.SIGNED_IN, by=cast.officer, chain=cast.officer)
    version = make_assessment(make_subject(cast.company)).version
    row = {"event": event, "chain": event.chain}.get(model.split("/")[1], version)
    assert admin.post(f"/admin/{model}/{row.pk}/change/", {"key": "x"}).status_code == 403
    for gone in (f"{row.pk}/delete/", "add/"):
        assert admin.get(f"/admin/{model}/{gone}").status_code == 404


@pytest.mark.parametrize("model", ["accounts/user", "organisations/organisation"])
def test_nothing_is_deleted(admin, cast, model):
    row = cast.officer if model.endswith("user") else cast.company
    assert admin.post(f"/admin/{model}/{row.pk}/delete/", {"post": "yes"}).status_code == 404
    data = {"action": "delete_selected", "_selected_action": str(row.pk), "post": "yes"}
    assert admin.post(f"/admin/{model}/", data).status_code == 405
    row.refresh_from_db()


@pytest.mark.parametrize(
    "asked",
    [
        "?password__startswith=a",
        "?e=1",
        "?p=9999",
        "?o=x",
        "?_to_field=password",
        "?q=%00",
        "?all=",
    ],
)
def test_hostile_questions_are_no_server_error(admin, cast, asked):
    assert admin.get(f"/admin/accounts/user/{asked}").status_code in (200, 302, 400)


def test_a_row_that_there_is_not(admin, cast):
    for wrong in ("x", "0", "00000000-0000-4000-8000-000000000000"):
        assert admin.get(f"/admin/accounts/user/{wrong}/change/").status_code in (302, 404)
