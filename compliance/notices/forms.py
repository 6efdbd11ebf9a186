"""What a person chooses about their notices."""

from django import forms

from compliance.notices.models import Preference


class PreferenceForm(forms.ModelForm):
    """When one receives e-mail."""

    class Meta:
        model = Preference
        fields = ["mail"]
        widgets = {"mail": forms.RadioSelect}
