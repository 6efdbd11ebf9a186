"""How pages word what questionnaires hold; the active language decides."""

import datetime

from django import template
from django.utils.translation import pgettext

from compliance.language import page_language
from questionnaires.document import Instrument, InstrumentStatus
from questionnaires.exact import short
from questionnaires.law import status_on
from questionnaires.parts import Bilingual

register = template.Library()
register.filter("short", short)


@register.filter
def say(words: Bilingual | None) -> str:
    """Return the words in the language of the page; nothing where there are none."""
    return words.to(page_language()) if words else ""


@register.filter
def day(given: datetime.date | str | None) -> str:
    """Return a date as people write it; a year, or a year and month, where no more is known."""
    if not given:
        return ""
    parts = [int(part) for part in str(given).split("-")]
    if page_language() == "zh":
        return "".join(f"{part}{unit}" for part, unit in zip(parts, "年月日", strict=False))
    if len(parts) == 1:
        return str(parts[0])
    month = f"{datetime.date(parts[0], parts[1], 1):%B}"
    return f"{parts[2]} {month} {parts[0]}" if len(parts) > 2 else f"{month} {parts[0]}"


@register.filter
def means_words(means: str | None) -> str:
    """Return the name of a means of remediation; nothing where none is named."""
    return {
        "law": pgettext("means of remediation", "Law"),
        "market": pgettext("means of remediation", "Market"),
        "code": pgettext("means of remediation", "Architecture"),
        "norm": pgettext("means of remediation", "Norms"),
    }.get(means or "", "")


@register.filter
def in_force_words(status: InstrumentStatus) -> str:
    """Return whether an instrument is in force."""
    return {
        "in_force": pgettext("instrument", "In force"),
        "amended": pgettext("instrument", "Amended"),
        "repealed": pgettext("instrument", "Repealed"),
        "expired": pgettext("instrument", "Period has run out"),
        "not_yet": pgettext("instrument", "Not yet in force"),
    }[status]


@register.filter
def status_at(instrument: Instrument, day: datetime.date) -> InstrumentStatus:
    """Return the status that the instrument has on that day."""
    return status_on(instrument, day)


@register.filter
def strength_words(strength: str) -> str:
    """Return how strongly a plan words a requirement."""
    return {
        "duty": pgettext("requirement", "Duty"),
        "expectation": pgettext("requirement", "Expectation"),
        "advice": pgettext("requirement", "Advice"),
    }[strength]


@register.filter
def kind_words(kind: str) -> str:
    """Return the name of a type of question."""
    return {
        "single": pgettext("type of question", "One answer"),
        "multiple": pgettext("type of question", "Several answers"),
        "yes_no": pgettext("type of question", "Yes or no"),
        "scale": pgettext("type of question", "Level"),
        "number": pgettext("type of question", "Number"),
        "ratio": pgettext("type of question", "Ratio"),
        "date": pgettext("type of question", "Date"),
        "text": pgettext("type of question", "Text"),
        "files": pgettext("type of question", "Names of documents"),
    }[kind]
