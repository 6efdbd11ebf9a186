"""How a report words dates, figures and terms; the active language decides."""

import re
from decimal import Decimal
from fractions import Fraction
from unicodedata import east_asian_width

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from compliance.library.templatetags.words import day, in_force_words, means_words, say
from questionnaires.exact import rounded
from questionnaires.gaps import RiskLevel
from questionnaires.scoring import Status

register = template.Library()

MOST_LINES = 40
"""A text with more lines than this is printed as one paragraph, with a sign for each break."""


for shared in (say, day, means_words, in_force_words):
    register.filter(shared)


@register.filter
def figure(number: Fraction | Decimal | None, places: int = 2) -> str:
    """Return a figure with so many decimals, or a dash where there is none."""
    if number is None:
        return "—"
    return str(number if isinstance(number, Decimal) else rounded(number, places))


@register.filter
def plain(number: Fraction | Decimal) -> str:
    """Return a figure with at most two decimals and no trailing zeros."""
    return f"{rounded(Fraction(number)):f}".rstrip("0").rstrip(".") if number else "0"


@register.filter
def percent(share: Fraction | None) -> str:
    """Return a share of 1 in per cent with one decimal, or a dash where there is none."""
    return "—" if share is None else f"{rounded(100 * share, 1)}%"


@register.filter
def status_words(status: Status) -> str:
    """Return the name of a status."""
    return {
        Status.FULL: gettext("Met"),
        Status.PARTIAL: gettext("Partly met"),
        Status.NONE: gettext("Not met"),
        Status.NOT_APPLICABLE: gettext("Not applicable"),
        Status.UNANSWERED: gettext("Unanswered"),
    }[status]


@register.filter
def risk_words(level: RiskLevel) -> str:
    """Return the name of a level of gap risk."""
    return {
        RiskLevel.VERY_HIGH: gettext("Very high"),
        RiskLevel.HIGH: gettext("High"),
        RiskLevel.MEDIUM: gettext("Medium"),
        RiskLevel.LOW: gettext("Low"),
        RiskLevel.OPEN: gettext("Pending"),
    }[level]


@register.filter
def shorten(text: str, columns: int) -> str:
    """Return the text cut to so many columns, of which a Chinese character takes two."""
    for place in range(len(text)):
        columns -= 2 if east_asian_width(text[place]) in "WF" else 1
        if columns < 0:
            return f"{text[:place]}…"
    return text


@register.filter
def tongue(text: str) -> str:
    """Return the language of what someone typed, which decides where its lines may break."""
    return "zh-Hans" if any("\u3400" <= sign <= "\u9fff" for sign in text) else "en"


@register.filter
def unbroken(citation: str) -> str:
    """Return “article 15” with its number on the same line as the word."""
    return re.sub(r" (?=\d)", "\u00a0", citation)


@register.filter
def foreign(text: str, page: str) -> SafeString:
    """Return the attribute that tells the language of a text where it is not that of its page.

    Figures and signs have none.
    """
    spoken = tongue(text) if any(map(str.isalpha, text)) else page
    return SafeString("" if spoken == page else f' lang="{spoken}"')


@register.filter
def lines(text: str) -> SafeString:
    """Return what someone typed with its line breaks; very many of them become signs.

    The breaks are those of the text itself: an element for each would take longer to print.
    """
    found = [conditional_escape(line.strip()) for line in text.splitlines() if line.strip()]
    return mark_safe(("\n" if len(found) <= MOST_LINES else " ↵ ").join(found))  # noqa: S308
