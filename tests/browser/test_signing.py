"""From a finished self-assessment to its receipt, through three people's browsers."""

import re

import pytest
from playwright.sync_api import Page, expect

from compliance.assessments.models import Submission
from tests.browser.going import follow
from tests.browser.looking import findings_as_shown
from tests.submissions.world import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world():
    return World()


def look(page: Page, name: str) -> None:
    """Nothing that axe finds, and nothing that sticks out on a phone."""
    assert not findings_as_shown(page), name
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360, name
    page.set_viewport_size({"width": 1280, "height": 900})


def test_it_works(open_browser, world):
    address = f"/assessments/{world.assessment.pk}/signing/"
    officer = open_browser(world.officer)
    officer.goto(address)
    look(officer, "ask")
    follow(officer.get_by_role("button", name="提请签署"))
    expect(officer.get_by_text("已提请签署。")).to_be_visible()
    look(officer, "asked")

    signatory = open_browser(world.signatory)
    signatory.goto(address)
    look(signatory, "approve")
    signatory.get_by_label("身份").select_option("legal")
    signatory.get_by_label("本人已阅读承诺和摘要").check()
    follow(signatory.get_by_role("button", name="批准报送"))
    expect(signatory.get_by_text("您已批准")).to_be_visible()

    officer.reload()
    look(officer, "submit")
    follow(officer.get_by_role("button", name="报送", exact=True))
    expect(officer.get_by_role("heading", name="报送回执", exact=True)).to_be_visible()
    look(officer, "receipt")
    submission = Submission.objects.get()
    expect(officer.locator(".receipt__number")).to_contain_text(submission.number)

    visitor = open_browser()
    visitor.goto("/verify/")
    look(visitor, "verify")
    visitor.get_by_label("报送编号").fill(submission.number.lower())
    visitor.get_by_label("SHA-256").fill(submission.sha256)
    follow(visitor.get_by_role("button", name="核验").first)
    expect(visitor.get_by_text("真实，且为现行报送件")).to_be_visible()
    look(visitor, "verified")
    expect(visitor.locator("body")).not_to_contain_text(re.escape(world.company.name))

    follow(officer.get_by_role("link", name="撤回", exact=True))
    look(officer, "withdraw")
    officer.get_by_label("理由", exact=True).fill("对象有误")
    follow(officer.get_by_role("button", name="撤回", exact=True))
    expect(officer.get_by_text("报送已撤回。")).to_be_visible()
    look(officer, "withdrawn")
