"""What a company says about the subjects that it assesses."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from compliance.organisations.models import Organisation, Subject
from compliance.selects import say_choose

DESCRIPTION = [
    "name",
    "kind",
    "company_role",
    "version",
    "address",
    "launched_on",
    "filing_number",
]


class SubjectForm(forms.ModelForm):
    """A subject as its company describes it."""

    free_text = True

    class Meta:
        model = Subject
        fields = DESCRIPTION
        widgets = {"launched_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_choose(self)


class NewSubjectForm(SubjectForm):
    """A new subject of one of the given companies; the only company is not asked for."""

    class Meta(SubjectForm.Meta):
        fields = ["organisation", *DESCRIPTION]

    def __init__(self, *args: Any, companies: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation = self.fields["organisation"]
        assert isinstance(organisation, forms.ModelChoiceField)
        organisation.queryset = companies
        if len(companies) == 1:
            del self.fields["organisation"]
            self.instance.organisation = companies[0]
