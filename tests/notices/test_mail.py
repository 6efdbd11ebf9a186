"""Notices by e-mail: each at once, once a day, or never."""

import datetime as dt
import io
from concurrent.futures import ThreadPoolExecutor
from smtplib import SMTPRecipientsRefused
from threading import Barrier

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from django.utils.module_loading import import_string

from compliance.accounts.models import User
from compliance.notices.events import Event
from compliance.notices.mailing import mail_notices
from compliance.notices.models import GIVEN_UP_AFTER, STALE_AFTER, Mail, Notice, Preference
from compliance.notices.sending import MOST_AT_ONCE, notify
from compliance.reminders import REMINDERS
from tests.cast import PASSWORD, make_user
from tests.page import Form


@pytest.fixture
def user(db):
    return make_user(email="zhang@example.com", name="张三")


@pytest.fixture
def tell(django_capture_on_commit_callbacks):
    """Return what tells people and goes on as after the transaction."""

    def tell(*people, about="年度专项", **fields):
        with django_capture_on_commit_callbacks(execute=True):
            return notify(Event.CAMPAIGN_OVERDUE, people, about=about, url="/", **fields)

    return tell


@pytest.fixture
def post_is_down(monkeypatch):
    """The post office refuses whatever is sent to these addresses; all, as long as it is empty."""
    refused: set[str] = set()
    sent = EmailBackend.send_messages

    def send_messages(self, messages):
        for message in messages:
            if not refused or refused & set(message.to):
                raise SMTPRecipientsRefused(dict.fromkeys(message.to, (550, b"no such user")))
        return sent(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", send_messages)
    return refused


def run(command):
    call_command(command, stdout=io.StringIO())


def wish(user, way):
    Preference(user=user).change(way)


def test_one_is_mailed_at_once_in_the_readers_language(tell, user, settings):
    settings.SITE_URL = "https://ziping.example.com"
    reader = make_user(email="li@example.com", language="en", name="Li")
    (notice, other) = tell(user, reader, due=dt.date(2026, 12, 1))
    english, chinese = sorted(mail.outbox, key=lambda message: message.to)
    assert chinese.to == ["zhang@example.com"]
    assert chinese.subject == "【自评】专项自评估已逾期：年度专项"
    assert "张三，您好：" in chinese.body
    assert "期限：2026年12月1日" in chinese.body
    assert chinese.extra_headers["Auto-Submitted"] == "auto-generated"
    assert f"https://ziping.example.com/notices/{notice.pk}/open/" in chinese.body
    assert english.subject == "[Ziping] Campaign overdue: 年度专项"
    assert "Due: 1 December 2026" in english.body
    assert f"https://ziping.example.com/en/notices/{other.pk}/open/" in english.body
    assert "https://ziping.example.com/en/notices/preferences/" in english.body
    notice.refresh_from_db()
    assert notice.mailed_at is not None


def test_nothing_is_mailed_before_the_transaction_ends_or_if_it_fails(
    user, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        with transaction.atomic():
            notify(Event.CAMPAIGN_OVERDUE, [user], about="专项", url="/")
            transaction.set_rollback(True)
        assert mail.outbox == []
    assert mail.outbox == []
    assert not Notice.objects.exists()


def test_the_same_in_one_minute_is_mailed_once(tell, user):
    tell(user)
    tell(user)
    assert len(mail.outbox) == 1


def test_a_name_cannot_write_headers_or_other_lines(tell, user):
    tell(user, about="专项\r\nBcc: all@example.com\r\n\r\nhttps://example.com")
    (message,) = mail.outbox
    assert message.recipients() == ["zhang@example.com"]
    assert "\n" not in message.subject
    assert "\nBcc" not in message.body


@pytest.mark.parametrize("way", [Mail.DAILY, Mail.NEVER])
def test_others_find_it_in_the_site(tell, user, client, way):
    wish(user, way)
    tell(user)
    assert mail.outbox == []
    client.force_login(user)
    assert "年度专项" in client.get("/notices/").content.decode()


def test_the_digest_of_a_day_is_sent_once(tell, user):
    wish(user, Mail.DAILY)
    tell(user, about="甲")
    tell(user, about="乙")
    run("send_digest")
    (message,) = mail.outbox
    assert message.subject == "【自评】2条通知"
    assert message.body.index("甲") < message.body.index("乙")
    tell(user, about="丙")
    run("send_digest")
    run("send_mail")
    assert len(mail.outbox) == 1
    Preference.objects.update(digest_on=timezone.localdate() - dt.timedelta(days=1))
    run("send_digest")
    assert "丙" in mail.outbox[1].body
    assert "甲" not in mail.outbox[1].body


def test_a_digest_without_news_is_not_sent(tell, user):
    wish(user, Mail.DAILY)
    (notice,) = tell(user)
    Notice.objects.filter(pk=notice.pk).mark_read()
    run("send_digest")
    assert mail.outbox == []


def test_a_long_digest_says_how_many_more_there_are(tell, user):
    wish(user, Mail.DAILY)
    for number in range(53):
        tell(user, about=f"专项{number}")
    run("send_digest")
    assert mail.outbox[0].subject == "【自评】53条通知"
    assert "另有3条：http://127.0.0.1:8000/notices/" in mail.outbox[0].body.replace(" ", "")


def test_a_failure_does_not_reach_who_caused_it_and_is_mended_later(tell, user, post_is_down):
    tell(user)
    assert mail.outbox == []
    with pytest.raises(CommandError, match="1 notices could not"):
        run("send_mail")
    post_is_down.add("nobody@example.com")
    run("send_mail")
    assert len(mail.outbox) == 1
    run("send_mail")
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("way", [Mail.AT_ONCE, Mail.DAILY])
def test_an_address_that_is_refused_keeps_nobody_from_theirs(tell, user, post_is_down, way):
    people = [user, *(make_user() for _ in range(3))]
    for person in people:
        wish(person, way)
    tell(*people)
    post_is_down.add(people[1].email)
    with pytest.raises(CommandError):
        run("send_digest")
    assert {message.to[0] for message in mail.outbox} == {
        person.email for person in people if person != people[1]
    }


def test_where_the_mail_server_is_gone_it_is_asked_once(db, tell, monkeypatch):
    asked = []

    def send_messages(self, messages):
        asked.append(messages)
        raise TimeoutError

    monkeypatch.setattr(EmailBackend, "send_messages", send_messages)
    tell(*(make_user() for _ in range(5)))
    assert len(asked) == 1
    monkeypatch.undo()
    run("send_mail")
    assert len(mail.outbox) == 5


def test_a_mail_server_that_is_away_loses_nothing(db, tell, settings):
    here = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    tell(make_user(), make_user())
    for command in ("send_mail", "send_digest"):
        with pytest.raises(CommandError, match="1 notices"):
            run(command)
    settings.EMAIL_BACKEND = here
    run("send_mail")
    assert len(mail.outbox) == 2


def test_what_a_process_took_and_never_sent_is_sent_by_another(user, tell, post_is_down):
    (notice,) = tell(user)
    post_is_down.add("nobody@example.com")
    Notice.objects.filter(pk=notice.pk).update(tried_at=timezone.now())
    run("send_mail")
    assert mail.outbox == []
    Notice.objects.filter(pk=notice.pk).update(tried_at=timezone.now() - GIVEN_UP_AFTER * 2)
    run("send_mail")
    assert len(mail.outbox) == 1


def test_one_that_several_processes_are_to_mail_is_mailed_once(transactional_db):
    user = make_user()
    Preference(user=user).change(Mail.DAILY)
    notices = [
        notify(Event.CAMPAIGN_OVERDUE, [user], about=f"专项{number}", url="/")[0]
        for number in range(3)
    ]
    Notice.objects.update(mail=Mail.AT_ONCE)
    together = Barrier(6)

    def send(number):
        together.wait()
        try:
            mail_notices([str(notices[number % 3].pk)])
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as processes:
        list(processes.map(send, range(6)))
    assert len(mail.outbox) == 3


def test_with_many_to_tell_a_page_waits_for_few_e_mails_and_none_is_lost(db, tell):
    tell(*(make_user() for _ in range(MOST_AT_ONCE + 5)))
    assert len(mail.outbox) == MOST_AT_ONCE
    run("send_mail")
    assert len({message.to[0] for message in mail.outbox}) == MOST_AT_ONCE + 5


def test_old_news_and_what_was_read_are_not_mailed(user, tell, post_is_down):
    old, read = tell(user, about="甲") + tell(user, about="乙")
    post_is_down.add("nobody@example.com")
    Notice.objects.filter(pk=old.pk).update(at=timezone.now() - STALE_AFTER)
    Notice.objects.filter(pk=read.pk).mark_read()
    run("send_mail")
    assert mail.outbox == []


def test_who_may_no_longer_sign_in_gets_no_mail(user, tell):
    wish(user, Mail.DAILY)
    tell(user)
    user.is_active = False
    user.save()
    run("send_digest")
    assert mail.outbox == []


def choose(client, way):
    return client.post("/notices/preferences/", {"mail": way, "digest_on": "2030-01-01"})


def test_people_choose_how_they_are_told(client, user, tell):
    client.force_login(user)
    assert client.get("/notices/preferences/").context["form"]["mail"].value() == Mail.AT_ONCE
    assert choose(client, "daily").url == "/notices/preferences/"
    preference = Preference.objects.get(user=user)
    assert (preference.mail, preference.digest_on) == (Mail.DAILY, None)
    tell(user)
    assert mail.outbox == []
    choose(client, "at_once")  # what waits follows the new choice
    run("send_mail")
    assert len(mail.outbox) == 1


def test_a_choice_outlives_the_session_in_which_it_was_made(user):
    browser, here = Client(enforce_csrf_checks=True), "/notices/preferences/"
    user.set_password(PASSWORD)
    user.save()
    browser.force_login(user)
    chosen = Form(browser.get(here)).fill(mail="daily")
    Session.objects.all().delete()
    asked = browser.post(here, chosen.fields)
    assert asked.status_code == 403
    assert not Preference.objects.exists()
    again = {"again-login": user.email, "again-password": PASSWORD}
    assert browser.post(here, Form(asked).fill(**again).fields).url == here
    assert Preference.objects.get(user=user).mail == Mail.DAILY


def test_no_more_mail_means_none_that_waits_either(client, user, tell):
    wish(user, Mail.DAILY)
    tell(user)
    client.force_login(user)
    choose(client, "never")
    choose(client, "daily")
    run("send_digest")
    assert mail.outbox == []


@pytest.mark.parametrize("way", ["", "weekly", "\0", "x" * 5000])
def test_a_senseless_choice_changes_nothing(client, user, way):
    client.force_login(user)
    assert choose(client, way).status_code == 422
    assert not Preference.objects.exists()


def remind(at):
    notify(
        Event.CAMPAIGN_REMINDER,
        User.objects.filter(email="zhang@example.com"),
        about="年度专项",
        url="/",
        again_after=dt.timedelta(days=7),
    )


def break_down(at):
    raise RuntimeError


def test_the_daily_command_reminds_and_goes_on_where_a_reminder_fails(
    user, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(
        "compliance.reminders.REMINDERS", [f"{__name__}.break_down", f"{__name__}.remind"]
    )
    for _ in range(2):
        with (
            django_capture_on_commit_callbacks(execute=True),
            pytest.raises(CommandError, match="1 reminders"),
        ):
            run("send_digest")
    assert len(mail.outbox) == 1


def test_every_reminder_is_there():
    assert all(callable(import_string(name)) for name in REMINDERS)
