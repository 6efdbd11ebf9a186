"""What people say when they ask for signature, approve, decline and withdraw."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from compliance.accounts.models import User
from compliance.assessments.models import SignOff
from compliance.assessments.submissions.people import Team
from compliance.assessments.submissions.sealing import EXTENSIONS
from compliance.organisations.forms.fields import CreditCodeField
from compliance.selects import say_choose
from questionnaires.forms.controls import clean_text

THIRD_PARTY = ("third_party", "third_party_code", "third_party_scope")


class Words(forms.CharField):
    """Words without control characters and outer blanks."""

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value))


class RequestForm(forms.ModelForm):
    """Who prepared it, and which assessor from outside took part, if any."""

    class Meta:
        model = SignOff
        fields = ["prepared_by", *THIRD_PARTY]
        field_classes = {
            "third_party": Words,
            "third_party_code": CreditCodeField,
            "third_party_scope": Words,
        }
        labels = {"third_party": _("Name")}
        widgets = {"third_party_scope": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "prepared_by": _("Whoever gathered the answers. You are named as the one who checked."),
            "third_party": _("Only where someone from outside took part."),
            "third_party_scope": _(
                "Which parts it assessed, and how. Do not enter state or work secrets."
            ),
        }

    def __init__(self, *args: Any, team: Team, checked_by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["prepared_by"]
        assert isinstance(field, forms.ModelChoiceField)
        names = [user.pk for user in team.preparers]
        field.queryset = User.objects.filter(pk__in=names).order_by("name", "email")
        others = [user for user in team.preparers if user != checked_by] or team.preparers
        if len(others) == 1:
            field.initial = others[0].pk
        say_choose(self)

    def clean(self) -> dict[str, Any] | None:
        given = {name: self.cleaned_data.get(name) for name in THIRD_PARTY}
        if any(given.values()):
            for name, value in given.items():
                if not value and name not in self.errors:
                    self.add_error(name, _("Say this too, or leave all three empty."))
        return super().clean()

    @property
    def third_party(self) -> dict[str, str]:
        """The fields of the sign-off about an assessor from outside."""
        return {name: self.cleaned_data[name] for name in THIRD_PARTY}


class ApproveForm(forms.ModelForm):
    """The representative's name and capacity, and that they declare what they have read."""

    declared = forms.BooleanField(
        label=_("I have read the commitment and the summary, and declare this for the company.")
    )

    class Meta:
        model = SignOff
        fields = ["representative", "capacity"]
        field_classes = {"representative": Words}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.Meta.fields:
            self.fields[name].required = True
        say_choose(self)


class ReasonForm(forms.Form):
    """Why someone declines or withdraws."""

    reason = Words(
        label=_("Reason"),
        help_text=_("Do not enter state or work secrets."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ScanForm(forms.Form):
    """The scan of the sealed page."""

    file = forms.FileField(
        label=_("Scan of the sealed page"),
        help_text=_(
            "PDF, PNG or JPEG, at most 20 MB. It is kept beside the submission."
            " It must not contain state or work secrets."
        ),
        allow_empty_file=True,  # its own message says so
        widget=forms.FileInput(attrs={"accept": ",".join(EXTENSIONS)}),
    )
