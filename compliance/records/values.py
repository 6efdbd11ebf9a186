"""What one field of the record holds, in words: a choice, a day, a share, a region."""

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.formats import date_format

from compliance import deadlines
from compliance.audit.actions import Action
from compliance.audit.models import Event
from compliance.organisations.regions import region
from questionnaires.exact import short

KEPT_WITH: Mapping[str, tuple[str, str]] = {
    "side": ("reviews.opinion", "side"),
    "due": ("reviews.review", "due_at"),
    "until": ("remediation.extension", "until"),
    "answer": ("remediation.extension", "answer"),
    "kind": ("organisations.organisation", "kind"),
    "credit_code": ("organisations.organisation", "credit_code"),
    "region": ("organisations.organisation", "region"),
}
"""What is said of one thing and kept with another, or of the organisation whose record it is."""

SHARES = frozenset({"achievement", "target"})
"""What is stored as a fraction of 1."""


def field_of(event: Event, name: str) -> Any:
    """Return the field that holds what an event says under this name; None where there is none."""
    if event.action == Action.JURISDICTION_CHANGED:
        return _field("organisations.jurisdiction", "region")
    if not name:
        return None
    return _field(event.about, name) or (_field(*KEPT_WITH[name]) if name in KEPT_WITH else None)


def value_words(field: Any, name: str, value: str) -> str:
    """Return what was stored as people read it; what cannot be read so stays as it is."""
    if field is not None and field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    try:
        if isinstance(field, models.DateTimeField):
            return deadlines.written(dt.datetime.fromisoformat(value))
        if isinstance(field, models.DateField):
            return date_format(dt.date.fromisoformat(value), "DATE_FORMAT")
        if name in SHARES:
            return f"{short(Fraction(value) * 100, 6)}%"
    except (ValueError, ZeroDivisionError):
        return value
    if field is not None and field.name == "region":
        return str(region(value) or value)
    return value


def _field(model: str, name: str) -> Any:
    try:
        return apps.get_model(model)._meta.get_field(name) if model else None
    except (LookupError, ValueError, FieldDoesNotExist):
        return None
