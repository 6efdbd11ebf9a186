"""Nobody guesses a password: attempts are counted, by all processes of the site together."""

import subprocess
import sys
import uuid
from pathlib import Path

import pytest
from django.core.cache import caches
from django.urls import reverse

from tests.accounts.conftest import five_minutes_later, sign_in, signed_in

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
REDIS = "redis://127.0.0.1:6379/9"


def test_after_five_wrong_passwords_the_right_one_has_to_wait(client, user, monkeypatch):
    for _ in range(5):
        sign_in(client, user, "wrong")
    errors = sign_in(client, user).context["form"].errors
    assert errors["__all__"] == ["登录失败次数过多，请五分钟后再试。"]
    assert not signed_in(client)
    five_minutes_later(monkeypatch)
    sign_in(client, user)
    assert signed_in(client)


def test_right_passwords_are_not_counted_as_wrong(client, user):
    for _ in range(8):
        sign_in(client, user)
        assert signed_in(client)
        client.post(reverse("account_logout"))


@pytest.mark.parametrize(("prefix", "words"), [("", "尝试次数过多"), ("/en", "Too many attempts")])
def test_whoever_keeps_trying_is_shown_a_page(client, prefix, words):
    for number in range(40):
        data = {"login": f"{number}@example.com", "password": "x"}
        response = client.post(f"{prefix}/accounts/sign-in/", data)
    assert response.status_code == 429
    assert words in response.content.decode()
    assert response.headers["Content-Security-Policy"]


def test_a_forged_address_of_the_network_does_not_help(client):
    for number in range(40):
        headers = {"X-Forwarded-For": f"10.0.0.{number}", "X-Real-IP": f"10.0.1.{number}"}
        response = client.post("/accounts/sign-in/", {}, headers=headers)
    assert response.status_code == 429


def test_behind_a_proxy_people_are_told_apart(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(40):
        # The proxy writes the last one; what comes before, the visitor may have made up.
        headers = {"X-Forwarded-For": f"192.0.2.{number}, 10.0.0.{number % 4}"}
        assert client.post("/accounts/sign-in/", {}, headers=headers).status_code == 422


@pytest.fixture(params=["files", pytest.param("redis", marks=pytest.mark.server)])
def shared_cache(request, settings, tmp_path):
    """The cache of an installation: files without REDIS_URL, else the server at that address."""
    if request.param == "redis":
        config = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS}
    else:
        config = {
            "BACKEND": "compliance.file_cache.SharedFileCache",
            "LOCATION": str(tmp_path),
        }
    settings.CACHES = {"default": config | {"KEY_PREFIX": uuid.uuid4().hex}}
    yield
    caches["default"].clear() if request.param == "files" else None


def test_the_count_is_kept_outside_the_process(client, user, shared_cache):
    for _ in range(5):
        sign_in(client, user, "wrong")
    caches.close_all()
    assert not signed_in(client)
    assert sign_in(client, user).context["form"].errors["__all__"]


@pytest.mark.parametrize(
    ("variables", "backend"),
    [({}, "SharedFileCache"), ({"REDIS_URL": REDIS}, "RedisCache")],
)
def test_which_cache_an_installation_has(tmp_path, variables, backend):
    code = "from compliance import settings as s; print(s.CACHES['default']['BACKEND'])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": "/usr/bin", "ZIPING_DATA_DIR": str(tmp_path)} | variables,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip().endswith(backend)


@pytest.mark.parametrize("value", ["sometimes", "regulator", "1"])
def test_a_senseless_demand_stops_the_start(tmp_path, value):
    done = subprocess.run(
        [sys.executable, "-c", "from compliance import settings"],
        cwd=ROOT,
        env={"PATH": "/usr/bin", "ZIPING_DATA_DIR": str(tmp_path), "REQUIRE_SECOND_FACTOR": value},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "REQUIRE_SECOND_FACTOR" in done.stderr


def test_passwords_are_asked_for_again_only_so_often(client, user):
    sign_in(client, user)
    answers = [
        client.post(reverse("account_reauthenticate"), {"password": "wrong"}).status_code
        for _ in range(12)
    ]
    assert answers[-1] == 429
