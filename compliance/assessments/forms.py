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


class SubjectChoice(forms.ModelChoiceField):
    """A subject with its version and, for those who work for several companies, its company."""

    several_companies = False

    def label_from_instance(self, subject: Subject) -> str:
        label = f"{subject.name} {subject.version}".strip()
        return f"{label} · {subject.organisation}" if self.several_companies else label


class UpgradeForm(forms.ModelForm):
    """As of which day the answers of the new assessment hold, and the version that was shown."""

    version = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = Assessment
        fields = ["reference_date"]
        widgets = {"reference_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class StartForm(forms.ModelForm):
    """Which questionnaire, about which subject, in which situation, as of which day.

    Offers the current subjects of companies where `user` may start assessments. Raises
    PermissionDenied where there is none.
    """

    class Meta:
        model = Assessment
        fields = ["version", "subject", "situation", "reference_date"]
        field_classes = {"version": VersionChoice, "subject": SubjectChoice}
        widgets = {"reference_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.created_by = user
        companies = companies_to_start_in(user)
        self._offer("version", QuestionnaireVersion.objects.open_for_new())
        subjects = Subject.objects.current().filter(organisation__in=companies)
        self._offer("subject", subjects.select_related("organisation"))
        self.fields["subject"].several_companies = len(companies) > 1  # type: ignore[attr-defined]
        self.fields["reference_date"].initial = timezone.localdate
        say_choose(self)

    def _offer(self, name: str, queryset: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = queryset
