"""What part of the traceability matrix someone wants to see."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from compliance.library.matrix_rows import Selection
from questionnaires.document import Instrument, Questionnaire
from questionnaires.parts import Bilingual, Language

Choice = tuple[str, str]


class SelectionForm(forms.Form):
    """Three filters, each with everything as the first choice."""

    instrument = forms.ChoiceField(label=_("Source"), required=False)
    domain = forms.ChoiceField(label=_("Domain"), required=False)
    questionnaire = forms.ChoiceField(label=_("Questionnaire"), required=False)

    def offer(
        self,
        instruments: Iterable[Instrument],
        domains: Iterable[tuple[str, Bilingual]],
        questionnaires: Iterable[Questionnaire],
        language: Language,
    ) -> None:
        """Fill the choices."""
        choices = {
            "instrument": [(each.id, each.title.to(language)) for each in instruments],
            "domain": [(name, title.to(language)) for name, title in domains],
            "questionnaire": [(each.id, each.title.to(language)) for each in questionnaires],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("All")), *offered]

    def selection(self) -> Selection:
        """Return what was chosen, once the form is valid."""
        return Selection(**self.cleaned_data)
