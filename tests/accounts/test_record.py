"""What happens to an account joins the record of the person, in the same transaction."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from compliance.accounts.adapter import AccountEvent
from compliance.audit.actions import Action
from compliance.audit.models import Event
from compliance.sign_in import SiteAdapter
from tests.accounts.conftest import code_of, sign_in
from tests.accounts.test_password_forgotten import way_in
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "battery staple 9"


def recorded(user):
    """What the person's chain says, in its order, with who did it."""
    events = Event.objects.filter(chain_id=user.pk).order_by("sequence")
    return [(Action(event.action), event.actor == user.pk) for event in events]


def test_every_event_is_an_action_of_the_record():
    assert {event.value for event in AccountEvent} <= set(Action.values)


def test_signing_in_and_out(client, user):
    sign_in(client, user, "wrong")
    sign_in(client, user)
    client.post(reverse("account_logout"))
    assert recorded(user) == [
        (Action.SIGN_IN_REFUSED, False),
        (Action.SIGNED_IN, True),
        (Action.SIGNED_OUT, True),
    ]


def test_nothing_is_recorded_of_whoever_has_no_account(client, user):
    before = Event.objects.count()
    client.post(reverse("account_login"), {"login": "no@example.com", "password": PASSWORD})
    assert Event.objects.count() == before


def test_a_refused_second_step(client, user, app):
    sign_in(client, user)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert recorded(user) == [(Action.SIGN_IN_REFUSED, False)]
    client.post(reverse("mfa_authenticate"), {"code": app.code})
    assert recorded(user)[1:] == [(Action.SIGNED_IN, True)]


def test_guessing_does_not_flood_the_record(client, user):
    for _ in range(20):
        sign_in(client, user, "wrong")
    assert recorded(user) == [(Action.SIGN_IN_REFUSED, False)] * 5


def test_passwords(client, user, letters):
    sign_in(client, user)
    data = {"oldpassword": PASSWORD, "password1": NEW}
    client.post(reverse("account_change_password"), data)
    stranger = Client()
    stranger.post(reverse("account_reset_password"), {"email": user.email})
    stranger.post(way_in(stranger, letters), {"password1": NEW + "0"})
    assert recorded(user)[1:] == [(Action.PASSWORD_CHANGED, True), (Action.PASSWORD_RESET, False)]
    assert NEW not in str(list(Event.objects.values())) + str(letters[0].body)


def test_second_factors(confirmed, user):
    key = confirmed.get(reverse("mfa_activate_totp")).context["form"].secret
    confirmed.post(reverse("mfa_activate_totp"), {"code": code_of(key)})
    confirmed.post(reverse("mfa_generate_recovery_codes"))
    confirmed.post(reverse("mfa_deactivate_totp"))
    assert recorded(user)[1:] == [
        (Action.SECOND_FACTOR_ADDED, True),
        (Action.RECOVERY_CODES_MADE, True),
        (Action.SECOND_FACTOR_REMOVED, True),
    ]


def test_sessions(client, user):
    sign_in(Client(), user)
    sign_in(client, user)
    client.post(reverse("usersessions_list"))
    assert recorded(user)[2:] == [(Action.SESSIONS_ENDED, True)]
    client.post(reverse("usersessions_list"))  # there is none left
    assert len(recorded(user)) == 3


def test_an_address(confirmed, user, letters):
    confirmed.post(reverse("account_email"), {"email": "new@example.com", "action_add": ""})
    confirmed.post(letters[0].body.partition("http://127.0.0.1:8000")[2].split()[0])
    event = Event.objects.filter(chain_id=user.pk).last()
    assert event.action == Action.ADDRESS_CONFIRMED
    assert (event.value.old, event.value.new) == ("li.lei@example.com", "new@example.com")


def test_what_cannot_be_recorded_does_not_happen(confirmed, user, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError

    sign_in(Client(), user)
    monkeypatch.setattr(SiteAdapter, "happened", broken)
    confirmed.raise_request_exception = False
    confirmed.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW})
    confirmed.post(reverse("usersessions_list"))
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert UserSession.objects.count() == 2
