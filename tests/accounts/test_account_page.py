"""One's own name and language."""

import pytest

from tests.cast import make_user

pytestmark = pytest.mark.django_db
ADDRESS = "/accounts/"


@pytest.fixture
def person(client):
    person = make_user("li.lei@example.com", name="李雷")
    client.force_login(person)
    return person


def test_it_works_and_goes_on_in_the_language_chosen(client, person):
    response = client.post(ADDRESS, {"name": "Li Lei", "language": "en"})
    assert response.url == "/en/accounts/"
    person.refresh_from_db()
    assert (person.name, person.language) == ("Li Lei", "en")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "   "),
        ("name", "李" * 101),
        ("name", "李\x00雷"),
        ("language", "de"),
        ("language", ""),
        ("language", "\x00"),
    ],
)
def test_bad_input_is_refused_and_the_frame_keeps_the_name(client, person, field, value):
    response = client.post(ADDRESS, {"name": "韩梅梅", "language": "en", field: value})
    assert response.context["form"].errors[field]
    assert '<span class="account__name">李雷</span>' in response.content.decode()
    person.refresh_from_db()
    assert (person.name, person.language) == ("李雷", "zh-hans")


def test_nothing_else_can_be_changed(client, person):
    more = {"email": "x@example.com", "is_staff": "1", "is_superuser": "1", "id": "1", "pk": "1"}
    client.post(ADDRESS, {"name": "李雷", "language": "en", "password": "x", **more})
    before = (person.pk, person.email, person.is_staff, person.is_superuser, person.password)
    person.refresh_from_db()
    after = (person.pk, person.email, person.is_staff, person.is_superuser, person.password)
    assert before == after
    assert person.language == "en"
