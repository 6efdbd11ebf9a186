"""A second factor: set up, asked for, removed, and demanded of some."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from compliance.organisations.models import Membership, Role
from tests.accounts.conftest import code_of, sign_in, signed_in
from tests.cast import PASSWORD, Cast, make_member, make_regulator, make_user

pytestmark = pytest.mark.django_db
APP = "/accounts/second-factor/app/"
CODES = "/accounts/second-factor/codes/"
STEP = "/accounts/sign-in/second-step/"


def test_setting_up_an_app(confirmed, user, letters):
    key = confirmed.get(APP).context["form"].secret
    assert confirmed.post(APP, {"code": code_of(key)}).url == CODES
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert key not in stored  # whoever has the database alone has no second factor
    assert letters[0].subject == "【自评】已设置动态码应用"
    codes = confirmed.get(CODES).context["unused_codes"]
    assert len(codes) == 10
    assert codes[0] in confirmed.get(f"{CODES}download/").content.decode()


@pytest.mark.parametrize("code", ["", "000000", "1" * 500, "\x00" * 6, "一二三四五六"])
def test_a_wrong_code_sets_up_nothing(confirmed, code):
    assert confirmed.post(APP, {"code": code}).context["form"].errors["code"]
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("address", [APP, "/accounts/second-factor/passkeys/add/", f"{CODES}new/"])
def test_an_open_browser_alone_sets_up_nothing(client, user, address):
    sign_in(client, user)
    assert client.get(address).url.startswith(reverse("account_reauthenticate"))


def test_after_the_password_the_code_is_asked_for(client, user, app):
    assert sign_in(client, user, next="/library/").url == STEP
    assert not signed_in(client)
    assert client.get("/assessments/").status_code == 302
    assert client.post(STEP, {"code": "000000"}).context["form"].errors["code"]
    assert client.post(STEP, {"code": app.code}).url == "/library/"
    assert signed_in(client)


def test_a_code_works_once(client, user, app):
    code = app.code
    for browser, works in ((client, True), (Client(), False)):
        sign_in(browser, user)
        browser.post(STEP, {"code": code})
        assert signed_in(browser) is works


def test_a_recovery_code_works_once(client, user, app):
    code = app.recovery_codes[0]
    for browser, works in ((client, True), (Client(), False)):
        sign_in(browser, user)
        browser.post(STEP, {"code": code})
        assert signed_in(browser) is works


@pytest.mark.parametrize("code", ["", "x" * 5000, "\x00", "１２３４５６", "-1"])
def test_the_second_step_bears_anything(client, user, app, code):
    sign_in(client, user)
    assert client.post(STEP, {"code": code}).context["form"].errors["code"]
    assert not signed_in(client)


def test_codes_cannot_be_guessed(client, user, app):
    sign_in(client, user)
    for _ in range(5):
        client.post(STEP, {"code": "000000"})
    client.post(STEP, {"code": app.code})
    assert not signed_in(client)


def test_removing_the_app_takes_the_recovery_codes_along(confirmed, user, letters):
    key = confirmed.get(APP).context["form"].secret
    confirmed.post(APP, {"code": code_of(key)})
    assert confirmed.post(f"{APP}remove/").url == "/accounts/second-factor/"
    assert not Authenticator.objects.exists()


def test_a_passkey_of_another_does_not_exist(confirmed):
    stranger = make_member(make_regulator(), Role.REVIEWER)
    data = {"name": "钥匙", "credential": {"id": "AAAA"}}
    Authenticator.objects.create(user=stranger, type="webauthn", data=data)
    assert confirmed.post("/accounts/second-factor/passkeys/AAAA/remove/").status_code == 404
    assert Authenticator.objects.exists()


def test_without_the_key_that_kept_it_no_code_fits(client, user, app, settings):
    code = app.code
    settings.SECRET_KEY = "another" * 10
    sign_in(client, user)
    assert client.post(STEP, {"code": code}).context["form"].errors["code"]


class TestDemanded:
    """Someone who works for a regulator sets one up before anything else."""

    @pytest.fixture(autouse=True)
    def of_regulators(self, settings):
        settings.REQUIRE_SECOND_FACTOR = "regulators"

    @pytest.fixture
    def reviewer(self):
        return make_member(make_regulator(), Role.REVIEWER, password=PASSWORD)

    @pytest.mark.parametrize("address", ["/assessments/", "/en/library/", "/accounts/", "/"])
    def test_every_page_leads_there(self, client, reviewer, address):
        sign_in(client, reviewer)
        prefix = "/en" if address.startswith("/en") else ""
        expected = f"{prefix}/accounts/second-factor/?next={address}"
        assert client.get(address).url == expected
        assert client.post(address).url == expected
        page = client.get(expected)
        assert page.status_code == 200
        assert page.context["demanded"]

    def test_the_way_there_is_open_and_ends_where_they_wanted_to_be(self, client, reviewer):
        sign_in(client, reviewer)
        client.get("/library/?x=1&y=2")
        assert client.get(APP).url.startswith(reverse("account_reauthenticate"))
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        key = client.get(APP).context["form"].secret
        client.post(APP, {"code": code_of(key)})
        assert 'href="/library/?x=1&amp;y=2"' in client.get(CODES).content.decode()
        assert client.get("/library/").status_code == 200
        assert "/library/?" not in client.get(CODES).content.decode()

    def test_signing_out_is_open(self, client, reviewer):
        sign_in(client, reviewer)
        client.post("/accounts/sign-out/")
        assert not signed_in(client)

    def test_people_of_companies_go_on_without(self, client):
        client.force_login(Cast().officer)
        assert client.get("/assessments/").status_code == 200

    def test_whoever_has_left_the_regulator_goes_on_without(self, client, reviewer):
        Membership.objects.filter(user=reviewer).update(active=False)
        client.force_login(reviewer)
        assert client.get("/library/").status_code == 200

    def test_it_counts_from_the_moment_of_joining(self, client):
        officer = Cast().officer
        client.force_login(officer)
        Membership.objects.create(user=officer, organisation=make_regulator(), role=Role.REVIEWER)
        assert client.get("/assessments/").status_code == 302

    def test_administrators_need_one_too(self, client):
        client.force_login(make_user(is_staff=True, is_superuser=True))
        assert client.get("/admin/").url == "/accounts/second-factor/?next=/admin/"

    def test_everyone(self, client, settings):
        settings.REQUIRE_SECOND_FACTOR = "everyone"
        client.force_login(Cast().officer)
        assert client.get("/assessments/").url.startswith("/accounts/second-factor/")

    def test_nobody(self, client, reviewer, settings):
        settings.REQUIRE_SECOND_FACTOR = "none"
        client.force_login(reviewer)
        assert client.get("/library/").status_code == 200
