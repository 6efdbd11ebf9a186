"""What is far larger than any page of ours can send is refused before it is looked at."""

import pytest

from tests.cast import Cast, make_assessment, make_subject
from tests.page import section_address, section_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    cast = Cast()
    assessment = make_assessment(make_subject(cast.company))
    client.force_login(cast.officer)
    return section_address(assessment, "scope"), section_form(client, assessment, "scope")


def test_too_much_text_is_a_400(client, page):
    address, form = page
    form.fill(**{"comment-users": "x" * 21 * 1024 * 1024})
    assert client.post(address, form.fields).status_code == 400


def test_too_many_fields_are_a_400(client, page):
    address, form = page
    form.fill(**{f"answer-{number}": "x" for number in range(1001)})
    assert client.post(address, form.fields).status_code == 400


@pytest.mark.parametrize(
    "body", [b"--x\r\nbroken", b"\xff\xfe\x00", b"answer-users=%ff%fe&seen-users=%00"]
)
@pytest.mark.parametrize(
    "kind", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "text/plain"]
)
def test_a_body_that_is_no_form_is_a_400(client, page, kind, body):
    assert client.post(page[0], body, content_type=kind).status_code == 400
