"""What is entered about the people of an organisation."""

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import (
    password_validators_help_text_html,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compliance.accounts.models import User, fold
from compliance.organisations.models import Deputyship, Invitation, Organisation, Role
from compliance.organisations.people import colleagues, roles_of
from compliance.permissions import TAKE_OVER
from compliance.selects import say_choose

LONGEST_ABSENCE = dt.timedelta(days=366)


class RolesField(forms.TypedMultipleChoiceField):
    """Roles to tick, of those that there are in the organisation."""

    def __init__(self, organisation: Organisation, **kwargs: Any) -> None:
        choices = [(role.value, role.label) for role in Role if role in organisation.possible_roles]
        super().__init__(
            label=_("Roles"),
            choices=choices,
            coerce=Role,
            widget=forms.CheckboxSelectMultiple,
            **kwargs,
        )


class InvitationForm(forms.Form):
    """Who is invited to which roles."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    language = forms.ChoiceField(label=_("Language of the e-mail"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        self.fields["roles"] = RolesField(organisation)
        self.fields["language"].initial = get_language()
        self.order_fields(["email", "roles", "language"])

    def clean_email(self) -> str:
        email = fold(self.cleaned_data["email"])
        if colleagues(self.organisation).filter(email=email).exists():
            raise ValidationError(_("This person is here already. Change their roles instead."))
        waiting = Invitation.objects.unanswered().filter(organisation=self.organisation)
        if waiting.filter(email=email).exists():
            raise ValidationError(_("This address has been invited. Send the invitation again."))
        return email


class RolesForm(forms.Form):
    """The roles of someone who belongs to the organisation: one at least."""

    def __init__(self, *args: Any, organisation: Organisation, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"] = RolesField(
            organisation,
            initial=sorted(roles_of(organisation, person)),
            error_messages={
                "required": _("Leave one role at least, or end the membership instead.")
            },
        )


class SuccessorForm(forms.Form):
    """Who takes over the open work of someone who leaves."""

    successor = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Who takes over the open work"),
        required=False,
        empty_label=_("Nobody: it waits until someone is assigned"),
    )

    def __init__(self, *args: Any, organisation: Organisation, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        successor = self.fields["successor"]
        assert isinstance(successor, forms.ModelChoiceField)
        successor.queryset = colleagues(organisation, TAKE_OVER.roles, but=person)


class DeputyForm(forms.ModelForm):
    """Who stands in for whom, from when to when; without `anyone` only for oneself."""

    class Meta:
        model = Deputyship
        fields = ["absent", "deputy", "first_day", "last_day"]
        widgets = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            for name in ("first_day", "last_day")
        }
        help_texts = {
            "deputy": _("They hold all roles of the absent person here, besides their own."),
            "last_day": _("This day is included."),
        }

    def __init__(
        self, *args: Any, organisation: Organisation, by: User, anyone: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.instance.organisation = organisation
        people = colleagues(organisation)
        if anyone:
            self._offer("absent", people, by)
        else:
            del self.fields["absent"]
            self.instance.absent = by
            people = people.exclude(pk=by.pk)
        self._offer("deputy", people, None)
        self.fields["first_day"].initial = timezone.localdate
        say_choose(self)

    def _offer(self, name: str, people: Any, initial: User | None) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset, field.initial = people, initial

    def clean(self) -> None:
        super().clean()
        found = self.cleaned_data
        absent = found.get("absent") if "absent" in self.fields else self.instance.absent
        if absent is not None and found.get("deputy") == absent:
            self.add_error("deputy", _("Nobody stands in for themselves."))
        first, last = found.get("first_day"), found.get("last_day")
        if not (first and last):
            return
        if last < first:
            self.add_error("last_day", _("The last day is before the first."))
        elif last < timezone.localdate():
            self.add_error("last_day", _("This day has passed. Choose today or a later day."))
        elif last - first > LONGEST_ABSENCE:
            self.add_error("last_day", _("At most a year: choose an earlier day."))


class NewPersonForm(forms.Form):
    """Name and password of someone who has no account and was invited."""

    name = forms.CharField(
        label=_("Full name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=password_validators_help_text_html,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        validators=[MaxLengthValidator(256)],  # hashing takes longer for longer ones
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> None:
        super().clean()
        password = self.cleaned_data.get("password")
        if password is not None:
            person = User(email=self.email, name=self.cleaned_data.get("name", ""))
            try:
                validate_password(password, person)
            except ValidationError as error:
                self.add_error("password", error)
