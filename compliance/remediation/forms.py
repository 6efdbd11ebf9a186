"""What people enter about remediation."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from compliance.accounts.models import User
from compliance.remediation.acting import target_of
from compliance.remediation.models import Milestone, RemediationAction
from compliance.selects import say_choose
from questionnaires.exact import short

LONGEST = 4_000
SECRETS = _("Do not enter state or work secrets.")
FURTHEST = dt.timedelta(days=3660)


class Day(forms.DateInput):
    """A day, picked or typed."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def check_day(day: dt.date) -> dt.date:
    """Refuse a day in the past, and one that nobody can mean."""
    today = timezone.localdate()
    if day < today:
        raise ValidationError(_("This day has passed."))
    if day > today + FURTHEST:
        raise ValidationError(_("This day is too far away."))
    return day


class ActionForm(forms.ModelForm):
    """The plan of an action."""

    percent = forms.DecimalField(
        label=_("Achievement that the gap reaches with it, in percent"),
        help_text=_("100 unless the gap is to be closed in part."),
        min_value=0,
        max_value=100,
        max_digits=9,
        decimal_places=6,
        initial=100,
    )

    class Meta:
        model = RemediationAction
        fields = ["title", "detail", "department", "owner", "means", "cost", "due_on"]
        widgets = {"due_on": Day(), "detail": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"detail": SECRETS}

    def __init__(
        self, *args: Any, people: Iterable[User], latest: dt.date | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.latest = latest
        if latest:
            self.fields["due_on"].initial = latest
            self.fields["due_on"].help_text = _(
                "Not later than %(day)s, when the regulator's time ends. For more, plan it and ask."
            ) % {"day": date_format(latest, "DATE_FORMAT")}
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = User.objects.filter(pk__in=[person.pk for person in people])
        say_choose(self)
        if self.instance._state.adding:
            return
        self.fields["percent"].initial = short(self.instance.reached * 100, 6)
        if self.instance.is_demanded:
            self.fields["due_on"].disabled = True
            self.fields["due_on"].help_text = _("Ask for more time to change this day.")

    def clean_due_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["due_on"]
        if self.latest and day > self.latest:
            raise ValidationError(
                _("The regulator gives time until %(day)s. Ask for more once this is planned."),
                params={"day": date_format(self.latest, "DATE_FORMAT")},
            )
        # The regulator's own day may have passed: what is planned then is late from the start.
        return day if day in (self.instance.due_on, self.latest) else check_day(day)

    def clean_percent(self) -> Any:
        percent = self.cleaned_data["percent"]
        if percent == 0:
            raise ValidationError(_("An action that changes nothing closes no gap."))
        return percent

    @property
    def planned(self) -> dict[str, Any]:
        """The fields of the plan; the form has to be valid."""
        given = dict(self.cleaned_data)
        return given | {"target": target_of(given.pop("percent"))}


def _text(label: Any, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=SECRETS,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ReportForm(forms.Form):
    """That an action is done."""

    text = _text(_("What was done, and how it can be seen"))


class InspectForm(forms.Form):
    """What a re-inspection came to."""

    closes = forms.ChoiceField(
        label=_("Re-inspection"),
        choices=[("yes", _("Done: close it")), ("no", _("Not done: send it back"))],
        widget=forms.RadioSelect,
    )
    note = _text(_("Note"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("closes") == "no" and not given.get("note") and "note" not in self.errors:
            self.add_error("note", ValidationError(_("Say what is still to be done.")))
        return given


class ExtensionForm(forms.Form):
    """A request for more time."""

    until = forms.DateField(label=_("Until"), widget=Day())
    reason = _text(_("Reason"))

    def __init__(self, *args: Any, due_on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.due_on = due_on

    def clean_until(self) -> dt.date:
        day: dt.date = check_day(self.cleaned_data["until"])
        if day <= self.due_on:
            raise ValidationError(_("This is not later than the day that is set."))
        return day


class AnswerExtensionForm(forms.Form):
    """The answer to a request for more time."""

    answer = forms.ChoiceField(
        label=pgettext_lazy("to a request", "Answer"),
        choices=[("grant", _("Grant")), ("refuse", _("Refuse"))],
        widget=forms.RadioSelect,
    )
    note = _text(_("Note"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("answer") == "refuse" and not given.get("note") and "note" not in self.errors:
            self.add_error("note", ValidationError(_("Say why not.")))
        return given


class MilestoneForm(forms.ModelForm):
    """A step on the way."""

    class Meta:
        model = Milestone
        fields = ["title", "due_on"]
        widgets = {"due_on": Day()}
        help_texts = {"title": SECRETS}

    def clean_due_on(self) -> dt.date:
        return check_day(self.cleaned_data["due_on"])
