"""The languages of the site, as questionnaires, Django and HTML name them."""

from django.http import Http404
from django.utils.translation import get_language

from questionnaires.parts import Language

DJANGO_CODES: dict[Language, str] = {"zh": "zh-hans", "en": "en"}
"""As Django names them, and so do the addresses of documents and the command line."""
HTML_TAGS: dict[Language, str] = {"zh": "zh-Hans", "en": "en"}
"""As the attribute `lang` names them."""


def page_language() -> Language:
    """Return "en" on English pages, "zh" on all others."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def language_or_404(code: str) -> Language:
    """Return the language that an address names; raises Http404 where the site has no such."""
    for language, known in DJANGO_CODES.items():
        if code == known:
            return language
    raise Http404
