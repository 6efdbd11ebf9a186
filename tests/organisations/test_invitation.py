"""Someone is invited by e-mail, and joins."""

import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from compliance.accounts.models import User
from compliance.audit.actions import Action
from compliance.audit.models import Event
from compliance.organisations import inviting
from compliance.organisations.inviting import PAUSE, NotOpen, accept
from compliance.organisations.models import Invitation, Membership, Role
from compliance.organisations.people import roles_of
from tests.cast import Cast, make_invitation, make_member, make_regulator, make_user

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough secret"


@pytest.fixture
def send(client, cast, mailoutbox, django_capture_on_commit_callbacks):
    """Invite as the officer; return the page that follows and the link in the e-mail, if any."""

    def send(**fields):
        client.force_login(cast.officer)
        data = {"email": "new@example.com", "roles": ["contributor"], "language": "zh-hans"}
        address = reverse("organisations:invite", args=[cast.company.pk])
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(address, data | fields)
        return response, link_in(mailoutbox[-1]) if mailoutbox else None

    return send


def link_in(mail):
    return re.search(r"http://127\.0\.0\.1:8000(/\S+)", mail.body)[1]


def test_someone_new_joins_with_the_link(send, cast, mailoutbox):
    response, link = send(roles=["contributor", "signatory"])
    assert response.url == reverse("organisations:people", args=[cast.company.pk])
    assert mailoutbox[0].to == ["new@example.com"]
    assert str(cast.company) in mailoutbox[0].subject
    assert cast.officer.name in mailoutbox[0].body
    assert "填报人" in mailoutbox[0].body
    invitation = Invitation.objects.get()
    assert invitation.expires_at - timezone.now() > dt.timedelta(days=6, hours=23)
    assert link.split("/")[-2] not in str(Invitation.objects.values_list().get())

    new = Client()
    page = new.get(link).content.decode()
    assert str(cast.company) in page
    assert "new@example.com" in page
    response = new.post(link, {"name": "新人", "password": PASSWORD})
    assert response.url == reverse("organisations:overview", args=[cast.company.pk])
    person = User.objects.get(email="new@example.com")
    assert (person.name, person.check_password(PASSWORD)) == ("新人", True)
    assert person.emailaddress_set.get().verified
    assert roles_of(cast.company, person) == {Role.CONTRIBUTOR, Role.SIGNATORY}
    assert new.get(response.url).status_code == 200  # signed in
    invitation.refresh_from_db()
    assert (invitation.state, invitation.accepted_by) == ("accepted", person)
    assert list(Event.objects.filter(chain=cast.company.pk).values_list("action", "actor")) == [
        (Action.PERSON_INVITED, cast.officer.pk),
        (Action.INVITATION_ACCEPTED, person.pk),
        (Action.ROLE_GIVEN, person.pk),
        (Action.ROLE_GIVEN, person.pk),
    ]


def test_the_e_mail_is_in_the_language_that_was_chosen(send, mailoutbox):
    _response, link = send(language="en")
    assert link.startswith("/en/invitations/")
    assert mailoutbox[0].subject.startswith("[Ziping] Invitation to ")
    assert "Open this link to join" in mailoutbox[0].body
    assert not re.search(
        r"[一-鿿]", mailoutbox[0].body.replace("示例科技有限公司", "").replace("张三", "")
    )


def test_someone_who_is_here_elsewhere_confirms(send, cast):
    person = make_user("new@example.com")
    _response, link = send()
    other = Client()
    assert other.post(link).url.startswith("/accounts/")  # has an account: signs in first
    other.force_login(person)
    assert other.get(link).status_code == 200
    assert not roles_of(cast.company, person)  # looking is not joining
    assert other.post(link).status_code == 302
    assert roles_of(cast.company, person) == {Role.CONTRIBUTOR}


def test_someone_signed_in_with_another_address_is_told(send, cast):
    _response, link = send()
    other = Client()
    other.force_login(cast.stranger)
    for response in (other.get(link), other.post(link, {"name": "x", "password": PASSWORD})):
        assert response.status_code == 403
        page = response.content.decode()
        assert "new@example.com" in page
        assert cast.stranger.email in page
    assert Invitation.objects.get().state == "open"
    assert not User.objects.filter(email="new@example.com").exists()


def test_it_works_once(send, cast):
    _response, link = send()
    Client().post(link, {"name": "新人", "password": PASSWORD})
    Membership.objects.filter(user__email="new@example.com").update(active=False)
    for visitor in (Client(), Client()):
        for response in (
            visitor.get(link),
            visitor.post(link, {"name": "x", "password": PASSWORD}),
        ):
            assert response.status_code == 410
    assert User.objects.filter(email="new@example.com").count() == 1
    assert not Membership.objects.active().filter(user__email="new@example.com").exists()


def test_it_expires(send, settings, cast):
    settings.INVITATION_DAYS = 2
    _response, link = send()
    invitation = Invitation.objects.get()
    assert invitation.expires_at < timezone.now() + dt.timedelta(days=2)
    Invitation.objects.update(expires_at=timezone.now())
    assert "已过期" in Client().get(link).content.decode()
    assert Client().post(link, {"name": "x", "password": PASSWORD}).status_code == 410
    assert not User.objects.filter(email="new@example.com").exists()


def test_sending_again_renews_it_and_voids_the_first_link(
    send, client, cast, mailoutbox, django_capture_on_commit_callbacks
):
    _response, first = send()
    Invitation.objects.update(expires_at=timezone.now(), sent_at=timezone.now() - PAUSE)
    invitation = Invitation.objects.get()
    address = reverse("organisations:invite_again", args=[cast.company.pk, invitation.pk])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address)
    second = link_in(mailoutbox[1])
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    assert Event.objects.filter(action=Action.INVITATION_RENEWED).count() == 1


def test_nobody_is_flooded_with_e_mail(
    send, client, cast, mailoutbox, monkeypatch, django_capture_on_commit_callbacks
):
    send()
    here = [cast.company.pk, Invitation.objects.get().pk]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("organisations:invite_again", args=here))
    assert len(mailoutbox) == 1
    monkeypatch.setattr(inviting, "MOST_A_DAY", 2)
    send(email="second@example.com")
    refused, _link = send(email="third@example.com")
    assert refused.context["form"].non_field_errors()
    assert len(mailoutbox) == 2
    Invitation.objects.update(sent_at=timezone.now() - dt.timedelta(days=1))
    send(email="third@example.com")
    assert len(mailoutbox) == 3


def test_revoking(send, client, cast):
    _response, link = send()
    here = [cast.company.pk, Invitation.objects.get().pk]
    assert client.post(reverse("organisations:revoke", args=here)).status_code == 302
    assert "已被撤销" in Client().get(link).content.decode()
    for page in ("revoke", "invite_again"):
        assert client.post(reverse(f"organisations:{page}", args=here)).status_code == 404
    assert Event.objects.filter(action=Action.INVITATION_REVOKED).count() == 1
    page = client.get(reverse("organisations:people", args=[cast.company.pk])).content.decode()
    assert "new@example.com" not in page
    send()  # and may be invited anew


def test_another_companys_invitation_cannot_be_touched(client, cast):
    foreign = make_invitation(cast.other_company)
    client.force_login(cast.officer)
    for page in ("revoke", "invite_again"):
        for company in (cast.company, cast.other_company):
            address = reverse(f"organisations:{page}", args=[company.pk, foreign.pk])
            assert client.post(address).status_code == 404
    foreign.refresh_from_db()
    assert foreign.state == "open"


def test_accepting_gives_the_roles_besides_those_one_has(cast):
    invitation = make_invitation(cast.company, email=cast.colleague.email, roles=["signatory"])
    accept(invitation, cast.colleague)
    assert roles_of(cast.company, cast.colleague) == {Role.CONTRIBUTOR, Role.SIGNATORY}
    with pytest.raises(NotOpen):
        accept(invitation, cast.colleague)


def test_coming_back_revives_the_same_membership(cast):
    row = Membership.objects.get(user=cast.colleague)
    Membership.objects.filter(pk=row.pk).update(
        active=False, left_at=timezone.now(), since=timezone.now() - dt.timedelta(days=9)
    )
    accept(make_invitation(cast.company, email=cast.colleague.email), cast.colleague)
    row.refresh_from_db()
    assert (row.active, row.left_at) == (True, None)
    assert timezone.now() - row.since < dt.timedelta(minutes=1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", ""),
        ("email", "nobody"),
        ("email", "x" * 250 + "@example.com"),
        ("email", "a@example.com\nbcc: b@example.com"),
        ("email", "a\x00b@example.com"),
        ("roles", []),
        ("roles", ["reviewer"]),
        ("roles", ["contributor", "panellist"]),
        ("roles", ["owner"]),
        ("language", "fr"),
    ],
)
def test_bad_input_is_named_and_nobody_invited(send, field, value, mailoutbox):
    response, _link = send(**{field: value})
    assert field in response.context["form"].errors
    assert not Invitation.objects.exists()
    assert not mailoutbox


def test_nobody_is_invited_twice(send, cast):
    send()
    assert "email" in send(email="NEW@example.com")[0].context["form"].errors
    assert "email" in send(email=cast.colleague.email.upper())[0].context["form"].errors
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 101),
        ("name", "a\x00b"),
        ("password", ""),
        ("password", "short"),
        ("password", "123456789012345"),
        ("password", "new@example.com"),
        ("password", "x" * 257),
    ],
)
def test_someone_new_with_bad_input_is_told(cast, field, value):
    invitation = make_invitation(cast.company, email="new@example.com")
    data = {"name": "新人", "password": PASSWORD} | {field: value}
    response = Client().post(address_of(invitation), data)
    assert field in response.context["form"].errors
    assert not User.objects.filter(email="new@example.com").exists()


@pytest.mark.parametrize("token", ["x", "0" * 43, "a" * 2000])
def test_a_link_that_was_never_sent_leads_nowhere(client, token):
    assert client.get(f"/invitations/{token}/").status_code == 404


def test_the_password_of_someone_new_is_not_shown_again(cast):
    invitation = make_invitation(cast.company, email="new@example.com")
    response = Client().post(address_of(invitation), {"name": "", "password": PASSWORD})
    assert PASSWORD not in response.content.decode()


def test_a_lead_reviewer_invites_to_the_roles_of_a_regulator(client):
    regulator = make_regulator()
    client.force_login(make_member(regulator, Role.LEAD_REVIEWER))
    page = client.get(reverse("organisations:invite", args=[regulator.pk])).content.decode()
    assert 'value="reviewer"' in page
    assert 'value="contributor"' not in page


def address_of(invitation):
    return reverse("organisations:invitation", args=[invitation.token])


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_joins():
    invitation = make_invitation(Cast().company, email="new@example.com")
    address = address_of(invitation)

    def post(_number):
        try:
            return Client().post(address, {"name": "新人", "password": PASSWORD}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        statuses = sorted(pool.map(post, range(2)))
    assert statuses[0] == 302
    assert statuses[1] in {302, 410}  # the other is led to the sign-in, or told
    assert User.objects.filter(email="new@example.com").count() == 1
    assert Event.objects.filter(action=Action.INVITATION_ACCEPTED).count() == 1
