"""Telling people of what has happened."""

import datetime as dt

import pytest
from django.utils import timezone, translation

from compliance.deadlines import Unit, due
from compliance.notices.events import Event
from compliance.notices.models import Mail, Notice, Preference, words_of
from compliance.notices.sending import notify
from compliance.organisations.models import Deputyship, Membership, Role
from tests.cast import make_deputyship, make_member, make_user

pytestmark = pytest.mark.django_db


def assign(to, section="内容安全", **fields):
    fields.setdefault("url", "/assessments/")
    return notify(
        Event.SECTION_ASSIGNED,
        to,
        about="数字人客服",
        section=section,
        by=fields.pop("by"),
        **fields,
    )


def test_everyone_is_told_once_in_their_own_language(cast):
    notices = assign(
        [cast.colleague, cast.signatory, cast.colleague],
        section={"zh": "内容安全", "en": "Content safety"},
        by=cast.officer,
    )
    assert [notice.recipient for notice in notices] == [cast.colleague, cast.signatory]
    notice = Notice.objects.get(recipient=cast.colleague)
    assert notice.subject == "待填报：内容安全"
    assert notice.text == f"{cast.officer}已将“数字人客服”自评估的章节“内容安全”指派给您。"
    with translation.override("en"):
        assert notice.subject == "To answer: Content safety"
        assert "section “Content safety” of the assessment of 数字人客服" in notice.text


def test_who_did_it_and_who_may_not_sign_in_are_not_told(cast):
    gone = make_user(is_active=False)
    assert assign([cast.officer, gone], by=cast.officer) == []


def test_who_stands_in_is_told_as_well_while_they_do(cast):
    make_deputyship(cast.officer, cast.colleague)
    told = notify(
        Event.CAMPAIGN_OVERDUE, [cast.officer], about="专项", url="/", organisation=cast.company
    )
    assert {notice.recipient for notice in told} == {cast.officer, cast.colleague}
    Deputyship.objects.update(first_day=timezone.localdate() + dt.timedelta(days=1))
    assert len(assign([cast.officer], by=cast.signatory, organisation=cast.company)) == 1


def test_a_deputy_is_not_told_of_another_organisation_nor_once_they_have_left(cast):
    make_deputyship(cast.officer, cast.colleague)
    Membership.objects.create(user=cast.officer, organisation=cast.other_company, role="auditor")
    words = {"about": "专项", "url": "/"}
    there = notify(Event.CAMPAIGN_OVERDUE, [cast.officer], organisation=cast.other_company, **words)
    assert [notice.recipient for notice in there] == [cast.officer]
    Membership.objects.filter(user=cast.colleague).update(active=False)
    here = notify(Event.CAMPAIGN_OVERDUE, [cast.officer], organisation=cast.company, **words)
    assert [notice.recipient for notice in here] == [cast.officer]


def test_who_has_left_is_not_told_and_does_not_see_what_they_were_told(cast, client):
    (notice,) = assign([cast.colleague], by=cast.officer, organisation=cast.company)
    client.force_login(cast.colleague)
    assert notice.subject in client.get("/notices/").content.decode()
    Membership.objects.filter(user=cast.colleague).update(active=False)
    page = client.get("/notices/").content.decode()
    assert notice.subject not in page
    assert 'class="count"' not in page
    assert client.get(f"/notices/{notice.pk}/open/").status_code == 404
    assert not Notice.objects.to_mail(Mail.AT_ONCE).exists()
    assert assign([cast.colleague], section="甲", by=cast.officer, organisation=cast.company) == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("event", Event)
def test_every_event_has_texts_that_its_words_fill(event, language):
    needed = words_of(event.label) | words_of(event.text)
    words = dict.fromkeys(needed | {"about"}, "某某")
    if "by" in needed:
        words["by"] = make_user(name="某某")
    (notice,) = notify(event, [make_user()], url="/", **words)
    with translation.override(language):
        for text in (notice.subject, notice.text):
            assert "某某" in text
            assert "%" not in text


def test_a_text_has_the_same_words_in_both_languages():
    for event in Event:
        for template in (event.label, event.text):
            with translation.override("en"):
                english = words_of(template)
            with translation.override("zh-hans"):
                assert words_of(template) == english, event


def test_a_word_that_lacks_is_told_at_once(cast):
    with pytest.raises(ValueError, match="SECTION_DUE_SOON lacks the words: section"):
        notify(Event.SECTION_DUE_SOON, [cast.officer], about="数字人客服", url="/")
    assert not Notice.objects.exists()


def test_a_word_that_is_none_is_left_out(cast):
    (notice,) = assign([cast.colleague], by=cast.officer, due=None)
    assert (notice.due, "due" in notice.words) == ("", False)


def test_words_are_written_in_the_language_of_the_reader(cast):
    (notice,) = notify(
        Event.CAMPAIGN_INVITED,
        [cast.officer],
        about="年度专项",
        url="/",
        regulator=Mail.NEVER.label,  # a label
        organisation=cast.company,
        due=dt.date(2026, 12, 1),
    )
    notice.refresh_from_db()
    assert notice.due == "2026年12月1日"
    assert "不发送，仅站内通知" in notice.text
    with translation.override("en"):
        assert notice.due == "1 December 2026"
        assert "Never: in the site only" in notice.text


def test_a_moment_is_written_in_the_time_of_the_site(cast):
    moment = dt.datetime(2026, 12, 1, 16, 30, tzinfo=dt.UTC)
    (notice,) = notify(Event.CAMPAIGN_OVERDUE, [cast.officer], about="专项", url="/", due=moment)
    notice.refresh_from_db()
    assert "0:30" in notice.due
    assert "2" in notice.due


def test_what_is_due_at_midnight_is_due_on_the_day_before(cast):
    end = due(dt.datetime(2026, 3, 2, tzinfo=dt.UTC), 1, Unit.DAYS).at
    (notice,) = notify(Event.CAMPAIGN_OVERDUE, [cast.officer], about="专项", url="/", due=end)
    notice.refresh_from_db()
    assert notice.due == "2026年3月3日"


@pytest.mark.parametrize(
    "name",
    ["%(secret)s %s %", "<script>alert(1)</script>", "甲\r\nBcc: x@example.com", "字" * 5000],
)
def test_a_hostile_name_stays_a_name_on_one_line(cast, client, name):
    (notice,) = notify(Event.CAMPAIGN_OVERDUE, [cast.officer], about=name, url="/")
    notice.refresh_from_db()
    assert len(notice.subject.splitlines()) == 1
    assert len(notice.subject) < 300
    client.force_login(cast.officer)
    page = client.get("/notices/").content.decode()
    assert "<script>alert" not in page
    assert notice.subject[:20].split("<")[0] in page


@pytest.mark.parametrize(
    "url", ["https://example.com/", "//example.com/", "notices/", "/\\example.com", "/a\nb", ""]
)
def test_only_pages_of_this_site_can_be_named(cast, url):
    with pytest.raises(ValueError, match="not a path"):
        notify(Event.CAMPAIGN_OVERDUE, [cast.officer], about="专项", url=url)


def test_the_page_is_kept_without_a_language(cast):
    for url in ("/en/assessments/?a=1#b", "/assessments/?a=1#b"):
        Notice.objects.all().delete()
        (notice,) = notify(Event.CAMPAIGN_OVERDUE, [cast.officer], about="专项", url=url)
        assert notice.local_address == "/assessments/?a=1#b"
        with translation.override("en"):
            assert notice.local_address == "/en/assessments/?a=1#b"


def test_the_same_within_a_minute_is_told_once(cast):
    assert len(assign([cast.colleague], by=cast.officer)) == 1
    assert assign([cast.colleague], by=cast.officer) == []
    assert len(assign([cast.colleague, cast.signatory], by=cast.officer)) == 1
    assert len(assign([cast.colleague], section="数据安全", by=cast.officer)) == 1
    assert len(assign([cast.colleague], url="/library/", by=cast.officer)) == 1


def test_the_same_is_told_again_once_it_was_read_or_a_minute_has_passed(cast):
    (notice,) = assign([cast.colleague], by=cast.officer)
    Notice.objects.filter(pk=notice.pk).mark_read()
    (second,) = assign([cast.colleague], by=cast.officer)
    Notice.objects.filter(pk=second.pk).update(at=timezone.now() - dt.timedelta(seconds=61))
    assert len(assign([cast.colleague], by=cast.officer)) == 1


def test_a_reminder_waits_for_its_time_whether_read_or_not(cast):
    week = dt.timedelta(days=7)
    (notice,) = assign([cast.colleague], by=cast.officer, again_after=week)
    Notice.objects.mark_read()
    assert assign([cast.colleague], by=cast.officer, again_after=week) == []
    Notice.objects.filter(pk=notice.pk).update(at=timezone.now() - week)
    assert len(assign([cast.colleague], by=cast.officer, again_after=week)) == 1


def test_as_many_queries_for_many_as_for_one(cast, django_assert_num_queries):
    people = [make_member(cast.company, Role.AUDITOR) for _ in range(20)]
    for user in people:
        Preference(user=user).change(Mail.DAILY)
    # who belongs there, who stands in; who was told, how they wish it, the notices
    with django_assert_num_queries(5):
        assign(people[:1], by=cast.officer, organisation=cast.company)
    with django_assert_num_queries(5):
        assign(people, by=cast.officer, organisation=cast.company)
