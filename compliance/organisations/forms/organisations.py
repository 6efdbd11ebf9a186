"""What is entered about an organisation itself."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compliance.organisations.forms.fields import CreditCodeField, RegionField, RegionsField
from compliance.organisations.models import Organisation
from compliance.organisations.models.organisation import DETAILS
from compliance.organisations.models.roles import Kind
from compliance.selects import say_choose

REGISTERED_ALREADY = _(
    "A company with this code is registered already. Ask its compliance officer to invite you:"
    " the e-mail with the invitation leads you in. If nobody in your company has registered it,"
    " write to the administrator of this site."
)
REGION_HELP = _(
    "The six-digit code of the district or county (GB/T 2260), or its name in Chinese, such as"
    " 110105 or 北京市朝阳区."
)


class OrganisationForm(forms.ModelForm):
    """The details of an organisation; a credit code, once stored, stays."""

    free_text = True
    region = RegionField(help_text=REGION_HELP, required=False)

    class Meta:
        model = Organisation
        fields = DETAILS
        field_classes = {"credit_code": CreditCodeField}
        widgets = {"contact_phone": forms.TextInput(attrs={"type": "tel"})}
        labels = {"name": _("Name in Chinese")}
        help_texts = {
            "name": _("As on the business licence."),
            "credit_code": _("18 characters, on the business licence."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        company = self.instance.kind == Kind.COMPANY
        for name in ("credit_code", "region", "industry"):
            if name in self.fields:
                self.fields[name].required = company
        region = self.fields["region"]
        assert isinstance(region, RegionField)
        region.exact = company
        if not company:
            self.fields.pop("industry", None)
            self.fields["name"].help_text = ""
            self.fields["credit_code"].help_text = ""
        if self.instance.credit_code and not self.instance._state.adding:
            self.fields["credit_code"].disabled = True
            self.fields["credit_code"].help_text = _("Only a site administrator can change it.")
        say_choose(self)

    def clean_credit_code(self) -> str:
        code: str = self.cleaned_data["credit_code"]
        others = Organisation.objects.exclude(pk=self.instance.pk)
        if code and others.filter(credit_code=code).exists():
            raise ValidationError(REGISTERED_ALREADY, code="registered")
        return code


class JurisdictionForm(OrganisationForm):
    """The details of a regulator, with the regions in which it checks."""

    jurisdiction = RegionsField(
        label=_("Jurisdiction"),
        help_text=_("Codes or names of regions, one a line. 000000 is the whole country."),
    )


class NewOrganisationForm(JurisdictionForm):
    """A regulator or association, and who is invited as its first person."""

    email = forms.EmailField(
        label=_("E-mail address of the first person"),
        max_length=254,
        help_text=_("They are invited, and can invite the others."),
    )
    language = forms.ChoiceField(label=_("Language of the e-mail"), choices=settings.LANGUAGES)

    class Meta(OrganisationForm.Meta):
        fields = ["kind", "name", "name_en", "credit_code", "region", "address"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, instance=Organisation(kind=Kind.REGULATOR), **kwargs)
        kinds = [(kind.value, kind.label) for kind in (Kind.REGULATOR, Kind.ASSOCIATION)]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["jurisdiction"].required = False
        self.fields["language"].initial = get_language()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "jurisdiction" not in cleaned:
            return cleaned
        regulator, named = cleaned.get("kind") == Kind.REGULATOR, bool(cleaned["jurisdiction"])
        if regulator and not named:
            self.add_error("jurisdiction", _("Say in which regions the regulator checks."))
        if not regulator and named:
            self.add_error("jurisdiction", _("Only a regulator has a jurisdiction."))
        return cleaned
