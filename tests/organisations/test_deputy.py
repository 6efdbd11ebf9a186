"""A colleague stands in while someone is away."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from compliance.audit.actions import Action
from compliance.audit.models import Event
from compliance.organisations.models import Deputyship, Membership, Organisation, Role
from tests.cast import (
    make_assessment,
    make_company,
    make_deputyship,
    make_member,
    make_regulator,
    make_subject,
    make_user,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def name(client, cast, **fields):
    today = timezone.localdate()
    data = {
        "absent": str(cast.officer.pk),
        "deputy": str(cast.colleague.pk),
        "first_day": today.isoformat(),
        "last_day": (today + 3 * DAY).isoformat(),
    }
    address = reverse("organisations:name_deputy", args=[cast.company.pk])
    return client.post(address, data | fields)


def roles_held(user, on=None):
    return sorted(Membership.objects.held_by(user, on).values_list("role", flat=True))


def test_it_works(client, cast):
    assessment = make_assessment(make_subject(cast.company), created_by=cast.officer)
    assign = reverse("organisations:invite", args=[cast.company.pk])
    client.force_login(cast.colleague)
    assert client.get(assign).status_code == 403
    client.force_login(cast.officer)
    response = name(client, cast)
    assert response.url == reverse("organisations:overview", args=[cast.company.pk])
    deputyship = Deputyship.objects.get()
    assert (deputyship.absent, deputyship.deputy) == (cast.officer, cast.colleague)
    event = Event.objects.get(action=Action.DEPUTY_NAMED)
    assert event.details == {"absent": str(cast.officer.pk), "deputy": str(cast.colleague.pk)}

    client.force_login(cast.colleague)
    assert client.get(assign).status_code == 200
    assert roles_held(cast.colleague) == ["compliance_officer", "contributor"]
    assert roles_held(cast.officer) == ["compliance_officer"]  # still theirs
    page = client.get(reverse("assessments:tasks", args=[assessment.pk])).content.decode()
    assert f"（代理{cast.officer}）" in page
    client.post(assign, {"email": "x@example.com", "roles": ["auditor"], "language": "en"})
    assert Event.objects.get(action=Action.PERSON_INVITED).actor == cast.colleague.pk

    end = reverse("organisations:end_deputy", args=[cast.company.pk, deputyship.pk])
    client.post(end)
    assert client.get(assign).status_code == 403
    assert client.post(end).status_code == 404
    assert Event.objects.filter(action=Action.DEPUTY_ENDED).count() == 1


def test_everyone_names_their_own_deputy_and_nobody_elses(client, cast):
    client.force_login(cast.signatory)
    name(client, cast, absent=str(cast.officer.pk))
    assert Deputyship.objects.get().absent == cast.signatory


class DaysTest(TestCase):
    """The roles are lent on the days of the deputyship, and on no others."""

    @given(
        first=st.integers(-5, 5),
        length=st.integers(-2, 5),
        on=st.integers(-8, 12),
        absent_active=st.booleans(),
        deputy_active=st.booleans(),
        elsewhere=st.booleans(),
    )
    def test_when_roles_are_lent(self, first, length, on, absent_active, deputy_active, elsewhere):
        company, other, day = make_company(), make_company(), dt.date(2026, 11, 21)
        absent = make_member(company, Role.SIGNATORY)
        deputy = make_member(company, Role.CONTRIBUTOR)
        for person in (absent, deputy):
            Membership.objects.create(user=person, organisation=other, role=Role.AUDITOR)
        make_deputyship(
            absent,
            deputy,
            organisation=other if elsewhere else company,
            first_day=day + first * DAY,
            last_day=day + (first + length) * DAY,
        )
        here = Membership.objects.filter(organisation=company)
        here.filter(user=absent).update(active=absent_active)
        here.filter(user=deputy).update(active=deputy_active)
        lent = first <= on <= first + length and absent_active and deputy_active and not elsewhere
        held = Membership.objects.held_by(deputy, day + on * DAY).filter(organisation=company)
        expected = {Role.CONTRIBUTOR} if deputy_active else set()
        assert {row.role for row in held} == expected | ({Role.SIGNATORY} if lent else set())
        back = Membership.objects.held_by(absent, day + on * DAY).filter(organisation=company)
        assert {row.role for row in back} == ({Role.SIGNATORY} if absent_active else set())


def test_what_was_lent_is_not_lent_on(cast):
    make_deputyship(cast.officer, cast.colleague)
    make_deputyship(cast.colleague, cast.auditor)
    assert roles_held(cast.auditor) == ["auditor", "contributor"]


def test_a_deputy_of_a_reviewer_reaches_the_jurisdiction(cast):
    regulator = make_regulator("110000")
    lead = make_member(regulator, Role.LEAD_REVIEWER)
    deputy = make_member(regulator, Role.AUDITOR)
    make_deputyship(lead, deputy)
    held = Membership.objects.held_by(deputy)
    assert {row.role for row in held} == {Role.LEAD_REVIEWER, Role.AUDITOR}
    assert cast.company in Organisation.objects.in_jurisdiction_of(deputy)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("absent", ""),
        ("absent", "x"),
        ("absent", "a\x00"),
        ("deputy", ""),
        ("deputy", "00000000-0000-4000-8000-000000000000"),
        ("first_day", "2026-02-30"),
        ("first_day", ""),
        ("last_day", ""),
        ("last_day", "1999-01-01"),
        ("last_day", "2099-01-01"),
        ("last_day", "999999-01-01"),
    ],
)
def test_bad_input_is_named_and_not_stored(client, cast, field, value):
    client.force_login(cast.officer)
    assert field in name(client, cast, **{field: value}).context["form"].errors
    assert not Deputyship.objects.exists()


def test_a_deputy_belongs_to_the_same_organisation_and_is_someone_else(client, cast):
    client.force_login(cast.officer)
    former = make_member(cast.company, Role.CONTRIBUTOR)
    Membership.objects.filter(user=former).update(active=False)
    for person in (cast.stranger, cast.reviewer, former, cast.officer, make_user()):
        assert "deputy" in name(client, cast, deputy=str(person.pk)).context["form"].errors
    assert "absent" in name(client, cast, absent=str(cast.stranger.pk)).context["form"].errors
    client.force_login(cast.colleague)  # names their own, and may not name themselves
    assert "deputy" in name(client, cast).context["form"].errors
    assert not Deputyship.objects.exists()


def test_only_those_concerned_end_a_deputyship(client, cast):
    deputyship = make_deputyship(cast.officer, cast.signatory)
    end = reverse("organisations:end_deputy", args=[cast.company.pk, deputyship.pk])
    foreign = reverse("organisations:end_deputy", args=[cast.other_company.pk, deputyship.pk])
    for person, status in [(cast.colleague, 403), (cast.stranger, 404)]:
        client.force_login(person)
        assert client.post(end).status_code == status
    assert client.post(foreign).status_code == 404
    client.force_login(cast.signatory)
    assert client.post(end).status_code == 302


def test_the_number_of_queries_is_the_same_with_deputyships(client, cast):
    assessment = make_assessment(make_subject(cast.company), created_by=cast.officer)
    address = reverse("assessments:tasks", args=[assessment.pk])
    client.force_login(cast.colleague)
    client.get(address)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
        for absent in (cast.officer, cast.signatory, cast.auditor):
            make_deputyship(absent, cast.colleague)
    assert counts[0] == counts[1]
