"""What reviewers enter: findings, whom a review is given to, the decision."""

from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from compliance.accounts.models import User
from compliance.reviews.findings import Word
from compliance.reviews.models import Decision, Finding
from compliance.selects import say_choose

LONGEST = 4_000
Kind = Finding.Kind
NEEDS_REASON = {Kind.ADJUST, Kind.ASK, Kind.REJECT_CLAIM, Kind.ACCEPT_MEASURE}
MAY_SET = {Kind.ADJUST, Kind.REJECT_CLAIM}


class FindingForm(forms.Form):
    """A reviewer's word on one criterion; only the kinds that fit the criterion are offered."""

    kind = forms.ChoiceField(label=_("Finding"), widget=forms.RadioSelect)
    achievement = forms.DecimalField(
        label=_("New achievement, in percent"),
        help_text=_(
            "0 to 100, for an adjustment. A rejected “not applicable” counts 0 unless you enter"
            " more."
        ),
        required=False,
        min_value=0,
        max_value=100,
        max_digits=9,
        decimal_places=6,
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_(
            "Needed unless you agree. The company reads it once the review is decided. Do not enter"
            " state or work secrets."
        ),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self, *args: Any, offered: list[Finding.Kind], criterion: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criterion = criterion
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(kind.value, kind.label) for kind in offered]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        kind = given.get("kind")
        if kind in NEEDS_REASON and not given.get("reason") and "reason" not in self.errors:
            self.add_error(
                "reason", ValidationError(_("Say why: the company has to understand it."))
            )
        lacking = kind == Kind.ADJUST and given.get("achievement") is None
        if lacking and "achievement" not in self.errors:
            entered = ValidationError(_("Enter the achievement that you found."))
            self.add_error("achievement", entered)
        return given

    @property
    def word(self) -> Word:
        """What the form says; it has to be valid."""
        given = self.cleaned_data
        kind, percent = Finding.Kind(given["kind"]), given["achievement"]
        achievement = Fraction(percent) / 100 if kind in MAY_SET and percent is not None else None
        return Word(self.criterion, kind, achievement, given["reason"])


class AssignForm(forms.Form):
    """Whom a review is given to, and by when."""

    person = forms.ModelChoiceField(label=_("Reviewer"), queryset=User.objects.none())
    working_days = forms.IntegerField(
        label=_("Working days from today"),
        help_text=_("Left empty, the review has no date."),
        required=False,
        min_value=1,
        max_value=250,
    )

    def __init__(self, *args: Any, reviewers: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = User.objects.filter(pk__in=[user.pk for user in reviewers])
        say_choose(self)


class LookForm(forms.Form):
    """The lead's second look at one finding; sending it back needs a note."""

    finding = forms.UUIDField(widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    answer = forms.ChoiceField(choices=[("confirm", ""), ("send_back", "")])
    note = forms.CharField(
        label=_("Note to the reviewer"),
        help_text=_("Do not enter state or work secrets."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("answer") == "send_back" and not given.get("note"):
            self.add_error("note", ValidationError(_("Say what the reviewer should change.")))
        return given


class DecisionForm(forms.Form):
    """How a review ends."""

    decision = forms.ChoiceField(
        label=_("Decision"), choices=Decision.choices, widget=forms.RadioSelect
    )
    demanded = forms.MultipleChoiceField(label=_("Gaps to be closed"), required=False)
    statement = forms.CharField(
        label=_("Statement to the company"),
        help_text=_(
            "Needed for a return or a demand. It is printed in the letter. Do not enter state or"
            " work secrets."
        ),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    working_days = forms.IntegerField(
        label=_("Working days to respond"),
        help_text=_("For a return or a demand: the company sees when its time ends."),
        required=False,
        min_value=1,
        max_value=250,
    )

    def __init__(self, *args: Any, gaps: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["demanded"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = gaps

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        demands = given.get("decision") == Decision.DEMAND
        if demands and not given.get("demanded") and "demanded" not in self.errors:
            self.add_error("demanded", ValidationError(_("Choose at least one gap to be closed.")))
        asks = given.get("decision") in (Decision.RETURN, Decision.DEMAND)
        if asks and not given.get("statement") and "statement" not in self.errors:
            self.add_error("statement", ValidationError(_("Say what the company should do.")))
        if asks and not given.get("working_days") and "working_days" not in self.errors:
            self.add_error("working_days", ValidationError(_("Give the company time to respond.")))
        return given
