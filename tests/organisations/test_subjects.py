"""What a company assesses: listed, corrected, put away."""

import datetime as dt

import pytest
from django.urls import reverse

from compliance.audit.actions import Action
from compliance.audit.models import Event
from compliance.organisations.models import Membership, Role, Subject
from tests.cast import make_assessment, make_subject

pytestmark = pytest.mark.django_db


@pytest.fixture
def subject(cast):
    return make_subject(cast.company, name="数字人客服", version="1.0")


def page_of(client, company):
    return client.get(reverse("organisations:subjects", args=[company.pk])).content.decode()


def edit(client, subject, **fields):
    data = {"name": "数字人客服", "kind": "system", "company_role": "user", "version": "1.1"}
    return client.post(reverse("organisations:subject_edit", args=[subject.pk]), data | fields)


def test_it_works(client, cast, subject):
    client.force_login(cast.officer)
    response = edit(client, subject, launched_on="2026-05-01", filing_number="网信算备1号")
    assert response.url == reverse("organisations:subjects", args=[cast.company.pk])
    subject.refresh_from_db()
    assert (subject.version, subject.kind, subject.launched_on) == (
        "1.1",
        "system",
        dt.date(2026, 5, 1),
    )
    event = Event.objects.get()
    assert (event.action, event.actor, event.chain_id, event.about_id) == (
        Action.SUBJECT_CHANGED,
        cast.officer.pk,
        cast.company.pk,
        str(subject.pk),
    )
    assert event.value.old["version"] == "1.0"
    assert event.value.new == {
        "company_role": "user",
        "filing_number": "网信算备1号",
        "kind": "system",
        "launched_on": "2026-05-01",
        "version": "1.1",
    }
    assert "网信算备1号" in page_of(client, cast.company)
    edit(client, subject, launched_on="2026-05-01", filing_number="网信算备1号")
    assert Event.objects.count() == 1  # nothing changed, nothing to record


def test_adding_is_recorded(client, cast):
    client.force_login(cast.officer)
    data = {"name": "元宇宙展厅", "kind": "service", "company_role": "provider"}
    client.post(reverse("organisations:subject_add"), data)
    event = Event.objects.get(action=Action.SUBJECT_ADDED)
    assert event.chain_id == cast.company.pk
    assert event.value.new["name"] == "元宇宙展厅"


def test_the_archive(client, cast, subject):
    make_assessment(subject, created_by=cast.officer)
    client.force_login(cast.officer)
    address = reverse("organisations:subject_archive", args=[subject.pk])
    assert subject.name in client.get(address).content.decode()
    assert Subject.objects.current().exists()  # only asked so far
    client.post(address)
    client.post(address)
    assert not Subject.objects.current().exists()
    assert "已归档的评估对象" in page_of(client, cast.company)
    start = client.get(reverse("assessments:start")).context["form"]
    assert not start.fields["subject"].queryset.exists()
    refused = client.post(reverse("assessments:start"), {"subject": str(subject.pk)})
    assert "subject" in refused.context["form"].errors
    assert subject.name in client.get(reverse("assessments:list")).content.decode()

    client.post(reverse("organisations:subject_restore", args=[subject.pk]))
    assert list(Subject.objects.current()) == [subject]
    actions = Event.objects.filter(chain=cast.company.pk).values_list("action", flat=True)
    assert list(actions) == [Action.SUBJECT_ARCHIVED, Action.SUBJECT_RESTORED]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "spaceship"),
        ("company_role", ""),
        ("name", ""),
        ("name", "x" * 201),
        ("name", "a\x00b"),
        ("version", "x" * 51),
        ("address", "x" * 301),
        ("filing_number", "x" * 101),
        ("launched_on", "2026-02-30"),
    ],
)
def test_bad_input_is_named_and_not_stored(client, cast, subject, field, value):
    client.force_login(cast.officer)
    assert field in edit(client, subject, **{field: value}).context["form"].errors
    subject.refresh_from_db()
    assert (subject.name, subject.version) == ("数字人客服", "1.0")
    assert not Event.objects.exists()


def test_a_name_that_was_refused_does_not_stand_in_the_frame(client, cast, subject):
    client.force_login(cast.officer)
    response = edit(client, subject, name="x" * 201)
    assert response.context["subject"].name == "数字人客服"


def test_colleagues_read_and_change_nothing(client, cast, subject):
    for person in (cast.colleague, cast.signatory, cast.auditor):
        client.force_login(person)
        page = page_of(client, cast.company)
        assert subject.name in page
        assert "归档" not in page
        for name in ("subject_edit", "subject_archive", "subject_restore"):
            address = reverse(f"organisations:{name}", args=[subject.pk])
            assert client.post(address).status_code == 403
    assert not Event.objects.exists()


def test_another_companys_subjects_are_not_there(client, cast, subject):
    client.force_login(cast.stranger)
    for name in ("subject_edit", "subject_archive", "subject_restore"):
        address = reverse(f"organisations:{name}", args=[subject.pk])
        assert client.post(address).status_code == 404
    listed = reverse("organisations:subjects", args=[cast.company.pk])
    assert client.get(listed).status_code == 404


def test_an_officer_of_one_company_is_not_an_officer_of_the_other(client, cast, subject):
    Membership.objects.create(user=cast.stranger, organisation=cast.company, role=Role.CONTRIBUTOR)
    client.force_login(cast.stranger)
    assert edit(client, subject).status_code == 403


def test_a_new_subject_of_one_of_several_companies(client, cast):
    Membership.objects.create(
        user=cast.officer, organisation=cast.other_company, role=Role.COMPLIANCE_OFFICER
    )
    client.force_login(cast.officer)
    add = reverse("organisations:subject_add")
    page = client.get(add, {"organisation": cast.other_company.pk}).content.decode()
    assert f'<option value="{cast.other_company.pk}" selected>' in page
    for strange in ("x", "a\x00", "0" * 5000):
        assert client.get(add, {"organisation": strange}).status_code == 200
