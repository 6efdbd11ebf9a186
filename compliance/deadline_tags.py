"""Deadlines in templates: {% load deadlines %} {{ review.due_at|last_day }}."""

import datetime as dt

from django import template

from compliance import deadlines

register = template.Library()


@register.filter
def last_day(at: dt.datetime | None) -> str:
    """Write the end of a time limit: its last day, or the moment where it ends within a day."""
    return deadlines.written(at) if at else ""


@register.filter
def calendar_warning(at: dt.datetime | None) -> str:
    """Say which year's holidays are not known yet, for an end in working days; else nothing."""
    return str(deadlines.warning_about(at)) if at else ""
