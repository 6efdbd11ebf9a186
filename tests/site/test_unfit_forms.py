"""A form that does not fit is shown again with 422, whoever has written its page."""

import pytest
from django.urls import reverse

from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    client.force_login(Cast().officer)
    return client


@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "verify"])
def test_a_form_for_everyone(client, name):
    assert client.get(reverse(name)).status_code == 200
    assert client.post(reverse(name)).status_code == 422


@pytest.mark.parametrize("name", ["organisations:register", "organisations:subject_add", "account"])
def test_a_form_for_those_who_have_signed_in(officer, name):
    page = officer.post(reverse(name))
    assert page.status_code == 422
    assert "error-summary" in page.content.decode()


def test_a_page_without_a_form_is_left_alone(client):
    assert client.post(reverse("account_logout")).status_code == 302
