"""A session that ended costs nobody what they entered about an organisation."""

import pytest
from django.test import Client
from django.urls import reverse

from compliance.organisations.models import Organisation
from tests.cast import PASSWORD, Cast, credit_code, make_subject
from tests.page import Form

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cast = Cast()
    for person in (cast.officer, cast.stranger, cast.auditor):
        person.set_password(PASSWORD)
        person.save()
    return cast


def sign_in(page, person):
    return Form(page).fill(**{"again-login": person.email, "again-password": PASSWORD}).fields


@pytest.mark.parametrize("page", ["edit", "subject_edit", "register"])
def test_it_goes_on_after_signing_in_again(cast, page):
    subject = make_subject(cast.company)
    registered = Organisation.objects.filter(credit_code=credit_code(9))
    address, data, stored = {
        "edit": (
            reverse("organisations:edit", args=[cast.company.pk]),
            {"name": "改名有限公司", "region": "110105", "industry": "I"},
            lambda: Organisation.objects.get(pk=cast.company.pk).name,
        ),
        "subject_edit": (
            reverse("organisations:subject_edit", args=[subject.pk]),
            {"name": "改名有限公司", "kind": "system", "company_role": "user"},
            lambda: cast.company.subjects.get().name,
        ),
        "register": (
            reverse("organisations:register"),
            {
                "name": "改名有限公司",
                "region": "110105",
                "industry": "I",
                "credit_code": credit_code(9),
            },
            lambda: "".join(registered.values_list("name", flat=True)),
        ),
    }[page]
    client = Client()
    asked = client.post(address, data)
    assert asked.status_code == 403
    assert stored() != "改名有限公司"
    if page != "register":
        for person in (cast.stranger, cast.auditor):  # may not do it
            assert client.post(address, sign_in(asked, person)).status_code == 403
    assert client.post(address, sign_in(asked, cast.officer)).status_code == 302
    assert stored() == "改名有限公司"


def test_what_another_site_may_have_sent_is_shown_and_not_stored(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.officer)
    address = reverse("organisations:edit", args=[cast.company.pk])
    data = {"name": "改名有限公司", "region": "110105", "industry": "I"}
    shown = client.post(address, data)
    assert shown.status_code == 403
    assert "改名有限公司" in shown.content.decode()
    assert Organisation.objects.get(pk=cast.company.pk).name == cast.company.name
    assert client.post(address, Form(shown).fields | data).status_code == 302
    assert Organisation.objects.get(pk=cast.company.pk).name == "改名有限公司"
