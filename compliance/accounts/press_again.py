"""Buttons that go on after a new sign-in."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from compliance.accounts.again import UNCONFIRMED, SignInAgain


class PressAgain(SignInAgain):
    """A button on a page, whose address cannot be opened by itself.

    Where the session has ended, it goes on after a new sign-in. Where its page had been open too
    long, there is nothing to look at first: it is to be pressed again on that page.
    """

    http_method_names = ["post", "options"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if getattr(request, "csrf_refused", False) or UNCONFIRMED in request.POST:
            return render(request, "403_csrf.html", status=403)
        return super().dispatch(request, *args, **kwargs)
