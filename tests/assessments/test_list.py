"""The list of a company's assessments."""

import pytest

from compliance.organisations.models import Membership, Role
from tests.cast import make_answer, make_assessment, make_member, make_subject, make_version

pytestmark = pytest.mark.django_db


def listed(client, user, address="/assessments/"):
    client.force_login(user)
    return list(client.get(address).context["assessments"])


@pytest.mark.parametrize("role", ["officer", "colleague", "signatory", "auditor"])
def test_every_role_of_the_company_sees_its_assessments(client, cast, role):
    assessment = make_assessment(make_subject(cast.company))
    assert listed(client, getattr(cast, role)) == [assessment]


def test_nobody_else_sees_them(client, cast):
    make_assessment(make_subject(cast.company))
    assert listed(client, cast.stranger) == []
    assert listed(client, cast.reviewer) == []


def test_a_membership_that_has_ended_shows_nothing(client, cast):
    make_assessment(make_subject(cast.company))
    Membership.objects.filter(user=cast.colleague).update(active=False)
    assert listed(client, cast.colleague) == []


def test_someone_with_two_roles_sees_each_assessment_once(client, cast):
    user = make_member(cast.company, Role.CONTRIBUTOR, Role.SIGNATORY)
    assessment = make_assessment(make_subject(cast.company))
    assert listed(client, user) == [assessment]


def test_titles_follow_the_language_of_the_page(client, cast):
    version = make_version(title_zh="数字人企业", title_en="Digital humans")
    make_assessment(make_subject(cast.company), version=version)
    client.force_login(cast.officer)
    assert "数字人企业" in client.get("/assessments/").content.decode()
    assert "Digital humans" in client.get("/en/assessments/").content.decode()


def test_the_empty_list_says_what_to_do(client, cast):
    client.force_login(cast.officer)
    assert "/assessments/start/" in client.get("/assessments/").content.decode()
    client.force_login(cast.colleague)
    assert "/assessments/start/" not in client.get("/assessments/").content.decode()


def test_as_many_queries_for_many_as_for_one(client, cast, django_assert_num_queries):
    def add():
        assessment = make_assessment(make_subject(cast.company), created_by=cast.officer)
        make_answer(assessment, "minors", "no")
        make_answer(assessment, "users", 3)

    add()
    client.force_login(cast.officer)
    # session, user, may start, own sections, count, list; roles, notices, campaigns for the frame
    with django_assert_num_queries(9):
        client.get("/assessments/")
    for _ in range(5):
        add()
    with django_assert_num_queries(9):
        client.get("/assessments/")
