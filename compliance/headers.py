"""Headers that every page carries."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

Handler = Callable[[HttpRequest], HttpResponse]

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def safe_headers(next_handler: Handler) -> Handler:
    """Allow pages nothing but this site's own files: no inline script or style, no frames."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = next_handler(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return handle


def keep_private(next_handler: Handler) -> Handler:
    """Keep what a signed-in person sees out of every cache, the browser's included.

    Without this, "back" after signing out would show the page again, and a form fetched from the
    browser's memory would carry answers and revisions from before the last save.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        response = next_handler(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response

    return handle
