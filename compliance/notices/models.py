"""What a person was told, and how they want to be told."""

import datetime as dt
import re
import uuid
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compliance import deadlines
from compliance.notices.events import Event, Text
from compliance.notices.words import unpack
from compliance.organisations.models import Membership, Organisation, Visitor

# A process that took a notice to mail it, and died, has it taken from it after this time.
GIVEN_UP_AFTER = dt.timedelta(minutes=10)
# What could not be mailed until then is no news any more; it stays in the site.
STALE_AFTER = dt.timedelta(days=3)


class Mail(models.TextChoices):
    """When a person receives their notices by e-mail. In the site they always find them."""

    AT_ONCE = "at_once", _("Each at once")
    DAILY = "daily", _("Once a day, in one e-mail")
    NEVER = "never", _("Never: in the site only")


class Preference(models.Model):
    """How one person wants to be told; whoever has none is told at once."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="notice_preference",
    )
    mail = models.CharField(
        _("Notices by e-mail"), max_length=10, choices=Mail, default=Mail.AT_ONCE
    )
    digest_on = models.DateField(null=True, editable=False)  # the day of the last digest

    def __str__(self) -> str:
        return f"{self.user} · {self.get_mail_display()}"

    def change(self, mail: Mail) -> None:
        """Keep the wish; what still waits to be mailed follows it."""
        self.mail = mail
        self.save()
        Notice.objects.filter(recipient_id=self.user_id).waiting().update(mail=mail)


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Named selections of notices."""

    def of(self, user: Visitor) -> "NoticeQuerySet":
        """Those of this person, but not of organisations that they have left."""
        return self.filter(recipient_id=user.pk).still_theirs()

    def still_theirs(self) -> "NoticeQuerySet":
        """Those whose recipient still belongs to the organisation that it is about, if any."""
        belongs = Membership.objects.active().filter(
            user=models.OuterRef("recipient"), organisation=models.OuterRef("organisation")
        )
        return self.filter(models.Q(organisation=None) | models.Exists(belongs))

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)

    def unread_first(self) -> "NoticeQuerySet":
        """The unread ones, then the others; each the newest first."""
        return self.annotate(is_read=models.Q(read_at__isnull=False)).order_by(
            "is_read", "-at", "-id"
        )

    def mark_read(self, at: dt.datetime | None = None) -> int:
        """Mark those that are unread, and return how many they were."""
        return self.unread().update(read_at=at or timezone.now())

    def waiting(self) -> "NoticeQuerySet":
        """Those that are still to be mailed; what was read meanwhile need not be."""
        return self.unread().filter(mailed_at=None).exclude(mail=Mail.NEVER)

    def to_mail(self, mail: Mail, at: dt.datetime | None = None) -> "NoticeQuerySet":
        """Those to mail now in this way to someone who may sign in, the oldest first."""
        at = at or timezone.now()
        free = models.Q(tried_at=None) | models.Q(tried_at__lt=at - GIVEN_UP_AFTER)
        fresh = self.waiting().filter(free, mail=mail, at__gt=at - STALE_AFTER)
        return fresh.still_theirs().filter(recipient__is_active=True).order_by("at", "id")

    def outdated(self, at: dt.datetime | None = None) -> "NoticeQuerySet":
        """Those that have been kept for NOTICE_DAYS, read or not; none where that is 0."""
        if not settings.NOTICE_DAYS:
            return self.none()
        return self.filter(at__lt=(at or timezone.now()) - dt.timedelta(days=settings.NOTICE_DAYS))

    def take(self) -> "Iterator[Notice]":
        """Take one after the other to mail it, except those that others have taken meanwhile."""
        for notice in self.select_related("recipient"):
            # Columns of the row alone: PostgreSQL does not look at a join again after waiting.
            free = Notice.objects.filter(pk=notice.pk, mailed_at=None, tried_at=notice.tried_at)
            if free.update(tried_at=timezone.now()):
                yield notice


class Notice(models.Model):
    """One thing that one person was told. It keeps words, not a text: see events.py."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, related_name="notices"
    )
    event = models.CharField(max_length=40)
    words = models.JSONField(default=dict)
    address = models.CharField(max_length=500)  # the path of the page, in Chinese
    fingerprint = models.CharField(max_length=64)  # equal for the same event about the same thing
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    mail = models.CharField(max_length=10, choices=Mail)
    tried_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            models.Index(fields=["recipient", "-at"], name="notice_of_person"),
            models.Index(fields=["recipient", "fingerprint", "-at"], name="notice_the_same"),
            models.Index(
                fields=["recipient"], condition=models.Q(read_at=None), name="notice_unread"
            ),
            models.Index(
                fields=["mail", "at"],
                condition=models.Q(mailed_at=None) & ~models.Q(mail=Mail.NEVER),
                name="notice_to_mail",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def subject(self) -> str:
        """What it is about, in the language of the page, on one line."""
        return self._say(Event(self.event).label)

    @property
    def text(self) -> str:
        """What has happened, in the language of the page."""
        return self._say(Event(self.event).text)

    @property
    def due(self) -> str:
        """Until when something is to be done, as the page writes it, or nothing."""
        due = self.words.get("due", "")
        if isinstance(due, dict) and "moment" in due:
            return deadlines.written(dt.datetime.fromisoformat(due["moment"]))
        return unpack(due)

    @property
    def local_address(self) -> str:
        """The path of the page in the language of this one."""
        return localised(self.address)

    def _say(self, template: Text) -> str:
        # A text that has gained a word since the notice was kept must still be readable.
        words: dict[str, Any] = dict.fromkeys(words_of(template), "…")
        words |= {name: unpack(word) for name, word in self.words.items()}
        return str(template) % words


def words_of(template: Text) -> set[str]:
    """Return the names of the words that the text needs."""
    return set(re.findall(r"%\((\w+)\)s", str(template)))


def localised(path: str) -> str:
    """Return the Chinese path as the language of the page has it."""
    code = get_language() or settings.LANGUAGE_CODE
    return path if code == settings.LANGUAGE_CODE else f"/{code}{path}"
