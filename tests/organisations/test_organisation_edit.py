"""An officer corrects and completes what is known of the company."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from compliance.audit.actions import Action
from compliance.audit.models import Event
from compliance.organisations.models import Membership, Organisation, Role
from tests.cast import (
    credit_code,
    make_association,
    make_company,
    make_deputyship,
    make_member,
    make_regulator,
    make_user,
)

pytestmark = pytest.mark.django_db


def edit(client, company, **fields):
    data = {
        "name": company.name,
        "credit_code": company.credit_code,
        "region": "310101",
        "industry": "I",
    }
    return client.post(reverse("organisations:edit", args=[company.pk]), data | fields)


def test_it_works(client, cast):
    client.force_login(cast.officer)
    response = edit(client, cast.company, name_en="Example", contact_phone="010-1234")
    assert response.url == reverse("organisations:overview", args=[cast.company.pk])
    cast.company.refresh_from_db()
    assert (cast.company.name_en, cast.company.region) == ("Example", "310101")
    event = Event.objects.get()
    assert (event.action, event.actor, event.chain_id) == (
        Action.ORGANISATION_CHANGED,
        cast.officer.pk,
        cast.company.pk,
    )
    assert event.value.old == {
        "contact_phone": "",
        "industry": "",
        "name_en": "",
        "region": "110105",
    }
    assert event.value.new["region"] == "310101"


def test_what_is_missing_is_said_until_it_is_there(client, cast):
    bare = make_company(credit_code="", region="")
    everything = ["credit_code", "region", "industry", "address", "contact_name", "contact_phone"]
    assert bare.missing_for_submission() == everything
    bare.full_clean()  # and yet nothing is wrong with it
    client.force_login(make_member(bare, Role.COMPLIANCE_OFFICER))
    overview = reverse("organisations:overview", args=[bare.pk])
    assert "报送之前，请补充" in client.get(overview).content.decode()
    edit(
        client,
        bare,
        credit_code=credit_code(77),
        address="某路1号",
        contact_name="李四",
        contact_phone="1",
    )
    bare.refresh_from_db()
    assert bare.missing_for_submission() == []
    assert "报送之前，请补充" not in client.get(overview).content.decode()
    assert make_regulator().place is None


def test_a_credit_code_once_stored_stays(client, cast):
    code = cast.company.credit_code
    client.force_login(cast.officer)
    edit(client, cast.company, credit_code=credit_code(88), name="改名有限公司")
    cast.company.refresh_from_db()
    assert (cast.company.credit_code, cast.company.name) == (code, "改名有限公司")


def test_a_row_is_checked_wherever_it_comes_from(cast):
    written = cast.company.credit_code.lower()
    twin = Organisation(name="孪生有限公司", credit_code=written, region="110105")
    with pytest.raises(ValidationError) as refused:
        twin.full_clean()
    assert refused.value.messages == ["该统一社会信用代码已经注册。"]
    for field, value in [("region", "110103"), ("credit_code", "123"), ("industry", "Z")]:
        with pytest.raises(ValidationError) as refused:
            Organisation(name="甲", **{field: value}).full_clean()
        assert set(refused.value.message_dict) == {field}


def test_another_companys_code_is_refused(client, cast):
    bare = make_company(credit_code="")
    client.force_login(make_member(bare, Role.COMPLIANCE_OFFICER))
    response = edit(client, bare, credit_code=cast.company.credit_code)
    assert "credit_code" in response.context["form"].errors
    assert cast.company.name not in response.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("region", ""), ("region", "上海市"), ("industry", "z"), ("name_en", "x" * 201)],
)
def test_bad_input_is_named_and_not_stored(client, cast, field, value):
    client.force_login(cast.officer)
    assert field in edit(client, cast.company, **{field: value}).context["form"].errors
    assert Organisation.objects.get(pk=cast.company.pk).region == "110105"
    assert not Event.objects.exists()


def test_the_overview_shows_who_and_what_there_is(client, cast):
    make_deputyship(cast.signatory, cast.colleague)
    client.force_login(cast.auditor)
    page = client.get(reverse("organisations:overview", args=[cast.company.pk])).content.decode()
    assert "4人" in page
    assert cast.signatory.name in page
    assert "修改信息" not in page
    client.force_login(cast.officer)
    english = client.get(f"/en/organisations/{cast.company.pk}/").content.decode()
    assert "Beijing" in english
    assert '<span lang="zh-Hans">朝阳区</span>' in english


def test_the_list_groups_several_organisations(client, cast):
    association = make_association()
    Membership.objects.create(user=cast.officer, organisation=association, role=Role.PANELLIST)
    Membership.objects.create(user=cast.officer, organisation=cast.company, role=Role.SIGNATORY)
    former = Membership.objects.create(
        user=cast.officer, organisation=cast.other_company, role=Role.AUDITOR
    )
    Membership.objects.filter(pk=former.pk).update(active=False, left_at=timezone.now())
    client.force_login(cast.officer)
    page = client.get(reverse("organisations:list")).content.decode()
    main = page[page.index("<main") :]
    assert main.count(str(cast.company)) == 1
    assert association.name in main
    assert cast.other_company.name not in main


def test_someone_without_organisation_is_led_to_register(client):
    client.force_login(make_user())
    page = client.get(reverse("organisations:list")).content.decode()
    assert reverse("organisations:register") in page
    assert "平台管理员" not in page


def test_who_works_for_a_regulator_alone_is_not_led_to_register_a_company(client, cast):
    for person, led in (
        (make_member(make_regulator(), Role.REVIEWER), False),
        (cast.officer, True),
    ):
        client.force_login(person)
        page = client.get(reverse("organisations:list")).content.decode()
        assert (reverse("organisations:register") in page) is led
