"""What people see when a request is refused, and with which status."""

from collections.abc import Callable

from django.contrib.admin.helpers import AdminForm
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from compliance.accounts.again import SignInAgain
from compliance.lifecycle import NotAllowed


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
    try:
        return match.func(request, *match.args, **match.kwargs)  # type: ignore[no-any-return]
    except NotAllowed as error:  # no middleware sees it here
        return conflict(request, error)


def _too_old(request: HttpRequest) -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


def conflict(request: HttpRequest, error: NotAllowed) -> HttpResponse:
    """Say that the status of an assessment does not allow a step: 409, with the reason."""
    if not request.accepts("text/html"):
        return JsonResponse({"error": str(error)}, status=409)
    return render(request, "409.html", {"reason": str(error)}, status=409)


class ConflictPages:
    """Answers a step that the status of an assessment does not allow: 409, with the reason."""

    def __init__(self, next_handler: Callable[[HttpRequest], HttpResponse]) -> None:
        self.next_handler = next_handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.next_handler(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the page for NotAllowed; every other failure goes its way."""
        return conflict(request, error) if isinstance(error, NotAllowed) else None


class UnfitForms:
    """Answers a form that does not fit with the form again and 422, whichever page it belongs to.

    Django, allauth and the administration would answer 200, as if it had been accepted.
    """

    def __init__(self, next_handler: Callable[[HttpRequest], HttpResponse]) -> None:
        self.next_handler = next_handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.next_handler(request)

    def process_template_response(
        self, request: HttpRequest, response: TemplateResponse
    ) -> TemplateResponse:
        """Return the page as it is, with 422 where it shows errors of a form that was sent."""
        if request.method == "POST" and response.status_code == 200:
            shown = (response.context_data or {}).values()
            if any(part.errors for part in shown if isinstance(part, BaseForm | AdminForm)):
                response.status_code = 422
        return response
