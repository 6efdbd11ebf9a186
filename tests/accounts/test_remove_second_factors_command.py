"""Whoever runs the site lets someone in again who has lost everything but the password."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client

from compliance.audit.actions import Action
from compliance.audit.models import Event
from tests.accounts.conftest import sign_in, signed_in
from tests.cast import make_user

pytestmark = pytest.mark.django_db


def test_it_removes_them_all_signs_out_and_is_recorded(client, user, app):
    sign_in(client, user)
    client.post("/accounts/sign-in/second-step/", {"code": app.code})
    assert client.get("/library/").status_code == 200
    call_command("remove_second_factors", "Li.Lei@example.com")
    assert not Authenticator.objects.exists()
    assert client.get("/library/").status_code == 302
    event = Event.objects.filter(chain_id=user.pk).last()
    assert (event.action, event.actor) == (Action.SECOND_FACTOR_REMOVED, None)
    browser = Client()
    sign_in(browser, user)
    assert signed_in(browser)


def test_nobody_else_is_touched(app):
    make_user("han.meimei@example.com")
    with pytest.raises(CommandError, match="no second factor"):
        call_command("remove_second_factors", "han.meimei@example.com")
    with pytest.raises(CommandError, match="Nobody signs in"):
        call_command("remove_second_factors", "no@example.com")
    assert Authenticator.objects.count() == 2
