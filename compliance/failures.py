"""What people see when a request is refused before it reaches its page."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from compliance.accounts.again import SignInAgain


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Say that the page was too old to be accepted, and what to do.

    Where people may have entered much, they get it back to look at and to send again. Nothing is
    stored before that, for it may be another site that made their browser send it. A script, which
    asks for JSON, is told in `error`.
    """
    if not request.accepts("text/html"):
        too_old = _("Not saved: this page had been open too long. Save the page to go on.")
        return JsonResponse({"error": too_old}, status=403)
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return _too_old(request)
    view = getattr(match.func, "view_class", None)
    if view is None or not issubclass(view, SignInAgain):
        return _too_old(request)
    request.csrf_refused = True  # type: ignore[attr-defined]
    return match.func(request, *match.args, **match.kwargs)  # type: ignore[no-any-return]


def _too_old(request: HttpRequest) -> HttpResponse:
    return render(request, "403_csrf.html", status=403)
