"""How many notices wait, in the header of every page."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from compliance.notices.models import Notice


def unread_notices(request: HttpRequest) -> dict[str, Any]:
    """Return `unread_notices`, a number that is counted where a page shows it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"unread_notices": SimpleLazyObject(Notice.objects.of(user).unread().count)}
