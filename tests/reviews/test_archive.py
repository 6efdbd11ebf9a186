"""Archiving an assessment whose review has ended."""

import pytest
from django.urls import reverse

from compliance.assessments.models import Assessment
from compliance.lifecycle import Status
from tests.cast import make_assessment, make_subject

pytestmark = pytest.mark.django_db


@pytest.fixture
def passed(cast):
    return make_assessment(make_subject(cast.company), status=Status.PASSED)


def address(assessment):
    return reverse("reviews:archive", args=[assessment.pk])


def test_it_works(client, cast, passed):
    client.force_login(cast.officer)
    assert "归档" in client.get(address(passed)).content.decode()
    assert client.post(address(passed)).url == reverse("assessments:result", args=[passed.pk])
    assert Assessment.objects.get().status == Status.ARCHIVED
    assert client.post(address(passed)).status_code == 409


def test_only_an_officer_archives_and_only_what_has_ended(client, cast, passed):
    client.force_login(cast.colleague)
    assert client.post(address(passed)).status_code == 403
    Assessment.objects.update(status=Status.UNDER_REVIEW)
    client.force_login(cast.officer)
    assert client.get(address(passed)).status_code == 302
    assert client.post(address(passed)).status_code == 409
    client.force_login(cast.stranger)
    assert client.post(address(passed)).status_code == 404
