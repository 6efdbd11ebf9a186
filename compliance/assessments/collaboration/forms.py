"""What is entered when people work together."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compliance.accounts.models import User
from compliance.assessments.collaboration.assigning import Wanted
from compliance.assessments.models import SectionAssignment
from compliance.assessments.models.collaboration import LONGEST_MESSAGE


class SectionPeopleForm(forms.Form):
    """Who answers one section, until when."""

    people = forms.TypedMultipleChoiceField(
        label=_("Who answers it"),
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose people who may answer in your company.")},
    )
    due_on = forms.DateField(
        label=_("Due date"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_due_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["due_on"]
        if day and day < timezone.localdate() and "due_on" in self.changed_data:
            raise forms.ValidationError(_("This day has passed. Choose today or a later day."))
        return day

    def clean(self) -> None:
        if not self.errors and self.cleaned_data["due_on"] and not self.cleaned_data["people"]:
            self.add_error("people", _("Choose who answers it, or leave the date empty."))

    @property
    def wanted(self) -> Wanted:
        """What a valid form says."""
        return Wanted(frozenset(self.cleaned_data["people"]), self.cleaned_data["due_on"])


def section_people_forms(
    sections: Sequence[str],
    people: Sequence[User],
    held: Mapping[str, Sequence[SectionAssignment]],
    data: Any = None,
) -> dict[str, SectionPeopleForm]:
    """Return a form for each section, as it is assigned, or as it was sent in."""
    choices = [(str(person.pk), str(person)) for person in people]
    made = {}
    for section in sections:
        rows = held.get(section, ())
        initial = {
            "people": [str(row.person_id) for row in rows],
            "due_on": max((row.due_on for row in rows if row.due_on), default=None),
        }
        form = SectionPeopleForm(data, prefix=section, initial=initial)
        form.fields["people"].choices = choices  # type: ignore[attr-defined]
        made[section] = form
    return made


class MessageForm(forms.Form):
    """What someone says in a thread."""

    text = forms.CharField(
        label=_("Message"),
        max_length=LONGEST_MESSAGE,
        help_text=_("Write @ and a name to tell that person. Do not enter state or work secrets."),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write something first.")},
    )
