"""Reading one's notices in the site."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from compliance.notices.events import Event
from compliance.notices.models import Notice
from compliance.notices.sending import notify
from tests.page import Form

pytestmark = pytest.mark.django_db
ABROAD = "https://example.com/"


def tell(user, about="年度专项", **fields):
    fields.setdefault("url", "/assessments/")
    (notice,) = notify(Event.CAMPAIGN_OVERDUE, [user], about=about, **fields)
    return notice


def read(notice):
    notice.refresh_from_db()
    return notice.read_at is not None


def listed(client, address="/notices/"):
    return list(client.get(address).context["notices"])


def test_the_unread_come_first_then_the_newest(officer, cast):
    notices = [tell(cast.officer, f"专项{number}") for number in range(4)]
    Notice.objects.filter(pk__in=[notices[3].pk, notices[0].pk]).mark_read()
    assert listed(officer) == [notices[2], notices[1], notices[3], notices[0]]
    assert listed(officer, "/notices/?show=unread") == [notices[2], notices[1]]


def test_nobody_sees_those_of_others(officer, cast):
    tell(cast.colleague, "别人的专项")
    tell(cast.stranger, "别家的专项")
    page = officer.get("/notices/").content.decode()
    assert "别人的专项" not in page
    assert "别家的专项" not in page
    assert "暂无通知" in page


def test_the_page_speaks_the_language_of_its_address(officer, cast):
    tell(cast.officer, organisation=cast.company)
    assert "专项自评估已逾期：年度专项" in officer.get("/notices/").content.decode()
    assert "Campaign overdue: 年度专项" in officer.get("/en/notices/").content.decode()


def test_many_stand_on_several_pages_and_cost_as_many_queries(
    officer, cast, django_assert_num_queries
):
    tell(cast.officer, organisation=cast.company)
    with django_assert_num_queries(6):  # session, user, count, notices; memberships, badge
        officer.get("/notices/")
    for number in range(40):
        tell(cast.officer, f"专项{number}", organisation=cast.company)
    with django_assert_num_queries(6):
        assert len(listed(officer)) == 30
    assert len(listed(officer, "/notices/?page=2&show=unread")) == 11
    assert officer.get("/notices/?page=9").status_code == 404


def test_the_badge_counts_what_is_unread(officer, cast):
    assert 'class="count"' not in officer.get("/assessments/").content.decode()
    tell(cast.officer)
    tell(cast.colleague)
    Notice.objects.filter(pk=tell(cast.officer, "读过的").pk).mark_read()
    assert '<span class="count">1<' in officer.get("/assessments/").content.decode()


def test_opening_leads_to_the_page_and_marks_as_read(officer, cast):
    notice = tell(cast.officer, url="/assessments/?page=1#last")
    response = officer.get(f"/en/notices/{notice.pk}/open/")
    assert response.url == "/en/assessments/?page=1#last"
    assert read(notice)
    first = notice.read_at
    officer.get(f"/notices/{notice.pk}/open/")
    assert read(notice)
    assert notice.read_at == first


def test_looking_at_the_headers_marks_nothing(officer, cast):
    notice = tell(cast.officer)
    assert officer.head(f"/notices/{notice.pk}/open/").status_code == 302
    assert not read(notice)


def test_someone_who_is_signed_out_signs_in_first(client, cast):
    address = f"/notices/{tell(cast.officer).pk}/open/"
    assert client.get(address).url == f"/accounts/sign-in/?next={address}"


@pytest.mark.parametrize("action", ["open", "read"])
def test_anothers_notice_does_not_exist(officer, cast, action):
    notice = tell(cast.colleague)
    send = officer.get if action == "open" else officer.post
    assert send(f"/notices/{notice.pk}/{action}/").status_code == 404
    assert send(f"/notices/{uuid.uuid4()}/{action}/").status_code == 404
    assert not read(notice)


def test_one_can_be_marked_by_its_button(officer, cast):
    notice, other = tell(cast.officer), tell(cast.officer, "另一个")
    response = officer.post(f"/notices/{notice.pk}/read/", {"next": "/notices/?show=unread"})
    assert response.url == "/notices/?show=unread"
    assert read(notice)
    assert not read(other)
    assert officer.post(f"/notices/{other.pk}/read/", {"next": ABROAD}).url == "/notices/"


def test_all_that_the_page_showed_can_be_marked_and_nothing_that_came_since(officer, cast):
    seen, foreign = tell(cast.officer), tell(cast.colleague)
    until = officer.get("/notices/").context["seen_at"]
    later = tell(cast.officer, "刚到的")
    assert officer.post("/notices/read/", {"until": until}).url == "/notices/"
    assert [read(notice) for notice in (seen, later, foreign)] == [True, False, False]


def test_the_form_of_the_page_names_its_moment(officer, cast):
    tell(cast.officer)
    form = Form(officer.get("/notices/"))
    assert dt.datetime.fromisoformat(form.fields["until"][0]) <= timezone.now()


@pytest.mark.parametrize("until", ["", "gestern", "2026-11-21T00:00:00", "9" * 5000, "\0"])
def test_a_senseless_moment_marks_nothing(officer, cast, until):
    notice = tell(cast.officer)
    assert officer.post("/notices/read/", {"until": until}).status_code == 400
    assert not read(notice)
