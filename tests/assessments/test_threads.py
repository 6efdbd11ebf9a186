"""Talking about a question with colleagues, and with nobody else."""

import datetime as dt
import json

import pytest
from django.test import Client

from compliance.assessments.collaboration.threads import mentioned, resolve, say
from compliance.assessments.draft import Draft
from compliance.assessments.models import Message, SectionAssignment, Thread
from compliance.assessments.submissions.content import content_of
from compliance.assessments.upgrading import Succession, upgrade
from compliance.audit.models import Event as Recorded
from compliance.notices.models import Notice
from compliance.organisations.models import Role
from tests.cast import PASSWORD, make_answer, make_member, make_user, publish_next
from tests.page import Form, section_address

pytestmark = pytest.mark.django_db


def browser_of(user):
    browser = Client()
    browser.force_login(user)
    return browser


def address(assessment, question="assessed"):
    return f"/assessments/{assessment.pk}/threads/{question}/"


@pytest.fixture
def colleague(cast):
    return browser_of(cast.colleague)


def test_a_thread_begins_with_a_message_and_goes_on(officer, colleague, assessment, cast):
    response = officer.post(address(assessment), {"text": "谁有评估报告？"})
    assert response.status_code == 302
    colleague.post(address(assessment), {"text": "我有\n第二行"})
    assert [(m.by, m.text) for m in Message.objects.all()] == [
        (cast.officer, "谁有评估报告？"),
        (cast.colleague, "我有\n第二行"),
    ]
    assert Thread.objects.get().question == "assessed"
    page = officer.get(address(assessment)).content.decode()
    assert "谁有评估报告？" in page
    assert "我有<br>第二行" in page
    assert Recorded.objects.filter(action="message_written", chain=assessment.pk).count() == 2


@pytest.mark.parametrize("text", ["", "   ", "长" * 5001, "a\0b"])
def test_what_cannot_be_said_is_shown_again(officer, assessment, text):
    response = officer.post(address(assessment), {"text": text})
    assert response.status_code == 422
    assert not Thread.objects.exists()
    assert text.strip()[:100] in Form(response).value("text") or "\0" in text


def test_words_are_shown_as_words(officer, assessment):
    officer.post(address(assessment), {"text": "<script>alert(1)</script>"})
    page = officer.get(address(assessment)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_question_that_is_not_asked_has_no_thread(officer, assessment):
    assert officer.get(address(assessment, "no-such")).status_code == 404
    assert officer.post(address(assessment, "no-such"), {"text": "a"}).status_code == 404


# --- who is told


def test_who_is_mentioned_is_told_and_so_is_who_takes_part(assessment, cast):
    third = make_member(cast.company, Role.CONTRIBUTOR, name="李四")
    say(assessment, "assessed", "开始", cast.colleague)
    say(assessment, "assessed", "请 @李四 看一下", cast.officer)
    told = {(n.recipient, n.event) for n in Notice.objects.all()}
    assert told == {(third, "mentioned"), (cast.colleague, "message")}
    Notice.objects.all().delete()
    say(assessment, "assessed", "好的", cast.colleague)
    assert {n.recipient for n in Notice.objects.all()} == {third, cast.officer}


def test_the_longest_name_counts():
    short, long_ = make_user(name="张三"), make_user(name="张三丰")
    english = make_user(name="Ann Lee", email="ann@example.com")
    people = [short, long_, english]
    assert mentioned("@张三丰 您好", people) == {long_}
    assert mentioned("@张三 您好", people) == {short}
    assert mentioned("＠张三，@ann lee", people) == {short, english}
    assert mentioned("张三", people) == set()


def test_a_mention_tells_nobody_outside_the_company(assessment, cast):
    say(assessment, "assessed", f"@{cast.stranger.name} @{cast.stranger.email}", cast.officer)
    assert not Notice.objects.exists()


# --- reading


def test_unread_messages_are_marked_until_they_are_read(officer, colleague, assessment):
    colleague.post(address(assessment), {"text": "请看"})
    section, tasks = section_address(assessment, "risks"), f"/assessments/{assessment.pk}/"
    for page in (section, tasks, f"{tasks}threads/"):
        assert "1条未读" in officer.get(page).content.decode(), page
        assert "未读" not in colleague.get(page).content.decode(), page
    officer.get(address(assessment))
    for page in (section, tasks, f"{tasks}threads/"):
        assert "未读" not in officer.get(page).content.decode(), page


def test_resolving_and_opening_again(officer, colleague, assessment):
    officer.post(address(assessment), {"text": "完成了吗？"})
    colleague.post(address(assessment), {"text": "完成了", "resolve": "1"})
    thread = Thread.objects.get()
    assert thread.resolved_at
    assert Message.objects.count() == 2
    overview = officer.get(f"/assessments/{assessment.pk}/threads/").content.decode()
    assert "已解决的讨论" in overview
    officer.post(address(assessment), {"text": "", "reopen": "1"})
    thread.refresh_from_db()
    assert thread.resolved_at is None
    officer.post(address(assessment), {"resolve": "1"})
    officer.post(address(assessment), {"text": "还有一点"})
    thread.refresh_from_db()
    assert thread.resolved_at is None, "a new message opens it again"


def test_a_message_can_be_withdrawn_by_its_author_within_a_day(officer, colleague, assessment):
    officer.post(address(assessment), {"text": "写错了的话"})
    message = Message.objects.get()
    assert colleague.post(address(assessment), {"withdraw": message.pk}).status_code == 403
    assert officer.post(address(assessment), {"withdraw": "x"}).status_code == 404
    officer.post(address(assessment), {"withdraw": message.pk})
    page = colleague.get(address(assessment)).content.decode()
    assert "写错了的话" not in page
    assert "作者已撤回" in page
    assert Recorded.objects.get(action="message_withdrawn").value.old == {"text": "写错了的话"}

    officer.post(address(assessment), {"text": "旧的话"})
    old = Message.objects.get(text="旧的话")
    Message.objects.filter(pk=old.pk).update(at=old.at - dt.timedelta(days=2))
    assert officer.post(address(assessment), {"withdraw": old.pk}).status_code == 403


def test_the_auditor_reads_and_does_not_write(assessment, cast):
    say(assessment, "assessed", "看得到", cast.officer)
    auditor = browser_of(cast.auditor)
    page = auditor.get(address(assessment)).content.decode()
    assert "看得到" in page
    assert "<textarea" not in page
    assert auditor.post(address(assessment), {"text": "a"}).status_code == 403


def test_it_stays_in_the_company(assessment, cast, officer):
    say(assessment, "assessed", "机要词汇", cast.officer)
    for outsider in (cast.stranger, cast.reviewer):
        assert browser_of(outsider).get(address(assessment)).status_code == 404
        assert browser_of(outsider).post(address(assessment), {"text": "a"}).status_code == 404
    assert "机要词汇" not in officer.get(f"/assessments/{assessment.pk}/result/").content.decode()


def test_signing_in_again_sends_what_was_typed(assessment, cast):
    user = make_member(cast.company, Role.CONTRIBUTOR, password=PASSWORD)
    browser = Client()
    response = browser.post(address(assessment), {"text": "没有丢"})
    assert response.status_code == 403
    again = Form(response).fill(**{"again-login": user.email, "again-password": PASSWORD})
    assert browser.post(address(assessment), again.fields).status_code == 302
    assert Message.objects.get().text == "没有丢"


def test_as_many_queries_however_much_is_said(officer, assessment, cast, queries_for):
    section = section_address(assessment, "risks")
    tasks = f"/assessments/{assessment.pk}/"
    before = queries_for(officer, section), queries_for(officer, tasks)
    for question in ("assessed", "consent-share", "consent-files"):
        for number in range(3):
            say(assessment, question, str(number), cast.colleague)
    assert (queries_for(officer, section), queries_for(officer, tasks)) == before


def test_open_threads_and_assignments_go_along_into_a_newer_version(assessment, cast):
    SectionAssignment.objects.create(
        assessment=assessment, section="risks", person=cast.colleague, by=cast.officer
    )
    say(assessment, "users", f"@{cast.colleague.name} 还没定", cast.officer)
    done = say(assessment, "minors", "好了", cast.officer).thread
    resolve(assessment, done, cast.officer)
    succession = Succession(Draft(assessment), publish_next(assessment.version))
    new, _made = upgrade(succession, assessment.reference_date, cast.officer)
    assert new.section_assignments.get().person == cast.colleague
    thread = new.threads.get()
    assert thread.question == "user-count", "the question has another name there"
    message = thread.messages.get()
    assert (message.by, list(message.mentioned.all())) == (cast.officer, [cast.colleague])
    assert assessment.threads.count() == 2


def test_a_submission_holds_nothing_of_it(assessment, cast):
    make_answer(assessment, "minors", "no", comment="备注在内")
    say(assessment, "minors", "机要词汇", cast.officer)
    frozen = json.dumps(content_of(Draft(assessment)), ensure_ascii=False, default=str)
    assert "备注在内" in frozen
    assert "机要词汇" not in frozen
