"""How templates write the fields of forms."""

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def uncut(field: BoundField) -> SafeString:
    """Return a field without `maxlength`: browsers would cut what is pasted, without a word.

    What is too long is refused with its limit, and stays on the page.
    """
    return field.as_widget(attrs={"maxlength": False})
