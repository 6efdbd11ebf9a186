"""Telling people: in the site at once, by e-mail after the transaction."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

from django.conf import settings
from django.utils import timezone

from compliance import background
from compliance.accounts.models import User
from compliance.notices.events import Event
from compliance.notices.mailing import mail_notices
from compliance.notices.models import Mail, Notice, Preference, words_of
from compliance.notices.words import Packed, pack
from compliance.organisations.models import Deputyship, Membership, Organisation

MINUTE = dt.timedelta(minutes=1)
# Without a worker someone waits while e-mail is sent: `manage.py send_mail` sends what is more.
MOST_AT_ONCE = 20


def notify(
    event: Event,
    to: Iterable[User],
    *,
    about: object,
    url: str,
    organisation: Organisation | None = None,
    by: User | None = None,
    again_after: dt.timedelta | None = None,
    **words: object,
) -> list[Notice]:
    """Tell each of these people once, and return the notices that were made.

    `about` and the `words` fill the texts of the event: strings, numbers, dates, or what differs
    between the languages, such as an organisation, a translatable label, a mapping of zh and en.
    A word `due` (a date, or the moment at which time is up) is shown below the text of any event.
    One that is None is left out.
    `url` is the path of the page to go to, in either language. `by` did it: their name is a word of
    the texts, and they are not told themselves.

    `organisation` is the one in which they are concerned: whoever does not belong to it is not
    told, and who stands in for them today is told too.

    Whoever has an unread notice of the same within the last minute gets no other. A reminder gives
    `again_after`: no other before that time has passed, read or not.

    Raises ValueError for a word that the event needs and a page that is not of this site.
    """
    packed = _packed(event, words | {"about": about, "by": by, "organisation": organisation})
    address = in_chinese(url)
    fingerprint = _fingerprint(event, address, packed)

    now = timezone.now()
    concerned = list(to) if organisation is None else _in_charge(organisation, list(to))
    people = {user.pk: user for user in concerned if user.is_active and user != by}
    told = Notice.objects.filter(recipient__in=people, fingerprint=fingerprint)
    if again_after is None:
        told = told.filter(read_at=None, at__gt=now - MINUTE)
    else:
        told = told.filter(at__gt=now - again_after)
    told_before = set(told.values_list("recipient_id", flat=True))
    wishes = dict(Preference.objects.filter(pk__in=people).values_list("pk", "mail"))
    made = Notice.objects.bulk_create(
        Notice(
            recipient=user,
            organisation=organisation,
            event=event,
            words=packed,
            address=address,
            fingerprint=fingerprint,
            at=now,
            mail=wishes.get(key, Mail.AT_ONCE),
        )
        for key, user in people.items()
        if key not in told_before
    )
    _mail_at_once(made)
    return made


def _packed(event: Event, words: Mapping[str, object]) -> dict[str, Packed]:
    """Return the words that are given as a notice keeps them; ValueError where some are lacking."""
    given = {name: word for name, word in sorted(words.items()) if word is not None}
    if lacking := (words_of(event.label) | words_of(event.text)) - set(given):
        raise ValueError(f"{event.name} lacks the words: {', '.join(sorted(lacking))}.")
    return {name: pack(word) for name, word in given.items()}


def _mail_at_once(notices: Iterable[Notice]) -> None:
    """Mail the notices to those who wish it at once: after the transaction, or by a worker."""
    wished = [str(notice.pk) for notice in notices if notice.mail == Mail.AT_ONCE]
    if not settings.CELERY_BROKER_URL:
        wished = wished[:MOST_AT_ONCE]
    if wished:
        background.later(mail_notices, wished)


def _in_charge(organisation: Organisation, people: Sequence[User]) -> list[User]:
    """Return those of the people who belong to the organisation, and who stands in for them."""
    members = Membership.objects.active().filter(organisation=organisation).values("user")
    here = set(members.filter(user__in=people).values_list("user", flat=True))
    standing_in = Deputyship.objects.running().filter(
        organisation=organisation, absent__in=here, deputy__in=members
    )
    deputies = User.objects.filter(pk__in=standing_in.values("deputy"))
    return [*(user for user in people if user.pk in here), *deputies]


def in_chinese(url: str) -> str:
    """Return the path of a page of this site without its language."""
    if not url.startswith("/") or url.startswith("//") or "\\" in url or not url.isprintable():
        raise ValueError(f"{url!r} is not a path of this site.")
    for code, _name in settings.LANGUAGES:
        if code != settings.LANGUAGE_CODE and url.startswith(f"/{code}/"):
            return url.removeprefix(f"/{code}")
    return url


def _fingerprint(event: Event, address: str, words: dict[str, Packed]) -> str:
    told = json.dumps([event, address, words], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()
