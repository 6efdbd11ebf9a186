"""Notices as e-mail: each at once, or those of a day together. Plain text, in one's language."""

import datetime as dt
import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance import background
from compliance.notices.models import Mail, Notice, Preference

log = logging.getLogger(__name__)
MOST_IN_AN_EMAIL = 50
# What a mail server says of one e-mail; any other OSError tells that it cannot be reached.
REFUSED = (SMTPRecipientsRefused, SMTPDataError)


class NotMailed(Exception):
    """Some notices could not be mailed; they wait."""


@background.job
def mail_notices(notice_ids: list[str]) -> None:
    """Mail these notices, but not what was mailed or another process is about to mail.

    Raises NotMailed where some were not: a worker then tries again.
    """
    mine = Notice.objects.filter(pk__in=notice_ids).to_mail(Mail.AT_ONCE)
    _, failed = _mail([notice] for notice in mine.take())
    if failed:
        raise NotMailed(f"{failed} of {len(notice_ids)} notices wait for the next time.")


def mail_waiting() -> tuple[int, int]:
    """Mail what could not be mailed at once. Return how many were sent, and how many failed."""
    sent, failed = _mail([notice] for notice in Notice.objects.to_mail(Mail.AT_ONCE).take())
    return len(sent), failed


def mail_digests() -> tuple[int, int]:
    """Send everyone who wishes it their digest of today, once. Return the numbers as above."""
    today = timezone.localdate()
    sent, failed = _mail(_digests(today))
    reached = [notices[0].recipient.pk for notices in sent]
    Preference.objects.filter(pk__in=reached).update(digest_on=today)
    return len(sent), failed


def _digests(today: dt.date) -> Iterator[list[Notice]]:
    """Take the notices of each person who has had no digest today."""
    wishes = Preference.objects.filter(mail=Mail.DAILY, user__is_active=True)
    for wish in wishes.exclude(digest_on=today).order_by("pk"):
        waiting = Notice.objects.filter(recipient_id=wish.user_id).to_mail(Mail.DAILY)
        if notices := list(waiting.take()):
            yield notices


def _mail(emails: Iterable[list[Notice]]) -> tuple[list[list[Notice]], int]:
    """Send an e-mail for each list of one person's notices, all over one connection.

    Return those that were sent and how many failed. An address that is refused keeps nobody else
    from theirs; where the mail server is gone, the others are left for the next time.
    """
    sent, failed = list[list[Notice]](), 0
    with closing(get_connection()) as post:
        for notices in emails:
            try:
                deliver(notices, post)
            except Exception as error:
                log.exception("The notice %s could not be mailed.", notices[0].pk)
                failed += 1
                if isinstance(error, OSError) and not isinstance(error, REFUSED):
                    break
            else:
                sent.append(notices)
    return sent, failed


def deliver(notices: Sequence[Notice], post: BaseEmailBackend) -> None:
    """Send the notices, all of one person, in one e-mail; what fails is free to be tried again."""
    taken = Notice.objects.filter(pk__in=[notice.pk for notice in notices])
    recipient = notices[0].recipient
    try:
        post.open()
        with translation.override(recipient.language):
            email = EmailMessage(
                subject_of(notices), text_of(notices), to=[recipient.email], connection=post
            )
        email.extra_headers["Auto-Submitted"] = "auto-generated"  # no "I am away" in answer
        email.send()
    except Exception:
        taken.update(tried_at=None)
        raise
    taken.update(mailed_at=timezone.now())


def subject_of(notices: Sequence[Notice]) -> str:
    """Return the subject of the e-mail, in the language that is active."""
    said = notices[0].subject
    if len(notices) > 1:
        said = ngettext("%(count)d notice", "%(count)d notices", len(notices)) % {
            "count": len(notices)
        }
    return _("[Ziping] %(subject)s") % {"subject": said}


def text_of(notices: Sequence[Notice]) -> str:
    """Return the text of the e-mail, in the language that is active."""
    shown = notices[:MOST_IN_AN_EMAIL]
    context = {
        "recipient": notices[0].recipient,
        "notices": [(notice, absolute("notices:open", notice.pk)) for notice in shown],
        "more": len(notices) - len(shown),
        "list_url": absolute("notices:list"),
        "preferences_url": absolute("notices:preferences"),
    }
    return render_to_string("notices/email.txt", context)


def absolute(name: str, *args: object) -> str:
    """Return the whole address of a page, for an e-mail."""
    return settings.SITE_URL + reverse(name, args=args)
