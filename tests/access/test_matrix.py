"""Every address, every method, every visitor, every status, against the table in matrix.py."""

import io
import re
import zipfile

import pytest
from django.urls import reverse

from compliance.accounts.models import User
from compliance.lifecycle import Status
from compliance.organisations.models import Membership
from tests.access.lives import BIRD, CAGED, TRADE
from tests.access.matrix import (
    INSIDE,
    MATRIX,
    METHODS,
    NEARBY,
    SIGN_IN,
    VISITORS,
    declared,
    entries,
)
from tests.access.world import ADDRESSES
from tests.cast import Cast, make_assessment, make_subject, make_submission

pytestmark = pytest.mark.django_db


def test_the_table_declares_every_address_and_no_other():
    assert set(MATRIX) == set(ADDRESSES)


def test_the_table_names_only_visitors_and_methods_that_exist():
    for name, methods in MATRIX.items():
        assert set(methods) <= set(METHODS), name
        for statuses in entries(methods):
            assert set(statuses) <= {*VISITORS, "else"}, name


def test_the_world_holds_every_visitor_and_every_status(world):
    assert set(world.visitors) == set(VISITORS)
    assert {status: life.assessment.status for status, life in world.lives.items()} == {
        status: status for status in Status
    }


def test_nobody_is_led_back_to_an_address_that_cannot_be_opened():
    """Where only a POST is known, the way back from the sign-in would end at a 405."""
    elsewhere = {"account_logout", "theme"}
    for name, methods in MATRIX.items():
        if "POST" in methods and "GET" not in methods and name not in elsewhere:
            for statuses in entries(methods):
                assert statuses["anonymous"] == 403, name


def received(response) -> int | str:
    """The status of an answer; SIGN_IN for the way to the page where one signs in."""
    if response.status_code == 302 and response.url.startswith(reverse("account_login")):
        return SIGN_IN
    return response.status_code


def text_of(response) -> str:
    """What can be read in an answer, in a spreadsheet too."""
    content = response.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist())
    return content.decode(errors="replace")


FOR_OTHER_METHODS = ("anonymous", "contributor", "compliance_officer", "foreign_officer", "nobody")
"""Who tries the methods that an address does not know."""
PANEL_READS = re.compile("^(reviews:(case|cases|opinion)|notices:.*)$")
"""Where a panel reads of a company: its cases, and the notices that one waits."""


def kept_from(visitor: str, name: str) -> str:
    """The word that this visitor must not read at this address, nor any that it begins; or none.

    What a company writes is its own. Whoever reviews it reads what was handed in; a panel reads of
    what is contested. Whoever holds an invitation reads who invites.
    """
    if visitor in INSIDE or name == "organisations:invitation":
        return ""
    if visitor == "administrator" and name.startswith("admin:"):
        return TRADE  # but the names of companies and subjects
    if (visitor in NEARBY and "review" in visitor) or visitor == "regulator_auditor":
        return CAGED
    if visitor == "panellist" and PANEL_READS.match(name):
        return TRADE
    return BIRD


def check(world, name: str, address: str, status: Status, methods, visitors) -> None:
    """Ask for it as each visitor, and compare with the table; nobody reads what is not theirs."""
    found, expected, read = {}, {}, []
    for visitor in visitors:
        for method in methods:
            if method not in MATRIX[name] and visitor not in FOR_OTHER_METHODS:
                continue
            response = world.visitors[visitor].ask(method, address)
            found[visitor, method] = received(response)
            expected[visitor, method] = declared(name, method, visitor, status)
            # Whoever must sign in first need not learn which methods there are.
            if expected[visitor, method] == 405 and found[visitor, method] == SIGN_IN:
                expected[visitor, method] = SIGN_IN
            word = kept_from(visitor, name)
            if word and word in text_of(response):
                read.append((visitor, method, word))
    assert found == expected, (name, status)
    assert not read, (name, status)


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_each_visitor_receives_what_the_table_says(name, world):
    """Whoever it is, by whatever method, in the first status that there is for the address."""
    address, status = next(world.addresses(name))
    check(world, name, address, status, METHODS, VISITORS)


DRAWN = re.compile("^reports:")
"""Documents, which take long to make: they are made in one status."""


@pytest.mark.parametrize(
    "name",
    sorted(name for name in MATRIX if "_id" in str(ADDRESSES[name]) and not DRAWN.match(name)),
)
def test_each_status_of_an_assessment_counts(name, world):
    """Those whom it concerns, by the methods that the address knows, in every other status."""
    _first, *others = world.addresses(name)
    for address, status in others:
        check(world, name, address, status, MATRIX[name], NEARBY)


@pytest.mark.parametrize("name", sorted(name for name in MATRIX if "GET" in MATRIX[name]))
def test_head_and_options_tell_no_more_than_get(name, world):
    address, status = next(world.addresses(name))
    if DRAWN.match(name):
        return
    for visitor in ("anonymous", "compliance_officer", "foreign_officer"):
        browser = world.visitors[visitor]
        expected = declared(name, "GET", visitor, status)
        assert received(browser.ask("HEAD", address)) in (expected, 405), visitor
        response = browser.ask("OPTIONS", address)
        assert received(response) in (200, expected, SIGN_IN, 405), visitor
        if response.status_code == 200:
            assert not response.content, visitor


def test_what_a_company_reads_of_its_own_holds_nothing_of_another(world):
    version = world.lives[Status.DRAFT].assessment.version
    draft = make_assessment(make_subject(world.other), version=version)
    submission = make_submission(make_assessment(make_subject(world.other), version=version))
    neutral = {"step", "domain", "criterion", "question", "language", "kind", "key", "version"}
    read = 0
    for assessment in (draft, submission.assessment):
        own = {name: world.parameters[name] for name in neutral} | {
            "organisation_id": world.other.pk,
            "subject_id": assessment.subject_id,
            "assessment_id": assessment.pk,
            "submission_id": submission.pk,
        }
        for name, needed in ADDRESSES.items():
            if not needed <= set(own) or name.startswith(("account", "mfa_")) or DRAWN.match(name):
                continue
            address = reverse(name, kwargs={key: own[key] for key in needed})
            for visitor in ("foreign_officer", "foreign_auditor"):
                response = world.visitors[visitor].ask("GET", address)
                assert BIRD not in text_of(response), (name, visitor)
                read += response.status_code == 200
    assert read > 100


def test_a_role_taken_away_in_mid_session_counts_at_once(client):
    cast = Cast()
    address = f"/assessments/{make_assessment(make_subject(cast.company)).pk}/"
    client.force_login(cast.colleague)
    assert client.get(address).status_code == 200
    Membership.objects.filter(user=cast.colleague).update(active=False)
    assert client.get(address).status_code == 404


def test_someone_who_may_no_longer_sign_in_is_out_at_once(client):
    cast = Cast()
    address = f"/assessments/{make_assessment(make_subject(cast.company)).pk}/"
    client.force_login(cast.colleague)
    User.objects.filter(pk=cast.colleague.pk).update(is_active=False)
    assert client.get(address).url.startswith(reverse("account_login"))


def test_another_companys_assessment_looks_like_one_that_does_not_exist(client):
    cast = Cast()
    assessment = make_assessment(make_subject(cast.company))
    client.force_login(cast.stranger)
    pages = []
    for address_id in (str(assessment.pk), "00000000-0000-4000-8000-000000000000"):
        response = client.get(f"/assessments/{address_id}/")
        assert response.status_code == 404
        text = response.content.decode().replace(address_id, "")
        pages.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text))
    assert pages[0] == pages[1]
