"""What the parties to a dispute enter."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.organisations.models import Organisation
from compliance.reviews.forms import LONGEST
from compliance.reviews.models import Dispute, Opinion

SECRETS = gettext_lazy("Do not enter state or work secrets.")


def _text(label: Any, help_text: Any = SECRETS) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class ContestForm(forms.Form):
    """Why a company contests a finding, and before whose panel."""

    association = forms.ModelChoiceField(
        label=gettext_lazy("Association"),
        help_text=gettext_lazy("Its panel gives an opinion. Trade secrets are hidden from it."),
        queryset=Organisation.objects.filter(kind=Organisation.Kind.ASSOCIATION),
    )
    grounds = _text(
        gettext_lazy("Grounds"),
        gettext_lazy(
            "The regulator and the panel read this. State secrets and work secrets must not be"
            " entered, nor trade secrets."
        ),
    )


class OpinionForm(forms.Form):
    """A panellist's opinion."""

    side = forms.ChoiceField(
        label=gettext_lazy("Opinion"), choices=Opinion.Side.choices, widget=forms.RadioSelect
    )
    reasons = _text(gettext_lazy("Reasons"))


class DisputeDecisionForm(forms.Form):
    """The lead's decision on a dispute; without an opinion none is adopted or declined."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Opinion of the panel"),
        choices=[
            choice
            for choice in Dispute.Outcome.choices
            if choice[0] != Dispute.Outcome.WITHOUT_OPINION
        ],
        widget=forms.RadioSelect,
    )
    effect = forms.ChoiceField(
        label=gettext_lazy("What counts"),
        choices=Dispute.Effect.choices,
        widget=forms.RadioSelect,
    )
    achievement = forms.DecimalField(
        label=gettext_lazy("Achievement that follows, in percent"),
        help_text=gettext_lazy("0 to 100, where another achievement counts."),
        required=False,
        min_value=0,
        max_value=100,
        max_digits=9,
        decimal_places=6,
    )
    reasons = _text(gettext_lazy("Reasons"))

    def __init__(self, *args: Any, has_opinion: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_opinion:
            del self.fields["outcome"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        needed = given.get("effect") == Dispute.Effect.ACHIEVEMENT
        lacking = needed and given.get("achievement") is None
        if lacking and "achievement" not in self.errors:
            follows = ValidationError(_("Enter the achievement that counts."))
            self.add_error("achievement", follows)
        return given
