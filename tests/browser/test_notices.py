"""Reading one's notices with a browser."""

import pytest

from compliance.notices.events import Event
from compliance.notices.models import Notice
from compliance.notices.sending import notify
from tests.browser.going import follow
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
    follow(page.get_by_role("link", name="通知"), key="Enter")
    follow(page.get_by_role("link", name="专项自评估已逾期：乙专项"), key="Enter")
    assert page.url.endswith("/assessments/")
    assert badge.inner_text().startswith("2")


def test_they_are_marked_without_leaving_the_list(open_browser, officer):
    page = open_browser(officer)
    page.goto("/en/notices/?show=unread")
    item = page.locator(".notices__item", has_text="甲专项")
    follow(item.get_by_role("button", name="Mark as read"))
    assert item.count() == 0
    assert page.locator(".notices__item").count() == 2
    follow(page.get_by_role("button", name="Mark all as read"))
    assert page.get_by_role("heading", name="Nothing unread").is_visible()
    assert page.locator(".site-nav .count").count() == 0
    assert not Notice.objects.unread().exists()
