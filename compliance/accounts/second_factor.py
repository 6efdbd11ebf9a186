"""Whoever must have a second factor sets one up before anything else."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from compliance.accounts.adapter import get_adapter
from compliance.accounts.models import User

ON_THE_WAY = {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "account_reauthenticate",
    "account_change_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_logout",
    "theme",
}
"""The pages that it takes to set one up, and the ways out."""

WANTED = "wanted_before_second_factor"
"""Where in the session the page stands that they were led away from, for the last step."""


def is_missing(user: User) -> bool:
    """Whether this person must have a second factor and has none."""
    return get_adapter().demands_second_factor(user) and not is_mfa_enabled(user)


class SecondFactorMiddleware:
    """Leads whoever lacks a demanded second factor to the page where they are set up."""

    def __init__(self, next_handler: Callable[[HttpRequest], HttpResponse]) -> None:
        self.next_handler = next_handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.next_handler(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        match = request.resolver_match
        if not isinstance(request.user, User) or (match and match.view_name in ON_THE_WAY):
            return None
        if is_missing(request.user):
            if request.method == "GET":
                request.session[WANTED] = request.get_full_path()
            return redirect_to_login(request.get_full_path(), "mfa_index")
        request.session.pop(WANTED, None)
        return None
