"""An officer starts an assessment."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from compliance.assessments.models import Assessment
from compliance.library.models import QuestionnaireVersion
from compliance.organisations.models import Membership, Role
from tests.cast import PASSWORD, make_subject, make_version
from tests.page import Form

pytestmark = pytest.mark.django_db


@pytest.fixture
def subject(cast):
    return make_subject(cast.company)


@pytest.fixture
def version():
    return make_version()


def start(client, for_version, about, **fields):
    data = {"version": for_version.pk, "subject": about.pk, "situation": "yearly"}
    return client.post(
        reverse("assessments:start"), data | {"reference_date": "2026-11-21"} | fields
    )


def test_it_works(client, cast, version, subject):
    client.force_login(cast.officer)
    response = start(client, version, subject)
    assessment = Assessment.objects.get()
    assert response.url == f"/assessments/{assessment.pk}/"
    assert assessment.subject == subject
    assert assessment.created_by == cast.officer
    assert assessment.situation == Assessment.Situation.YEARLY
    assert assessment.reference_date == dt.date(2026, 11, 21)
    assert assessment.status == Assessment.Status.DRAFT


def test_the_subject_just_described_is_chosen(client, cast, version, subject):
    client.force_login(cast.officer)
    page = client.get(f"/assessments/start/?subject={subject.pk}").content.decode()
    assert f'value="{subject.pk}" selected' in page


@pytest.mark.parametrize(
    "garbage", ["1", "x' OR 1=1", "\x00", "00000000-0000-0000-0000-000000000000"]
)
def test_a_meaningless_subject_in_the_address_chooses_none(client, cast, version, subject, garbage):
    client.force_login(cast.officer)
    response = client.get("/assessments/start/", {"subject": garbage})
    assert response.status_code == 200
    assert (
        " selected" not in response.content.decode().split('name="subject"')[1].split("</select")[0]
    )


def test_a_company_without_subjects_is_led_to_describe_one(client, cast, version):
    client.force_login(cast.officer)
    page = client.get("/assessments/start/").content.decode()
    assert reverse("organisations:subject_add") in page
    assert "<select" not in page


def test_another_companys_subject_is_refused_and_never_shown(client, cast, version, subject):
    foreign = make_subject(cast.other_company, name="外人的系统")
    client.force_login(cast.officer)
    response = start(client, version, foreign)
    assert "subject" in response.context["form"].errors
    assert "外人的系统" not in response.content.decode()
    assert not Assessment.objects.exists()


def test_a_replaced_version_is_not_offered(client, cast, version, subject):
    version.status = QuestionnaireVersion.Status.REPLACED
    version.save(update_fields=["status"])
    client.force_login(cast.officer)
    assert "version" in start(client, version, subject).context["form"].errors
    assert not Assessment.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("situation", "whim"),
        ("reference_date", "2026-02-30"),
        ("reference_date", ""),
        ("version", "not-a-uuid"),
        ("subject", ""),
    ],
)
def test_bad_input_is_named_and_not_stored(client, cast, version, subject, field, value):
    client.force_login(cast.officer)
    response = start(client, version, subject, **{field: value})
    assert field in response.context["form"].errors
    assert not Assessment.objects.exists()


def test_fields_that_the_form_does_not_have_are_ignored(client, cast, version, subject):
    client.force_login(cast.officer)
    start(client, version, subject, status="submitted", created_by=str(cast.stranger.pk))
    assessment = Assessment.objects.get()
    assert assessment.status == Assessment.Status.DRAFT
    assert assessment.created_by == cast.officer


@pytest.mark.parametrize("role", ["colleague", "signatory", "auditor", "reviewer"])
def test_only_an_officer_may(client, cast, version, subject, role):
    client.force_login(getattr(cast, role))
    assert start(client, version, subject).status_code == 403
    assert not Assessment.objects.exists()


def test_someone_in_two_companies_sees_whose_subject_it_is(client, cast, version, subject):
    client.force_login(cast.officer)
    assert str(cast.company) not in options(client)
    Membership.objects.create(
        user=cast.officer, organisation=cast.other_company, role=Role.COMPLIANCE_OFFICER
    )
    theirs = make_subject(cast.other_company, name=subject.name, version="2.0")
    assert f"{subject.name} · {cast.company}" in options(client)
    assert f"{theirs.name} 2.0 · {cast.other_company}" in options(client)


def options(client):
    page = client.get(reverse("assessments:start")).content.decode()
    return page.split('name="subject"')[1].split("</select")[0]


def sent(version, subject, token):
    data = {"version": version.pk, "subject": subject.pk, "situation": "yearly"}
    return data | {"reference_date": "2026-11-21", "csrfmiddlewaretoken": token}


def test_it_goes_on_after_a_new_sign_in(cast, version, subject):
    browser, address = Client(enforce_csrf_checks=True), reverse("assessments:start")
    cast.officer.set_password(PASSWORD)
    cast.officer.save()
    browser.force_login(cast.officer)
    token = Form(browser.get(address)).value("csrfmiddlewaretoken")
    Session.objects.all().delete()
    asked = browser.post(address, sent(version, subject, token))
    assert asked.status_code == 403
    given = {"again-login": cast.officer.email, "again-password": PASSWORD}
    assert browser.post(address, Form(asked).fill(**given).fields).status_code == 302
    assert Assessment.objects.get().created_by == cast.officer


def test_a_page_that_was_open_too_long_starts_nothing(cast, version, subject):
    browser, address = Client(enforce_csrf_checks=True), reverse("assessments:start")
    browser.force_login(cast.officer)
    again = browser.post(address, sent(version, subject, "x" * 64))
    assert again.status_code == 403
    assert again.context["form"]["situation"].value() == "yearly"
    assert Form(again).value("reference_date") == "2026-11-21"
    assert not Assessment.objects.exists()
