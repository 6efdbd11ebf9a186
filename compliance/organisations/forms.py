"""What a company says about the subjects that it assesses."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from compliance.organisations.models import Organisation, Subject
from compliance.selects import say_choose


class SubjectForm(forms.ModelForm):
    """A new subject of one of the given companies; the only company is not asked for."""

    class Meta:
        model = Subject
        fields = [
            "organisation",
            "name",
            "kind",
            "company_role",
            "version",
            "address",
            "launched_on",
            "filing_number",
        ]
        widgets = {"launched_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, companies: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation = self.fields["organisation"]
        assert isinstance(organisation, forms.ModelChoiceField)
        organisation.queryset = companies
        if len(companies) == 1:
            del self.fields["organisation"]
            self.instance.organisation = companies[0]
        say_choose(self)
