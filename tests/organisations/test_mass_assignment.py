"""Whatever else is sent along with a form: only what the form asks for is stored."""

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from compliance.accounts.models import User
from compliance.organisations.inviting import PAUSE
from compliance.organisations.models import Invitation, Membership, Role, Subject
from tests.cast import (
    Cast,
    credit_code,
    make_deputyship,
    make_invitation,
    make_member,
    make_regulator,
    make_subject,
    make_user,
)

pytestmark = pytest.mark.django_db

MODELS = [*apps.get_app_config("organisations").get_models(), User]


class World:
    """A company and a regulator with something of everything."""

    def __init__(self):
        self.cast = cast = Cast()
        self.regulator = make_regulator()
        self.lead = make_member(self.regulator, Role.LEAD_REVIEWER)
        self.administrator = make_user(is_staff=True)
        self.newcomer = make_user()
        self.subject = make_subject(cast.company)
        self.invitation = make_invitation(cast.company, email="new@example.com")
        Invitation.objects.update(sent_at=timezone.now() - PAUSE)
        self.deputyship = make_deputyship(cast.signatory, cast.auditor)
        make_subject(cast.other_company)

    def hostile(self):
        """Every field of every model, with values that would do harm."""
        harmful = {
            "organisation": self.cast.other_company.pk,
            "user": self.newcomer.pk,
            "absent": self.cast.officer.pk,
            "deputy": self.newcomer.pk,
            "kind": "regulator",
            "role": "compliance_officer",
            "roles": "compliance_officer",
            "region": "000000",
            "email": "evil@example.com",
            "language": "en",
            "is_staff": "on",
            "is_superuser": "on",
            "is_active": "on",
            "active": "on",
            "first_day": "2000-01-01",
            "last_day": "2999-01-01",
            "credit_code": credit_code(66_666),
            "industry": "T",
            "company_role": "user",
            "password": "a password that is known",
        }
        posted = {}
        for model in MODELS:
            for field in model._meta.get_fields():
                for name in {field.name, getattr(field, "attname", field.name)}:
                    posted[name] = harmful.get(name.removesuffix("_id"), "2000-01-01")
        return posted


def snapshot():
    """Every stored value of every model."""
    return {
        (model.__name__, str(row["id"]), name): value
        for model in MODELS
        for row in model.objects.values()
        for name, value in row.items()
    }


# For each form: who sends it where, what it properly says, and which fields it may change.
SUBJECT = {"name": "甲", "kind": "system", "company_role": "technical_supporter"}
SUBJECT_FIELDS = "name kind company_role version address launched_on filing_number"
DETAILS = "name name_en region industry address contact_name contact_phone"
FORMS = {
    "edit": (
        lambda w: w.cast.officer,
        lambda w: reverse("organisations:edit", args=[w.cast.company.pk]),
        {"name": "甲", "region": "310101", "industry": "I", "launched_on": ""},
        {f"Organisation.{name}" for name in DETAILS.split()},
    ),
    "edit a regulator": (
        lambda w: w.lead,
        lambda w: reverse("organisations:edit", args=[w.regulator.pk]),
        {"name": "甲", "region": "310101"},
        {f"Organisation.{name}" for name in [*DETAILS.split(), "credit_code"]}
        - {"Organisation.industry"},
    ),
    "subject": (
        lambda w: w.cast.officer,
        lambda w: reverse("organisations:subject_edit", args=[w.subject.pk]),
        SUBJECT,
        {f"Subject.{name}" for name in SUBJECT_FIELDS.split()},
    ),
    "archive": (
        lambda w: w.cast.officer,
        lambda w: reverse("organisations:subject_archive", args=[w.subject.pk]),
        {},
        {"Subject.archived_at"},
    ),
    "roles": (
        lambda w: w.cast.officer,
        lambda w: reverse("organisations:roles", args=[w.cast.company.pk, w.cast.colleague.pk]),
        {"roles": ["contributor", "auditor"]},
        {"new Membership"},
    ),
    "leave": (
        lambda w: w.cast.officer,
        lambda w: reverse("leave", args=[w.cast.company.pk, w.cast.colleague.pk]),
        {},
        {"Membership.active", "Membership.left_at"},
    ),
    "invite": (
        lambda w: w.cast.officer,
        lambda w: reverse("organisations:invite", args=[w.cast.company.pk]),
        {"email": "b@example.com", "roles": ["contributor"]},
        {"new Invitation"},
    ),
    "again": (
        lambda w: w.cast.officer,
        lambda w: reverse("organisations:invite_again", args=[w.cast.company.pk, w.invitation.pk]),
        {},
        {f"Invitation.{name}" for name in ("token_digest", "sent_at", "expires_at")},
    ),
    "revoke": (
        lambda w: w.cast.officer,
        lambda w: reverse("organisations:revoke", args=[w.cast.company.pk, w.invitation.pk]),
        {},
        {"Invitation.revoked_at"},
    ),
    "accept": (
        lambda w: None,
        lambda w: reverse("organisations:invitation", args=[w.invitation.token]),
        {"name": "新人"},
        {"Invitation.accepted_at", "Invitation.accepted_by_id", "new User", "new Membership"},
    ),
    "deputy": (
        lambda w: w.cast.auditor,
        lambda w: reverse("organisations:name_deputy", args=[w.cast.company.pk]),
        {
            "deputy": "colleague",
            "first_day": str(timezone.localdate()),
            "last_day": str(timezone.localdate()),
        },
        {"new Deputyship"},
    ),
    "end": (
        lambda w: w.cast.auditor,
        lambda w: reverse("organisations:end_deputy", args=[w.cast.company.pk, w.deputyship.pk]),
        {},
        {"Deputyship.last_day"},
    ),
    "register": (
        lambda w: w.newcomer,
        lambda w: reverse("organisations:register"),
        {"name": "甲", "region": "310101"},
        {"new Organisation", "new Membership"},
    ),
    "add": (
        lambda w: w.administrator,
        lambda w: reverse("organisations:add"),
        {"name": "甲", "region": "310101", "jurisdiction": "310101"},
        {"new Organisation", "new Jurisdiction", "new Invitation"},
    ),
    "subject_add": (
        lambda w: w.cast.officer,
        lambda w: reverse("organisations:subject_add"),
        SUBJECT,
        {"new Subject"},
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_changes_what_it_asks_for_and_nothing_else(name):
    world = World()
    who, where, says, allowed = FORMS[name]
    data = world.hostile() | says
    if data.get("deputy") == "colleague":
        data["deputy"] = world.cast.colleague.pk
    before, client = snapshot(), Client()
    if person := who(world):
        client.force_login(person)
        before = snapshot()
    assert client.post(where(world), data).status_code == 302
    after = snapshot()
    assert not set(before) - set(after)
    changed = {
        f"{model}.{field}" if (model, pk, "id") in before else f"new {model}"
        for (model, pk, field), value in after.items()
        if before.get((model, pk, field), ...) != value
    } - {"User.last_login"}
    assert changed == allowed


def test_what_is_new_belongs_where_it_should():
    world = World()
    for name in ("invite", "deputy", "subject_add", "register", "accept"):
        who, where, says, _allowed = FORMS[name]
        client, data = Client(), world.hostile() | says
        if data.get("deputy") == "colleague":
            data["deputy"] = world.cast.colleague.pk
        if person := who(world):
            client.force_login(person)
        client.post(where(world), data)
    company = world.cast.company
    assert Invitation.objects.get(email="b@example.com").organisation == company
    assert world.cast.auditor.absences.get().organisation == company
    assert Subject.objects.get(name="甲").organisation == company
    assert Subject.objects.get(name="甲").archived_at is None
    own = Membership.objects.get(user=world.newcomer)
    assert (own.organisation.kind, own.role) == ("company", Role.COMPLIANCE_OFFICER)
    new = User.objects.get(email="new@example.com")
    assert (new.is_staff, new.is_superuser) == (False, False)
    assert [row.role for row in new.memberships.all()] == [Role.CONTRIBUTOR]
    assert not User.objects.filter(email="evil@example.com").exists()
