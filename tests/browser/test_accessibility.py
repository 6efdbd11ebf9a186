"""Every page in either language and scheme: axe-core finds nothing, and a small phone shows it."""

import pytest
from django.test import Client
from django.urls import reverse

from compliance.assessments.models import Assessment, ConflictingAnswer, NotApplicableClaim
from compliance.notices.events import Event
from compliance.notices.sending import notify
from tests.access.world import ADDRESSES
from tests.assessments.test_result import ANSWERS, SCOPE
from tests.browser.going import follow
from tests.browser.looking import findings
from tests.cast import Cast, make_answer, make_assessment, make_member, make_subject
from tests.page import section_address

pytestmark = pytest.mark.django_db(transaction=True)

DESK = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
IN_EITHER_LANGUAGE = [
    pytest.param("", id="zh"),
    pytest.param("/en", id="en", marks=pytest.mark.drill),
]
"""For rounds of many pages: a minute in each language, the second one among the drills."""


@pytest.fixture
def world():
    """One in which everything goes wrong that can."""
    world = Cast()
    officer, colleague = world.officer, world.colleague
    world.draft = draft = make_assessment(make_subject(world.company), created_by=officer)
    make_answer(draft, "functions", ["live"])
    make_answer(draft, "users", None, typed="很多", comment="备注")
    make_answer(draft, "reviewers", 0)
    make_answer(draft, "assessed", "late")
    entry = {"assessment": draft, "by": colleague, "at": draft.created_at}
    ConflictingAnswer.objects.create(question="assessed", value="closed", **entry)
    NotApplicableClaim.objects.create(criterion="consent", claimed=True, **entry)
    notify(Event.DISPUTE_OPENED, [officer], about="数字人", company="某公司", number="1", url="/")
    return world


@pytest.fixture
def addresses(world):
    """Every page that the officer can open, and those that depend on what was done before."""
    officer = world.officer
    draft = world.draft
    client = Client()
    client.force_login(officer)
    found = []
    parameters = {
        "assessment_id": draft.pk,
        "subject_id": draft.subject_id,
        "organisation_id": world.company.pk,
        "step": "scope",
        "domain": "risk",
        "criterion": "fraud",
        "question": "assessed",
        "key": draft.version.key,
        "version": draft.version.version,
        "kind": "assessment",
    }
    for name, needed in ADDRESSES.items():
        if needed <= set(parameters) and not name.startswith("admin:"):
            address = reverse(name, kwargs={key: parameters[key] for key in needed})
            response = client.get(address)
            if response.status_code == 200 and "text/html" in response["Content-Type"]:
                found.append(address)
            response.close()
    ready = make_assessment(draft.subject, created_by=officer, version=draft.version)
    finished = make_assessment(draft.subject, created_by=officer, version=draft.version)
    for assessment in (ready, finished):
        for question, value in {**SCOPE, **ANSWERS, "reviewers": 0, "assessed": "none"}.items():
            make_answer(assessment, question, value)
    empty = make_assessment(make_subject(draft.subject.organisation), created_by=officer)
    Assessment.objects.filter(pk=finished.pk).update(status=Assessment.Status.FINISHED)
    return [
        *found,
        *(section_address(draft, section) for section in ("risks", "contents")),
        section_address(finished, "risks"),
        f"/assessments/{ready.pk}/finish/",
        f"/assessments/{finished.pk}/reopen/",
        f"/assessments/{finished.pk}/",
        f"/assessments/{finished.pk}/check/",
        f"/assessments/{finished.pk}/result/",
        f"/assessments/{finished.pk}/result/?close=fraud",
        f"/assessments/{finished.pk}/result/?close=nothing",
        f"/assessments/{finished.pk}/result/explain/",
        f"/assessments/{finished.pk}/result/explain/fraud/",
        f"/assessments/{empty.pk}/result/",
        "/nowhere/",
    ]


@pytest.mark.parametrize("prefix", IN_EITHER_LANGUAGE)
def test_axe_finds_nothing_and_nothing_is_wider_than_a_small_phone(
    open_browser, world, addresses, prefix
):
    assert len(addresses) > 20
    page = open_browser(world.officer)
    found, widths = {}, {}
    for address in addresses:
        page.set_viewport_size(DESK)
        page.goto(prefix + address)
        found[address] = findings(page)
        page.set_viewport_size(PHONE)
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        widths[address] = page.evaluate("document.documentElement.scrollWidth")
    assert not any(found.values()), "\n".join(
        f"{name}\n{text}" for name, text in found.items() if text
    )
    assert {name: width for name, width in widths.items() if width != PHONE["width"]} == {}


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
def test_axe_finds_nothing_on_pages_for_those_who_are_not_signed_in(open_browser, world, prefix):
    page = open_browser()
    for address in ("/", "/accounts/sign-in/"):
        page.goto(prefix + address)
        assert not findings(page), address
    follow(page.locator("main .button--primary"))  # with nothing filled in
    assert not findings(page)


def test_a_form_with_errors_and_a_page_to_sign_in_again(open_browser, world):
    officer = world.officer
    page = open_browser(officer)
    for address in ("/assessments/start/", "/subjects/add/", "/accounts/password/"):
        page.goto(address)
        follow(page.locator("main .button--primary"))
        assert page.locator(".error-summary").is_visible()
        assert not findings(page), address
    page.goto(section_address(world.draft, "scope"))
    page.context.clear_cookies()
    follow(page.locator(".wizard-foot .button--primary"))
    assert page.locator("[name=again-password]").is_visible()
    assert not findings(page)


def test_someone_in_a_company_without_anything_yet(open_browser, world):
    newcomer = make_member(world.other_company, "compliance_officer")
    page = open_browser(newcomer)
    for address in ("/assessments/", "/assessments/start/"):
        page.goto(address)
        assert not findings(page), address
