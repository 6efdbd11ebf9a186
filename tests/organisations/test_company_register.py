"""Someone registers their company."""

import pytest
from django.urls import reverse

from compliance.audit.actions import Action
from compliance.audit.models import Event
from compliance.organisations.models import Membership, Organisation, Role
from tests.cast import credit_code, make_company, make_member, make_user

pytestmark = pytest.mark.django_db


def register(client, prefix="", **fields):
    data = {
        "name": "北京新生科技有限公司",
        "credit_code": credit_code(900_001),
        "region": "北京市朝阳区",
        "industry": "I",
    }
    return client.post(f"{prefix}/organisations/register/", data | fields)


def test_it_works(client):
    person = make_user()
    client.force_login(person)
    response = register(client, name_en="Newborn", address="某路1号", contact_name="李四")
    company = Organisation.objects.get()
    assert response.url == reverse("organisations:overview", args=[company.pk])
    assert (company.kind, company.region, company.industry) == ("company", "110105", "I")
    assert (company.name_en, company.address, company.contact_name) == (
        "Newborn",
        "某路1号",
        "李四",
    )
    held = Membership.objects.get()
    assert (held.user, held.role, held.active) == (person, Role.COMPLIANCE_OFFICER, True)
    assert list(Event.objects.values_list("action", "actor", "chain")) == [
        (Action.COMPANY_REGISTERED, person.pk, company.pk),
        (Action.ROLE_GIVEN, person.pk, company.pk),
    ]
    page = client.get(response.url).content.decode()
    assert "北京市朝阳区" in page
    assert "I 信息传输、软件和信息技术服务业" in page


def test_the_page_says_that_whoever_registers_acts_for_the_company(client):
    client.force_login(make_user())
    page = client.get("/organisations/register/").content.decode()
    assert "请仅代表本企业登记" in page


@pytest.mark.parametrize(
    "written", ["{0} ", " {0}", "{1} {2}", "{1}-{2}", "{0:lower}", "９{3}", "\u3000{0}"]
)
def test_a_code_is_kept_as_it_ought_to_be_written(client, written):
    code = credit_code(7)
    client.force_login(make_user())
    typed = written.replace("{0:lower}", code.lower())
    register(client, credit_code=typed.format(code, code[:8], code[8:], code[1:]))
    assert Organisation.objects.get().credit_code == code


def test_a_company_that_is_here_already_is_not_registered_twice(client):
    company = make_company(name="先到有限公司")
    officer = make_member(company, Role.COMPLIANCE_OFFICER, name="王五", email="five@example.com")
    client.force_login(make_user())
    for code in (company.credit_code, company.credit_code.lower()):
        response = register(client, credit_code=code)
        page = response.content.decode()
        assert "请联系贵单位的合规负责人向您发出邀请" in page
        for secret in (officer.name, officer.email, company.name):
            assert secret not in page
    assert Organisation.objects.count() == 1


def test_whoever_is_a_moment_later_reads_the_same(client, monkeypatch):
    code = credit_code(8)
    from compliance.organisations.forms.organisations import OrganisationForm

    monkeypatch.setattr(OrganisationForm, "clean_credit_code", lambda form: code)
    monkeypatch.setattr(OrganisationForm, "_post_clean", as_if_nobody_were_here)
    make_company(credit_code=code)
    client.force_login(make_user())
    response = register(client, credit_code=code)
    assert response.status_code == 422
    assert "credit_code" in response.context["form"].errors
    assert Organisation.objects.count() == 1


def as_if_nobody_were_here(form):
    for name, value in form.cleaned_data.items():
        setattr(form.instance, name, value)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 201),
        ("name", "a\x00b"),
        ("name_en", "x" * 201),
        ("credit_code", ""),
        ("credit_code", "91110105MA0000001X"),
        ("credit_code", "9" * 17),
        ("credit_code", "9" * 19),
        ("credit_code", "x" * 100_000),
        ("credit_code", "9111010\x00MA0000017"),
        ("credit_code", "١" * 18),
        ("region", ""),
        ("region", "110000"),
        ("region", "110100"),
        ("region", "000000"),
        ("region", "110103"),
        ("region", "朝阳区"),
        ("region", "火星"),
        ("region", "x" * 10_000),
        ("region", "1101\x0005"),
        ("region", "%(choices)s"),
        ("industry", ""),
        ("industry", "Z"),
        ("industry", "II"),
        ("address", "x" * 301),
        ("contact_name", "x" * 101),
        ("contact_phone", "x" * 51),
    ],
)
def test_bad_input_is_named_and_not_stored(client, field, value):
    client.force_login(make_user())
    response = register(client, **{field: value})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert not Organisation.objects.exists()
    assert not Event.objects.exists()


def test_what_to_enter_instead_is_said(client):
    client.force_login(make_user())
    several = register(client, region="朝阳区").context["form"].errors["region"][0]
    assert "110105 北京市朝阳区、220104 吉林省长春市朝阳区" in several
    wide = register(client, region="110000").context["form"].errors["region"][0]
    assert "110101 北京市东城区" in wide
    assert wide.endswith("…。")
    english = register(client, "/en", region="火星").content.decode()
    assert "There is no region with this code or name." in english


def test_the_form_keeps_what_was_entered(client):
    client.force_login(make_user())
    page = register(client, name="", region="朝阳区", address="某路1号").content.decode()
    assert 'value="朝阳区"' in page
    assert 'value="某路1号"' in page
    assert '<option value="I" selected>' in page
