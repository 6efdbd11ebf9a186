"""Someone leaves; their work passes on and their record stays."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from compliance.assessments.models import SectionAssignment
from compliance.audit.actions import Action
from compliance.audit.models import Event
from compliance.organisations.models import Deputyship, Membership, Role
from compliance.organisations.people import roles_of
from compliance.reviews.taking_up import assign, take_up
from tests.cast import (
    make_action,
    make_answer,
    make_assessment,
    make_company,
    make_deputyship,
    make_member,
    make_regulator,
    make_subject,
    make_submission,
)

pytestmark = pytest.mark.django_db


def address_of(organisation, person):
    return reverse("leave", args=[organisation.pk, person.pk])


def test_an_officer_removes_someone_whose_work_goes_to_a_colleague(client, cast):
    assessment = make_assessment(make_subject(cast.company), created_by=cast.colleague)
    answer = make_answer(assessment, "assessed", "yes", by=cast.colleague)
    SectionAssignment.objects.create(
        assessment=assessment, section="scope", person=cast.colleague, by=cast.officer
    )
    client.force_login(cast.officer)
    page = client.get(address_of(cast.company, cast.colleague)).content.decode()
    assert cast.colleague.name in page
    assert cast.auditor.name not in page  # reads only: takes over nothing
    response = client.post(
        address_of(cast.company, cast.colleague), {"successor": str(cast.officer.pk)}
    )
    assert response.url == reverse("organisations:people", args=[cast.company.pk])
    row = Membership.objects.get(user=cast.colleague)
    assert not row.active
    assert timezone.now() >= row.left_at
    assert SectionAssignment.objects.get().person == cast.officer
    answer.refresh_from_db()
    assert answer.by == cast.colleague
    event = Event.objects.get(action=Action.PERSON_LEFT)
    assert (event.actor, event.about_id) == (cast.officer.pk, str(cast.colleague.pk))
    assert event.value.old == {"roles": ["contributor"]}

    client.force_login(cast.colleague)
    assert client.get(reverse("assessments:tasks", args=[assessment.pk])).status_code == 404


def test_without_a_successor_the_work_waits(client, cast):
    assessment = make_assessment(make_subject(cast.company), created_by=cast.officer)
    SectionAssignment.objects.create(
        assessment=assessment, section="scope", person=cast.colleague, by=cast.officer
    )
    client.force_login(cast.officer)
    client.post(address_of(cast.company, cast.colleague))
    assert not SectionAssignment.objects.exists()
    event = Event.objects.get(action=Action.SECTION_UNASSIGNED)
    assert event.value.old["person"] == str(cast.colleague)


@pytest.mark.parametrize("passed_on", [True, False])
def test_a_reviewers_reviews_pass_on(client, passed_on):
    regulator, submission = make_regulator(), make_submission()
    lead, reviewer, second = (
        make_member(regulator, role) for role in (Role.LEAD_REVIEWER, Role.REVIEWER, Role.REVIEWER)
    )
    review = take_up(submission, regulator, lead)
    assign(review, reviewer, None, lead)
    client.force_login(lead)
    client.post(address_of(regulator, reviewer), {"successor": second.pk if passed_on else ""})
    assert not roles_of(regulator, reviewer)
    review.refresh_from_db()
    assert review.assigned_to == (second if passed_on else None)
    assert Event.objects.filter(action=Action.REVIEW_ASSIGNED).count() == 2


def test_someone_leaves_by_themselves(client, cast):
    client.force_login(cast.auditor)
    address = address_of(cast.company, cast.auditor)
    assert client.get(address).status_code == 200
    assert roles_of(cast.company, cast.auditor)  # only asked so far
    assert client.post(address).url == reverse("organisations:list")
    assert not roles_of(cast.company, cast.auditor)
    assert client.get(address).status_code == 404
    assert Event.objects.get(action=Action.PERSON_LEFT).actor == cast.auditor.pk


def test_whoever_leaves_by_themselves_keeps_no_action(client, cast):
    action = make_action(
        make_assessment(make_subject(cast.company)), owner=cast.colleague, created_by=cast.officer
    )
    client.force_login(cast.colleague)
    client.post(address_of(cast.company, cast.colleague))
    action.refresh_from_db()
    assert action.owner == cast.officer


def test_the_last_officer_cannot_leave(client, cast):
    client.force_login(cast.officer)
    response = client.post(address_of(cast.company, cast.officer))
    assert response.context["form"].non_field_errors()
    assert roles_of(cast.company, cast.officer)
    make_member(cast.company, Role.COMPLIANCE_OFFICER)
    assert client.post(address_of(cast.company, cast.officer)).status_code == 302


@pytest.mark.parametrize("who", ["stranger", "reviewer", "auditor", "colleague"])
def test_nobody_takes_over_who_may_not(client, cast, who):
    client.force_login(cast.officer)
    successor = getattr(cast, who)
    address = address_of(cast.company, cast.colleague)
    response = client.post(address, {"successor": str(successor.pk)})
    assert "successor" in response.context["form"].errors
    assert roles_of(cast.company, cast.colleague)


@pytest.mark.parametrize("successor", ["x", "0", "00000000-0000-4000-8000-000000000000", "a\x00"])
def test_a_successor_who_is_nobody_is_refused(client, cast, successor):
    client.force_login(cast.officer)
    response = client.post(address_of(cast.company, cast.colleague), {"successor": successor})
    assert "successor" in response.context["form"].errors
    assert roles_of(cast.company, cast.colleague)


def test_only_officers_remove_others(client, cast):
    for person, status in [(cast.colleague, 403), (cast.auditor, 403), (cast.stranger, 404)]:
        client.force_login(person)
        for method in (client.get, client.post):
            assert method(address_of(cast.company, cast.signatory)).status_code == status
    client.force_login(cast.officer)
    assert client.post(address_of(cast.company, cast.stranger)).status_code == 404
    assert client.post(address_of(cast.other_company, cast.stranger)).status_code == 404
    assert roles_of(cast.other_company, cast.stranger)


def test_deputyships_end(client, cast):
    make_deputyship(cast.colleague, cast.officer)
    make_deputyship(cast.signatory, cast.colleague)
    untouched = make_deputyship(cast.signatory, cast.officer)
    client.force_login(cast.officer)
    client.post(address_of(cast.company, cast.colleague))
    assert list(Deputyship.objects.not_over()) == [untouched]
    assert Event.objects.filter(action=Action.DEPUTY_ENDED).count() == 2


def test_leaving_one_company_is_not_leaving_another(client, cast):
    Membership.objects.create(
        user=cast.colleague, organisation=cast.other_company, role=Role.CONTRIBUTOR
    )
    client.force_login(cast.colleague)
    client.post(address_of(cast.company, cast.colleague))
    assert roles_of(cast.other_company, cast.colleague) == {Role.CONTRIBUTOR}


def test_a_person_with_a_past_cannot_be_deleted(cast):
    with pytest.raises(ProtectedError):
        cast.colleague.delete()
    with pytest.raises(ProtectedError):
        cast.company.delete()


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_leave_at_the_same_moment_one_stays():
    company = make_company()
    officers = [make_member(company, Role.COMPLIANCE_OFFICER) for _ in range(2)]

    def leave(person):
        client = Client()
        client.force_login(person)
        try:
            return client.post(address_of(company, person)).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(leave, officers)) == [302, 422]
    assert Membership.objects.active().filter(organisation=company).count() == 1
