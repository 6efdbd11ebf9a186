"""What one organisation has entered never stands on a page of another."""

import pytest
from django.urls import reverse

from compliance.organisations.models import Membership, Organisation, Role
from tests.cast import (
    Cast,
    make_association,
    make_company,
    make_deputyship,
    make_invitation,
    make_member,
    make_regulator,
    make_subject,
    make_user,
)

pytestmark = pytest.mark.django_db
CANARY = "金丝雀"

PAGES = ("overview", "people", "edit", "invite", "name_deputy", "subjects")


@pytest.fixture
def secretive():
    """A company in which every text holds the word."""
    company = make_company(
        name=f"{CANARY}有限公司",
        name_en=f"{CANARY} Ltd",
        address=f"{CANARY}路",
        contact_name=CANARY,
        contact_phone=CANARY,
    )
    officer = make_member(company, Role.COMPLIANCE_OFFICER, name=f"{CANARY}甲")
    second = make_member(company, Role.CONTRIBUTOR, name=f"{CANARY}乙")
    make_subject(company, name=f"{CANARY}系统", filing_number=CANARY)
    make_deputyship(officer, second)
    make_invitation(company, email="canary@example.com", invited_by=officer)
    return company


def outsiders():
    cast, association = Cast(), make_association()
    return {
        "an officer of another company": cast.officer,
        "a lead reviewer whose jurisdiction it is": make_member(
            make_regulator("110000"), Role.LEAD_REVIEWER
        ),
        "a panellist": make_member(association, Role.PANELLIST),
        "nobody": make_user(),
        "a site administrator": make_user(is_staff=True),
    }


def test_nobody_outside_reads_a_word(client, secretive):
    for who, person in outsiders().items():
        client.force_login(person)
        addresses = [
            reverse("organisations:list"),
            reverse("organisations:register"),
            reverse("assessments:list"),
            *(reverse(f"organisations:{page}", args=[secretive.pk]) for page in PAGES),
            *(reverse("leave", args=[secretive.pk, row.user_id]) for row in memberships(secretive)),
        ]
        for own in Organisation.objects.filter(memberships__user=person):
            addresses += [reverse(f"organisations:{page}", args=[own.pk]) for page in PAGES]
        for address in addresses:
            for prefix in ("", "/en"):
                text = client.get(prefix + address).content.decode()
                assert CANARY not in text, (who, address)
                assert "canary@" not in text, (who, address)


def test_someone_who_has_left_reads_no_more(client, secretive):
    former = make_member(secretive, Role.CONTRIBUTOR)
    client.force_login(former)
    address = reverse("organisations:overview", args=[secretive.pk])
    assert CANARY in client.get(address).content.decode()
    Membership.objects.filter(user=former).update(active=False)
    assert CANARY not in client.get(address).content.decode()
    assert CANARY not in client.get(reverse("organisations:list")).content.decode()


def memberships(organisation):
    return Membership.objects.filter(organisation=organisation)
