"""Telling people: in the site at once, by e-mail after the transaction."""

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

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
# In one job. Without a worker someone waits for it: `manage.py send_mail` sends what is more.
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
    concerned = [(organisation, to)]
    return notify_each(
        event, concerned, about=about, url=url, by=by, again_after=again_after, **words
    )


def notify_each(
    event: Event,
    to: Iterable[tuple[Organisation | None, Iterable[User]]],
    *,
    about: object,
    url: str,
    by: User | None = None,
    again_after: dt.timedelta | None = None,
    **words: object,
) -> list[Notice]:
    """Tell the people of each organisation as `notify` does, in as many statements as for one."""
    address, now = in_chinese(url), timezone.now()
    found: list[Notice] = []
    for organisation, people in _in_charge(to).items():
        packed = _packed(event, words | {"about": about, "by": by, "organisation": organisation})
        fingerprint = _fingerprint(event, address, packed)
        found += [
            Notice(
                recipient=user,
                organisation=organisation,
                event=event,
                words=packed,
                address=address,
                fingerprint=fingerprint,
                at=now,
            )
            for user in dict.fromkeys(people)
            if user.is_active and user != by
        ]
    told_before = _told_before(found, now - (again_after or MINUTE), read=again_after is not None)
    fresh = [one for one in found if (one.recipient_id, one.fingerprint) not in told_before]
    recipients = {one.recipient_id for one in fresh}
    wishes = dict(Preference.objects.filter(pk__in=recipients).values_list("pk", "mail"))
    for one in fresh:
        one.mail = wishes.get(one.recipient_id, Mail.AT_ONCE)
    made = Notice.objects.bulk_create(fresh)
    _mail_at_once(made)
    return made


def _told_before(
    notices: Sequence[Notice], since: dt.datetime, *, read: bool
) -> set[tuple[UUID, str]]:
    """Return who was told which of these since then, as fingerprints; with `read`, even if read."""
    told = Notice.objects.filter(
        recipient__in={one.recipient_id for one in notices},
        fingerprint__in={one.fingerprint for one in notices},
        at__gt=since,
    )
    if not read:
        told = told.unread()
    return set(told.values_list("recipient_id", "fingerprint"))


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
    for first in range(0, len(wished), MOST_AT_ONCE):
        background.later(mail_notices, wished[first : first + MOST_AT_ONCE])


def _in_charge(
    to: Iterable[tuple[Organisation | None, Iterable[User]]],
) -> dict[Organisation | None, list[User]]:
    """Return those of the people who belong to each organisation, and who stands in for them."""
    named = {organisation: list(people) for organisation, people in to}
    organisations = [organisation for organisation in named if organisation]
    if not organisations:
        return named
    everyone = {user.pk for people in named.values() for user in people}
    standing_in = Deputyship.objects.running().filter(
        organisation__in=organisations, absent__in=everyone
    )
    deputies = defaultdict[tuple[UUID, UUID], list[User]](list)
    for each in standing_in.select_related("deputy"):
        deputies[each.organisation_id, each.absent_id].append(each.deputy)
        everyone.add(each.deputy_id)
    members = Membership.objects.active().filter(organisation__in=organisations, user__in=everyone)
    here = set(members.values_list("organisation", "user"))
    for one in organisations:
        own = [user for user in named[one] if (one.pk, user.pk) in here]
        lent = [deputy for user in own for deputy in deputies[one.pk, user.pk]]
        named[one] = [*own, *(user for user in lent if (one.pk, user.pk) in here)]
    return named


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
