"""Reading one's notices with a browser."""

import pytest

from compliance.notices.events import Event
from compliance.notices.models import Notice
from compliance.notices.sending import notify
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def officer():
    cast = Cast()
    for about in ("甲专项", "乙专项", "丙专项"):
        notify(Event.CAMPAIGN_OVERDUE, [cast.officer], about=about, url="/assessments/")
    return cast.officer


def test_a_notice_leads_to_its_page_and_the_badge_counts_down(open_browser, officer):
    page = open_browser(officer)
    page.goto("/assessments/")
    badge = page.locator(".site-nav .count")
    assert badge.inner_text().startswith("3")
    page.get_by_role("link", name="通知").press("Enter")
    page.get_by_role("link", name="专项自评估已逾期：乙专项").press("Enter")
    page.wait_for_url("**/assessments/")
    assert badge.inner_text().startswith("2")


def test_they_are_marked_without_leaving_the_list(open_browser, officer):
    page = open_browser(officer)
    page.goto("/en/notices/?show=unread")
    item = page.locator(".notices__item", has_text="甲专项")
    item.get_by_role("button", name="Mark as read").click()
    item.wait_for(state="detached")
    assert page.locator(".notices__item").count() == 2
    page.get_by_role("button", name="Mark all as read").click()
    page.get_by_role("heading", name="Nothing unread").wait_for()
    assert page.locator(".site-nav .count").count() == 0
    assert not Notice.objects.unread().exists()
