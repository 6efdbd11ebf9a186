"""What a form has changed, for the record."""

from collections.abc import Collection
from typing import Any

from django.db import models
from django.forms import ModelForm
from django.forms.models import model_to_dict

from compliance.audit.actions import Action
from compliance.audit.recording import Actor, record


def said(row: models.Model, names: Collection[str]) -> dict[str, Any]:
    """Return these fields of a row as JSON can hold them."""
    return {
        name: value if value is None or isinstance(value, str | bool | int) else str(value)
        for name, value in model_to_dict(row, names).items()
    }


def save_and_record(
    form: ModelForm, action: Action, *, by: Actor, chain: models.Model
) -> models.Model:
    """Store the row of a valid form that changes it, and record what differs; nothing if nothing.

    Call it in a transaction.
    """
    names = [name for name in form.changed_data if name in (form._meta.fields or ())]
    row: models.Model = form.instance
    if names:
        old = said(type(row)._default_manager.get(pk=row.pk), names)
        form.save()
        record(action, by=by, chain=chain, about=row, old=old, new=said(row, names))
    return row
