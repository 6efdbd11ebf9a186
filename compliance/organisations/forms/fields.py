"""Fields for codes that people write in several ways."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.organisations import credit_codes, regions

SHOWN_AT_MOST = 8
LONGEST_LIST = 5000
UNKNOWN = gettext_lazy("There is no region with this code or name.")


class CreditCodeField(forms.CharField):
    """A unified social credit code; spaces, hyphens and small letters are put right."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        # No `maxlength`: it would cut a code that is pasted with spaces.
        return {"autocomplete": "off", "spellcheck": "false"}

    def to_python(self, value: Any) -> str:
        return credit_codes.normal(super().to_python(value) or "")


class RegionField(forms.CharField):
    """A region by its code or its Chinese name; the value is the code.

    `exact`: only a county, or a city without counties.
    """

    def __init__(self, *, exact: bool = False, **kwargs: Any) -> None:
        super().__init__(label=gettext_lazy("Region"), max_length=100, **kwargs)
        self.exact = exact

    def to_python(self, value: Any) -> str:
        written = super().to_python(value) or ""
        if not written or len(written) > 100:
            return written  # too long: the validator says so
        return read_region(written, exact=self.exact)

    def prepare_value(self, value: Any) -> Any:
        return full_name(value)


class RegionsField(forms.CharField):
    """Several regions, separated by commas or line breaks; the value is the list of their codes."""

    widget = forms.Textarea(attrs={"rows": 3})

    def to_python(self, value: Any) -> Any:
        written = super().to_python(value) or ""
        if len(written) > LONGEST_LIST:
            raise ValidationError(UNKNOWN, code="unknown")
        parts = re.split(r"[,，、;；\n]", written)
        return list(dict.fromkeys(read_region(part) for part in parts if part.strip()))

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(full_name, value)) if isinstance(value, list) else value


def read_region(written: str, *, exact: bool = False) -> str:
    """Return the code of the only region that this may be; raise ValidationError."""
    found = regions.regions_called(written)
    if not found:
        raise ValidationError(UNKNOWN, code="unknown")
    if len(found) > 1:
        raise ValidationError(
            _("Several regions have this name. Write the code of yours: %(choices)s."),
            code="ambiguous",
            params={"choices": named(found)},
        )
    if exact and not found[0].exact:
        raise ValidationError(
            _("Name the district or county within it, such as %(choices)s."),
            code="inexact",
            params={"choices": named(regions.exact_within(found[0].code))},
        )
    return found[0].code


def full_name(code: Any) -> Any:
    """Return the name that stands in a field for a code; what is no code stays as it was typed."""
    place = regions.region(code) if isinstance(code, str) else None
    return code if place is None else place.full_name


def named(places: list[regions.Region]) -> str:
    """Return names with codes, not too many."""
    shown = [f"{place.code} {place.full_name}" for place in places[:SHOWN_AT_MOST]]
    return _(", ").join(shown) + ("…" if len(places) > SHOWN_AT_MOST else "")
