"""What a list to choose from says before anything is chosen."""

from django import forms
from django.utils.translation import gettext_lazy as _

CHOOSE = _("Choose one")


def say_choose(form: forms.BaseForm) -> None:
    """Let every list of the form that begins with an empty line ask there to choose."""
    for field in form.fields.values():
        if isinstance(field, forms.ModelChoiceField):
            field.empty_label = field.empty_label and CHOOSE
        elif isinstance(field, forms.ChoiceField):
            options = list(field.widget.choices)
            field.choices = [(value, label if value else CHOOSE) for value, label in options]
