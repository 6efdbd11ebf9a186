"""From the queue to a remediation action, through four people's browsers; each page looked at."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from compliance.organisations.models import Role
from compliance.oversight.campaigns import begin_campaign
from compliance.remediation.models import RemediationAction
from compliance.reviews.disputing import give_opinion
from compliance.reviews.models import Decision, Dispute, Finding, Review
from tests.browser.going import follow
from tests.browser.looking import findings_as_shown
from tests.cast import make_association, make_member
from tests.reviews.conftest import Desk

pytestmark = pytest.mark.django_db(transaction=True)

SEEN = (
    ("", {"width": 1280, "height": 900}, "light"),
    ("/en", {"width": 360, "height": 740}, "dark"),
)
"""As whom the pages are looked at: in Chinese at a desk, in English on a phone at night."""


@pytest.fixture
def desk():
    desk = Desk()
    desk.officer = desk.submission.submitted_by
    desk.panellist = make_member(make_association(name="示例协会"), Role.PANELLIST)
    return desk


def look(page: Page, *addresses: str) -> None:
    """Nothing that axe finds, and nothing that is wider than the screen."""
    for prefix, size, scheme in SEEN:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for address in addresses:
            page.goto(prefix + address)
            assert not findings_as_shown(page), prefix + address
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= size["width"], prefix + address


def test_it_works(open_browser, desk):
    take_up_and_check(open_browser(desk.reviewer), desk)
    confirm_and_demand(open_browser(desk.lead), desk)
    reply_contest_and_plan(open_browser(desk.officer), desk)
    see_the_case(open_browser(desk.panellist), open_browser(desk.lead))
    see_what_is_demanded(open_browser(desk.reviewer), desk)


def test_words_that_were_refused_are_not_left_behind(open_browser, desk):
    desk.begin()
    page = open_browser(desk.reviewer)
    page.goto(at("criterion", desk, "consent"))
    page.keyboard.press("2")
    page.get_by_label("理由").fill("抽查两次，报告均无签批。")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_be_visible()  # no achievement was entered
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.keyboard.press("j")
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    arrive(page, desk, "consent")
    expect(page.get_by_label("理由")).to_have_value("抽查两次，报告均无签批。")


def take_up_and_check(page: Page, desk: Desk) -> None:
    """Take the submission up; check its criteria without touching the mouse."""
    look(page, reverse("reviews:queue"), at("review", desk))
    page.goto(reverse("reviews:queue"))
    follow(page.get_by_role("link", name=str(desk.assessment.subject)))
    follow(page.get_by_role("button", name="受理核查"))
    follow(page.get_by_role("link", name="核查下一项"))
    arrive(page, desk, "fraud")

    page.keyboard.press("2")
    expect(page.get_by_label("调整达成度")).to_be_checked()
    page.get_by_label("调整后的达成度").fill("50")
    page.get_by_label("理由").fill("抽查两次，报告均无签批。1 j u")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    arrive(page, desk, "consent")

    page.keyboard.press("1")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    arrive(page, desk, "labels")
    with page.expect_navigation():
        page.keyboard.press("u")
    arrive(page, desk, "review-maturity")
    with page.expect_navigation():
        page.keyboard.press("k")
    arrive(page, desk, "labels")
    look(page, at("criterion", desk, "fraud"), at("criterion", desk, "labels"))
    kinds = dict(Finding.objects.values_list("criterion", "kind"))
    assert kinds == {"fraud": "adjust", "consent": "agree"}


def confirm_and_demand(page: Page, desk: Desk) -> None:
    """Give the second look, and end the review."""
    look(page, at("second_look", desk), at("decide", desk), at("assign", desk))
    page.goto(at("review", desk))
    follow(page.get_by_role("link", name="待复核"))
    follow(page.get_by_role("button", name="确认"))
    page.goto(at("decide", desk))
    page.get_by_label("要求整改").check()
    page.get_by_label("致企业的意见").fill("请补齐签批。")
    page.get_by_label("答复期限").fill("10")
    follow(page.get_by_role("button", name="作出决定"))
    expect(page.get_by_text("要求整改").first).to_be_visible()
    assert Review.objects.get().decision == Decision.DEMAND


def reply_contest_and_plan(page: Page, desk: Desk) -> None:
    """Reply to the finding, contest it all the same, and plan what is done about it."""
    assessment = desk.assessment
    plan = reverse("remediation:plan", args=[assessment.pk])
    add = reverse("remediation:add", args=[assessment.pk, "fraud"])
    look(page, at("outcome", desk), at("reply", desk, "fraud"), at("contest", desk, "fraud"), add)
    page.goto(at("outcome", desk))
    follow(page.get_by_role("link", name="答复", exact=True))
    page.get_by_label("答复").fill("签批页已补传。")
    follow(page.get_by_role("button", name="发送答复"))
    expect(page.get_by_text("签批页已补传。")).to_be_visible()

    follow(page.get_by_role("link", name="提出异议"))
    page.get_by_label("行业协会").select_option(label="示例协会")
    page.get_by_label("异议理由").fill("签批在另一份文件中。")
    follow(page.get_by_role("button", name="提出异议"))
    expect(page.get_by_text("签批在另一份文件中。")).to_be_visible()

    page.goto(plan)
    follow(page.locator("#gap-fraud").get_by_role("link", name="制定整改措施"))
    page.get_by_label("整改措施").fill("补办签批")
    page.get_by_label("责任部门").fill("法务部")
    page.get_by_label("责任人").select_option(label=str(desk.officer))
    page.get_by_label("手段").select_option("law")
    page.get_by_label("整改期限").fill((timezone.localdate() + dt.timedelta(days=9)).isoformat())
    follow(page.get_by_role("button", name="保存"))
    expect(page.get_by_role("heading", name="补办签批")).to_be_visible()
    look(page, plan, reverse("remediation:list"), page_of_the_action())


def see_the_case(panellist: Page, lead: Page) -> None:
    """Look at the dispute from both sides of the table."""
    dispute = Dispute.objects.get()
    case = reverse("reviews:case", args=[dispute.pk])
    look(panellist, case, reverse("reviews:opinion", args=[dispute.pk]))
    panel = dispute.association.memberships.get().user
    give_opinion(dispute, "partly", "签批确有，日期不符。", panel)
    look(lead, case, reverse("reviews:decide_dispute", args=[dispute.pk]))


def see_what_is_demanded(page: Page, desk: Desk) -> None:
    """Look at the demand and its action, as those who re-inspect it do."""
    look(page, reverse("remediation:demand", args=[desk.submission.pk]), page_of_the_action())


def test_campaigns_and_registers(open_browser, desk):
    told = {
        "title": "年度专项自评估",
        "notice": "请按期报送。",
        "questionnaire": desk.submission.questionnaire,
        "amount": 20,
        "unit": "working_days",
    }
    campaign = begin_campaign(desk.regulator, told, [desk.company], desk.lead)
    look(
        open_browser(desk.lead),
        reverse("oversight:campaigns"),
        reverse("oversight:begin"),
        reverse("oversight:campaign", args=[campaign.pk]),
        reverse("oversight:registers"),
    )
    look(open_browser(desk.officer), reverse("oversight:invitation", args=[campaign.pk]))


def at(name: str, desk: Desk, *more: str) -> str:
    return reverse(f"reviews:{name}", args=[desk.submission.pk, *more])


def arrive(page: Page, desk: Desk, criterion: str) -> None:
    """Wait until the page of a criterion is there and listens to the keyboard."""
    expect(page).to_have_url(re.compile(at("criterion", desk, criterion)))
    expect(page.get_by_text("快捷键")).to_be_visible()


def page_of_the_action() -> str:
    return reverse("remediation:action", args=[RemediationAction.objects.get().pk])
