"""The form that starts an assessment."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language

from compliance.accounts.models import User
from compliance.assessments.models import Assessment
from compliance.library.models import QuestionnaireVersion
from compliance.organisations.access import companies_to_start_in
from compliance.organisations.models import Subject
from compliance.selects import say_choose


class VersionChoice(forms.ModelChoiceField):
    """A published version by its title in the language of the page."""

    def label_from_instance(self, version: QuestionnaireVersion) -> str:
        return f"{version.title(get_language() or '')} {version.version}"


class UpgradeForm(forms.ModelForm):
    """As of which day the answers of the new assessment hold, and the version that was shown."""

    version = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = Assessment
        fields = ["reference_date"]
        widgets = {"reference_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class StartForm(forms.ModelForm):
    """Which questionnaire, about which subject, in which situation, as of which day.

    Offers the subjects of companies where `user` may start assessments. Raises PermissionDenied
    where there is none.
    """

    class Meta:
        model = Assessment
        fields = ["version", "subject", "situation", "reference_date"]
        field_classes = {"version": VersionChoice}
        widgets = {"reference_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.created_by = user
        companies = companies_to_start_in(user)
        self._offer("version", QuestionnaireVersion.objects.open_for_new())
        self._offer("subject", Subject.objects.filter(organisation__in=companies))
        self.fields["reference_date"].initial = timezone.localdate
        say_choose(self)

    def _offer(self, name: str, queryset: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = queryset
