"""Light or dark: what a person chose in this browser, else what their system says."""

from typing import TypedDict

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

# For which media the dark values are loaded, on top of the light ones. Paper is always light.
DARK_MEDIA = {
    "auto": "screen and (prefers-color-scheme: dark)",
    "light": "not all",
    "dark": "screen",
}
COOKIE = "theme"
YEAR = 365 * 24 * 3600


class Theme(TypedDict):
    """What base.html is told of the appearance."""

    chosen: str
    dark_media: str


def appearance(request: HttpRequest) -> dict[str, Theme]:
    """Return `theme` for templates: what was `chosen` (auto, light, dark), and its `dark_media`."""
    chosen = request.COOKIES.get(COOKIE, "auto")
    if chosen not in DARK_MEDIA:
        chosen = "auto"
    return {"theme": {"chosen": chosen, "dark_media": DARK_MEDIA[chosen]}}


@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Remember `theme` (auto, light, dark) in this browser, and go back to the page `next`."""
    chosen = request.POST.get("theme", "")
    if chosen not in DARK_MEDIA:
        return HttpResponseBadRequest("auto, light, dark", content_type="text/plain")
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        back = reverse("home")
    response = HttpResponseRedirect(back)
    response.set_cookie(
        COOKIE,
        chosen,
        max_age=YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
