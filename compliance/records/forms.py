"""What of a record someone wants to see."""

import datetime as dt
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.accounts.models import User
from compliance.audit.actions import Action
from compliance.audit.models import Event
from compliance.records.reading import Readable
from compliance.records.words import action_words, key_words

SENSIBLE = [MinValueValidator(dt.date(2000, 1, 1)), MaxValueValidator(dt.date(2199, 12, 31))]
"""Days that every time zone and database knows."""


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, validators=SENSIBLE)


class FilterForm(forms.Form):
    """By action, person, question and days; offers what occurs in this record, and no more."""

    action = forms.ChoiceField(label=gettext_lazy("What was done"), required=False)
    person = forms.ChoiceField(label=gettext_lazy("Who did it"), required=False)
    key = forms.ChoiceField(label=gettext_lazy("Question, section or role"), required=False)
    since = _day(gettext_lazy("From (day)"))
    until = _day(gettext_lazy("To (day)"))

    def __init__(self, data: Any, readable: Readable) -> None:
        super().__init__(data, label_suffix="")
        self.readable = readable
        events = readable.events().order_by()
        self._offer("action", _actions(events))
        self._offer("person", _people(events))
        self._offer("key", _keys(events, readable))

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("All")), *choices]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day is before the first."))
        return cleaned

    def chosen(self) -> QuerySet[Event]:
        """Return the events that were asked for; none where what was asked makes no sense."""
        events = self.readable.events()
        if not self.is_valid():
            return events.none()
        wanted = self.cleaned_data
        if wanted["action"]:
            events = events.filter(action=wanted["action"])
        if wanted["person"]:
            events = events.filter(actor=wanted["person"])
        if wanted["key"]:
            events = events.filter(key=wanted["key"])
        if wanted["since"]:
            events = events.filter(at__gte=_midnight(wanted["since"]))
        if wanted["until"]:
            events = events.filter(at__lt=_midnight(wanted["until"] + dt.timedelta(days=1)))
        return events


def _midnight(day: dt.date) -> dt.datetime:
    """Return when a day begins where the site is."""
    return dt.datetime.combine(day, dt.time(), timezone.get_current_timezone())


def _actions(events: QuerySet[Event]) -> list[tuple[str, str]]:
    found = set(events.values_list("action", flat=True).distinct())
    known = [action for action in Action.values if action in found]
    return [(action, action_words(action)) for action in [*known, *sorted(found - set(known))]]


def _people(events: QuerySet[Event]) -> list[tuple[str, str]]:
    found = set(events.values_list("actor", flat=True).distinct()) - {None}
    people = {user.pk: str(user) for user in User.objects.filter(pk__in=map(str, found))}
    named = [(str(pk), people.get(pk) or str(pk)[:8]) for pk in found if pk]
    return sorted(named, key=lambda choice: choice[1])


def _keys(events: QuerySet[Event], readable: Readable) -> list[tuple[str, str]]:
    found = events.exclude(key="").values_list("key", flat=True).distinct()
    named = [(key, key_words(key, readable.draft)) for key in found]
    return sorted(named, key=lambda choice: choice[1])
