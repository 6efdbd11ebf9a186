"""The pages on which answers travel: to a newer version, and from one questionnaire to another."""

import json

import pytest

from compliance.assessments.models import Assessment
from questionnaires.publishing import canonical
from tests.assessments.test_leads import LEADS
from tests.browser.going import follow
from tests.browser.looking import findings
from tests.browser.test_accessibility import DESK, IN_EITHER_LANGUAGE, PHONE
from tests.cast import (
    Cast,
    make_answer,
    make_assessment,
    make_claim,
    make_subject,
    make_version,
    publish_next,
)
from tests.page import section_address
from tests.samples import next_sample, sample_questionnaire

pytestmark = pytest.mark.django_db(transaction=True)

ANSWERS = {"minors": "yes", "users": 1200, "functions": ["live"], "assessed": "late", "maturity": 2}


@pytest.fixture
def cast():
    return Cast()


@pytest.fixture
def subject(cast):
    return make_subject(cast.company, name="数字人主播“小评”")


@pytest.fixture
def old(cast, subject):
    """Answered in a version that has been replaced, of a questionnaire that leads to others."""
    raw = json.loads(canonical(sample_questionnaire())) | {"leads_to": LEADS}
    version = make_version(document=json.dumps(raw))
    make_version(key="streams", title_zh="直播问卷", title_en="Live streaming")
    make_version(key="children", title_zh="未成年人问卷", title_en="Minors")
    old = make_assessment(subject, version=version, created_by=cast.officer)
    for question, value in ANSWERS.items():
        make_answer(old, question, value, comment="见存档" if question == "assessed" else "")
    make_claim(old, "consent", "不处理真人数据")
    publish_next(version)
    return old


@pytest.fixture
def other(cast, subject, old):
    """By another questionnaire that shares questions, one of them answered differently here."""
    version = make_version(document=canonical(next_sample()).decode())
    other = make_assessment(subject, version=version, created_by=cast.officer)
    make_answer(other, "label-places", ["start"])
    make_answer(old, "label-places", ["throughout"])
    make_answer(old, "mode", "no")
    return other


def own(assessment, rest="", prefix=""):
    return f"{prefix}/assessments/{assessment.pk}/{rest}"


def test_an_officer_carries_over_and_finds_the_earlier_answer(open_browser, cast, old):
    page = open_browser(cast.officer)
    page.goto(own(old))
    follow(page.get_by_role("link", name="升级到版本 2"))
    follow(page.get_by_role("button", name="升级到版本 2"))
    new = Assessment.objects.get(supersedes=old)
    assert page.url.endswith(own(new))
    page.goto(section_address(new, "risks"))
    question = page.locator("[data-question=assessed]")
    assert question.get_by_text("上一版的作答").is_visible()
    assert question.get_by_text("见存档").is_visible()
    assert question.locator("input[type=radio]:checked").count() == 0
    page.goto(own(old))
    follow(page.get_by_role("link", name="继续查看新的自评估"))
    assert page.url.endswith(own(new))


def test_a_box_ticks_its_section(open_browser, cast, old, other):
    page = open_browser(cast.officer)
    page.goto(own(other, "reuse/"))
    section = page.locator("section", has=page.get_by_role("heading", name="评估范围"))
    whole, boxes = section.locator("input[name=section]"), section.locator("input[name=take]")
    assert boxes.count() == 1
    whole.check()
    assert boxes.first.is_checked()
    boxes.first.uncheck()
    assert not whole.is_checked()
    boxes.first.focus()
    page.keyboard.press("Space")
    assert whole.is_checked()
    follow(page.get_by_role("button", name="沿用勾选的作答"), key="Enter")
    page.wait_for_url(f"**{own(other)}")
    assert {row.question: row.value for row in other.answers.all()} == {
        "minors": "yes",
        "label-places": ["start"],
    }


@pytest.mark.parametrize("prefix", IN_EITHER_LANGUAGE)
def test_axe_finds_nothing_and_a_small_phone_shows_it(open_browser, cast, old, other, prefix):
    page = open_browser(cast.officer)
    places = [
        own(old, "", prefix),
        own(old, "upgrade/", prefix),
        own(old, "result/", prefix),
        own(other, "reuse/", prefix),
        own(other, "", prefix),
    ]
    found = {address: _faults(page, address) for address in places}
    page.goto(own(old, "upgrade/", prefix))
    follow(page.locator("main form button"))
    new = Assessment.objects.get(supersedes=old)
    places = [own(old, "", prefix), own(old, "check/", prefix), own(old, "result/", prefix)]
    places += [section_address(old, "risks", prefix), section_address(new, "risks", prefix)]
    found |= {address: _faults(page, address) for address in [*places, own(new, "", prefix)]}
    assert not any(found.values()), {key: texts for key, texts in found.items() if texts}


def _faults(page, address):
    page.set_viewport_size(DESK)
    page.goto(address)
    page.evaluate("document.querySelectorAll('main details').forEach((d) => { d.open = true; })")
    faults = [found] if (found := findings(page)) else []
    page.set_viewport_size(PHONE)
    if page.evaluate("document.documentElement.scrollWidth") != PHONE["width"]:
        faults.append("wider than a phone")
    return faults
