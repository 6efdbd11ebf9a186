"""What people say about a file or a link when they add it as evidence."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from compliance.assessments.evidence.kinds import EXTENSIONS
from compliance.assessments.models import Evidence
from compliance.assessments.models.evidence import only_web_addresses
from questionnaires.forms.controls import clean_text

SECRETS = _("Do not enter state or work secrets.")


class EvidenceForm(forms.ModelForm):
    """The title and the dates of evidence."""

    class Meta:
        model = Evidence
        fields = ["title", "issued_on", "expires_on"]
        help_texts = {
            "title": SECRETS,
            "expires_on": _("The last day on which it is valid, if it has one."),
        }
        widgets = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            for name in ("issued_on", "expires_on")
        }

    def clean_title(self) -> str:
        return "".join(c for c in clean_text(self.cleaned_data["title"]) if c.isprintable())

    def clean(self) -> dict[str, Any] | None:
        issued, expires = (self.cleaned_data.get(name) for name in ("issued_on", "expires_on"))
        if issued and expires and expires < issued:
            self.add_error("expires_on", _("It cannot expire before it was issued."))
        return super().clean()


class FileForm(EvidenceForm):
    """A file that someone sends."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "PDF, OFD, .docx, .xlsx, .pptx, PNG, JPEG, WebP, .txt or .csv, at most 20 MB."
            " It must not contain state or work secrets."
        ),
        allow_empty_file=True,  # its own message says so
        widget=forms.FileInput(attrs={"accept": ",".join(EXTENSIONS)}),
    )
    field_order = ["file", "title", "issued_on", "expires_on"]

    class Meta(EvidenceForm.Meta):
        pass


class LinkForm(EvidenceForm):
    """The address of something that can be seen elsewhere."""

    field_order = ["address", "title", "issued_on", "expires_on"]

    class Meta(EvidenceForm.Meta):
        fields = ["address", *EvidenceForm.Meta.fields]
        help_texts = EvidenceForm.Meta.help_texts | {
            "address": _("Begins with https:// or http://. The site never opens it by itself.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].required = True

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        only_web_addresses(address)  # here already: what is wrong is said once
        return address
