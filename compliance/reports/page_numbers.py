"""Page numbers at the foot of what is printed."""

from django.utils.translation import pgettext


def page_numbers() -> str:
    """Return what the CSS property `content` needs, in the active language."""
    words = pgettext("at the foot of a printed page", "Page %(number)s of %(total)s")
    counters = {"number": '" counter(page) "', "total": '" counter(pages) "'}
    return f'"{words % counters}"'
