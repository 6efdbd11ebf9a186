"""What a regulator enters to begin a campaign."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from compliance.deadlines import Deadline, Unit, due
from compliance.language import page_language
from compliance.library.models import QuestionnaireVersion
from compliance.organisations.forms.fields import RegionsField
from compliance.organisations.industries import industry_choices
from compliance.organisations.models import Organisation
from compliance.organisations.models.organisation import OrganisationQuerySet
from compliance.oversight.campaigns import companies_for
from compliance.oversight.models import InvitedQuerySet

SEPARATORS = re.compile(r"[\s,;，；、]+")
MOST_CODES = 2_000


PROGRESS = {
    "lacking": Q(submitted_at=None),
    "idle": Q(submitted_at=None, started=False),
    "started": Q(submitted_at=None, started=True),
    "submitted": Q(submitted_at__isnull=False),
}
"""How far an invited company is, of rows `with_progress`."""


class InviteForm(forms.Form):
    """Which companies are meant: by region, industry, or one by one."""

    regions = RegionsField(
        label=_("Regions"),
        help_text=_("Codes or Chinese names, such as 110105 or 北京市朝阳区, separated by commas."),
        required=False,
        max_length=2000,
    )
    industries = forms.MultipleChoiceField(
        label=_("Industries"),
        help_text=_("None chosen means all."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    codes = forms.CharField(
        label=_("Companies by unified social credit code"),
        help_text=_("One a line, besides those above."),
        required=False,
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, regulator: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.regulator = regulator
        self.companies: OrganisationQuerySet = Organisation.objects.none()
        industries = self.fields["industries"]
        assert isinstance(industries, forms.MultipleChoiceField)
        industries.choices = industry_choices()

    def clean_codes(self) -> list[str]:
        codes = list(filter(None, SEPARATORS.split(self.cleaned_data["codes"].upper())))
        if len(codes) > MOST_CODES:
            raise ValidationError(
                _("These are more than %(most)d codes."), params={"most": MOST_CODES}
            )
        return codes

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.errors:
            return given
        self.companies = companies_for(
            self.regulator, given["regions"], given["industries"], given["codes"]
        )
        if not self.companies.exists():
            raise ValidationError(
                _(
                    "No registered company in your jurisdiction fits."
                    " Name regions, industries or codes."
                )
            )
        missing = set(given["codes"]) - set(
            self.companies.filter(credit_code__in=given["codes"]).values_list(
                "credit_code", flat=True
            )
        )
        if missing:
            self.add_error(
                "codes",
                ValidationError(
                    _("Not registered, or outside of your jurisdiction: %(codes)s"),
                    params={"codes": ", ".join(sorted(missing)[:10])},
                ),
            )
        return given


class CampaignForm(InviteForm):
    """A campaign, and whom it invites."""

    title = forms.CharField(label=_("Title"), max_length=200)
    notice = forms.CharField(
        label=_("Notice to the companies"),
        help_text=_("Do not enter state or work secrets."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    questionnaire = forms.ChoiceField(label=_("Questionnaire"))
    amount = forms.IntegerField(
        label=_("Time to submit"),
        help_text=_(
            "A number such as 20, in the unit below. Days are counted from the day after the"
            " campaign begins; the date is shown before you begin it."
        ),
        min_value=1,
        max_value=720,
    )
    unit = forms.ChoiceField(label=_("Counted in"), choices=Unit.choices, initial=Unit.WORKING_DAYS)
    field_order = ("title", "notice", "questionnaire", "amount", "unit")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["questionnaire"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (version.key, version.title(page_language()))
            for version in QuestionnaireVersion.objects.open_for_new().defer("document")
        ]

    @property
    def ends(self) -> Deadline:
        """Until when companies would have time if it began now; the form has to be valid."""
        return due(timezone.now(), self.cleaned_data["amount"], Unit(self.cleaned_data["unit"]))

    @property
    def told(self) -> dict[str, Any]:
        """The fields of the campaign; the form has to be valid."""
        names = ("title", "notice", "questionnaire", "amount", "unit")
        return {name: self.cleaned_data[name] for name in names}


class ProgressForm(forms.Form):
    """To which companies the list of a campaign is narrowed, by how far they are."""

    progress = forms.ChoiceField(
        label=_("Progress"),
        required=False,
        choices=[
            ("", _("All")),
            ("lacking", _("Not submitted")),
            ("idle", _("Not started")),
            ("started", pgettext_lazy("state", "Started")),
            ("submitted", _("Submitted")),
        ],
    )

    def narrow(self, invited: InvitedQuerySet) -> InvitedQuerySet:
        """Return those that are as far as was asked for; a choice that is none is left out."""
        self.is_valid()
        return invited.filter(PROGRESS.get(self.cleaned_data.get("progress", ""), Q()))
