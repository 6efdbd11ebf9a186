"""The language of the page, as questionnaires name it."""

from django.utils.translation import get_language

from questionnaires.parts import Language


def page_language() -> Language:
    """Return "en" on English pages, "zh" on all others."""
    return "en" if (get_language() or "").startswith("en") else "zh"
