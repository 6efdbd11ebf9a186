"""What the frame around every page needs."""

from typing import Any

from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info

from compliance.language import DJANGO_CODES, HTML_TAGS
from compliance.organisations.models import Membership, Organisation


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return `languages`, with this page's address in each, the visitor's `memberships`, and
    whether they work for a regulator (`is_reviewing`), an association (`is_judging`) or a company
    (`is_assessing`; also who belongs nowhere yet).
    """
    here = request.get_full_path()
    context: dict[str, Any] = {
        "languages": [
            {
                "code": code,
                "tag": HTML_TAGS[language],
                "name": get_language_info(code)["name_local"],
                "url": translate_url(here, code),
                "current": code == get_language(),
            }
            for language, code in DJANGO_CODES.items()
        ]
    }
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        held = Membership.objects.held_by(user).select_related("organisation", "user")
        context["memberships"] = memberships = list(held.order_by("organisation__name", "role"))
        kinds = {membership.organisation.kind for membership in memberships}
        context["is_reviewing"] = Organisation.Kind.REGULATOR in kinds
        context["is_judging"] = Organisation.Kind.ASSOCIATION in kinds
        context["is_assessing"] = Organisation.Kind.COMPANY in kinds or not kinds
    return context
