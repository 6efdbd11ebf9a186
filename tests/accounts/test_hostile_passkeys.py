"""Whatever is sent in place of a passkey is refused: nothing stored, nobody signed in."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.accounts.conftest import sign_in, signed_in

pytestmark = pytest.mark.django_db
ADD = "/accounts/second-factor/passkeys/add/"
SIGN_IN = "/accounts/sign-in/passkey/"
STEP = "/accounts/sign-in/second-step/"

ATTESTATION = "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVg"
SHAPE = {
    "type": "public-key",
    "id": "AAAA",
    "rawId": "AAAA",
    "response": {
        "clientDataJSON": "e30",
        "attestationObject": ATTESTATION,
        "authenticatorData": "AAAA",
        "signature": "AAAA",
        "userHandle": "AAAA",
    },
    "clientExtensionResults": {},
}


def without(name):
    return {key: value for key, value in SHAPE.items() if key != name}


def answering(**response):
    return SHAPE | {"response": SHAPE["response"] | response}


CREDENTIALS = [
    "",
    "null",
    "[]",
    "{}",
    "1",
    '"AAAA"',
    "{",
    "\x00",
    "[" * 15_000,
    "[" * 50_000,
    '{"id": 1}',
    "NaN",
    *(
        json.dumps(credential)
        for credential in [
            SHAPE,
            without("id"),
            without("rawId"),
            without("response"),
            without("type"),
            SHAPE | {"rawId": "BBBB"},
            SHAPE | {"id": "\x00"},
            SHAPE | {"id": None},
            SHAPE | {"response": []},
            SHAPE | {"response": "x"},
            SHAPE | {"type": 7},
            SHAPE | {"clientExtensionResults": "x"},
            SHAPE | {"authenticatorAttachment": 5},
            answering(clientDataJSON="!!!"),
            answering(clientDataJSON=7),
            answering(clientDataJSON="W10"),
            answering(clientDataJSON="eyJ0eXBlIjoxfQ"),
            answering(
                clientDataJSON="eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiQUEiLCJvcmlnaW4iOiJ4In0"
            ),
            answering(attestationObject="oA"),
            answering(attestationObject="////"),
            answering(attestationObject=None),
            answering(authenticatorData="A" * 200),
            answering(userHandle="!!!"),
            answering(userHandle=None),
            answering(userHandle="/////w"),
            answering(userHandle=["x"]),
            answering(signature=None),
        ]
    ),
]


@pytest.mark.parametrize("credential", CREDENTIALS)
def test_none_is_added(confirmed, credential):
    confirmed.get(ADD)
    response = confirmed.post(ADD, {"name": "x", "passwordless": "on", "credential": credential})
    assert response.status_code == 422
    assert response.context["form"].errors
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("credential", CREDENTIALS)
def test_none_signs_in(client, user, credential):
    client.get(SIGN_IN)
    assert client.post(SIGN_IN, {"credential": credential}).url == "/accounts/sign-in/"
    assert not signed_in(client)


@pytest.mark.parametrize("credential", CREDENTIALS)
def test_none_is_a_second_step(client, user, app, credential):
    sign_in(client, user)
    client.get(STEP)
    assert client.post(STEP, {"credential": credential}).status_code == 422
    assert not signed_in(client)


texts = st.text(max_size=30) | st.just("AAAA")
values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)


@given(
    st.fixed_dictionaries({name: values | st.just(SHAPE[name]) for name in SHAPE}),
    st.fixed_dictionaries(dict.fromkeys(SHAPE["response"], values)),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_shape_whatever_signs_in_or_breaks_the_page(client, credential, response):
    if isinstance(credential["response"], dict):
        credential["response"] = response
    cache.clear()  # the attempts are not what this is about
    client.get(SIGN_IN)
    answer = client.post(SIGN_IN, {"credential": json.dumps(credential)})
    assert answer.url == "/accounts/sign-in/"
    assert not signed_in(client)
