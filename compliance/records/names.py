"""Names for the identifiers that events hold, looked up once for a page of them."""

import uuid
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from compliance.accounts.models import User
from compliance.audit.models import Event, EventValue
from compliance.language import page_language
from compliance.library.models import QuestionnaireVersion

NAMED = ("accounts.user", "organisations.subject", "organisations.organisation")
"""What people know by name; other rows are told by what was done to them."""


class Names:
    """The names of people and things that some events mention. One query for each kind."""

    def __init__(self, events: Iterable[Event]) -> None:
        wanted: dict[str, set[uuid.UUID]] = {kind: set() for kind in NAMED}
        for event in events:
            people = [event.actor, *event.details.values()]
            wanted["accounts.user"] |= {pk for text in people if (pk := _as_uuid(text))}
            if event.about in wanted and (pk := _as_uuid(event.about_id)):
                wanted[event.about].add(pk)
        self._names = {
            (kind, row.pk): str(row)
            for kind, keys in wanted.items()
            if keys
            for row in apps.get_model(kind)._default_manager.filter(pk__in=keys)
        }

    def actor(self, event: Event) -> str:
        """Return who did it, by the name of then, or of now where that one was erased."""
        if event.actor is None:
            return _("Nobody signed in")
        value: EventValue | None = getattr(event, "value", None)
        if value is not None and value.actor_name:
            return value.actor_name
        return self.person(event.actor) or _("Someone no longer known (%(id)s)") % {
            "id": str(event.actor)[:8]
        }

    def person(self, key: Any) -> str:
        """Return a person's name of now, or nothing where there is no such person."""
        return self._names.get((User._meta.label_lower, _as_uuid(key)), "")

    def about(self, event: Event) -> str:
        """Return what the event is about, where it has a name."""
        return self._names.get((event.about, _as_uuid(event.about_id)), "")

    def questionnaire(self, key: str) -> str:
        """Return the title and number of a version that is recorded by its key and number."""
        version = self._versions.get(key)
        return f"{version.title(page_language())} {version.version}" if version else key

    @cached_property
    def _versions(self) -> dict[str, QuestionnaireVersion]:
        return {str(row): row for row in QuestionnaireVersion.objects.defer("document")}


def _as_uuid(text: Any) -> uuid.UUID | None:
    if isinstance(text, uuid.UUID):
        return text
    try:
        return uuid.UUID(text)
    except (ValueError, AttributeError, TypeError):
        return None
