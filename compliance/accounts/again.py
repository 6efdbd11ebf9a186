"""Signing in again in the middle of something, without losing what was entered."""

from typing import Any

from django.contrib.auth import login
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic.base import View

from compliance.accounts.models import User

PREFIX = "again"
NOT_CARRIED = ("csrfmiddlewaretoken", f"{PREFIX}-username", f"{PREFIX}-password")


class SignInAgain(View):
    """A view for signed-in people that carries a form through a new sign-in.

    Where the session has ended before a form is sent, the page that asks to sign in again holds
    everything that was posted, sends it to the same address together with the password, and the
    request goes on as if nothing had happened. A request whose origin could not be verified is
    `unconfirmed`: the view must show what it says and store nothing.
    """

    unconfirmed = False

    @method_decorator(sensitive_post_parameters(f"{PREFIX}-password"))
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        refused = bool(getattr(request, "csrf_refused", False))
        self.unconfirmed = refused or "unconfirmed" in request.POST
        if request.user.is_authenticated:
            return super().dispatch(request, *args, **kwargs)
        if request.method != "POST":
            return redirect_to_login(request.get_full_path())
        # Credentials in a request of unknown origin are not tried: someone else may have sent it.
        entered = not refused and f"{PREFIX}-password" in request.POST
        form = AuthenticationForm(request, request.POST if entered else None, prefix=PREFIX)
        if not (entered and form.is_valid()):
            return self._ask(request, form)
        user = form.get_user()
        assert isinstance(user, User)
        if not self.may_go_on(user, *args, **kwargs):
            form.add_error(None, _("This account may not do this. Sign in with the one you used."))
            return self._ask(request, form)
        login(request, user)
        posted = request.POST.copy()
        for name in NOT_CARRIED:
            posted.pop(name, None)
        request.POST = posted  # type: ignore[assignment]
        return super().dispatch(request, *args, **kwargs)

    def may_go_on(self, user: User, *args: Any, **kwargs: Any) -> bool:
        """Whether this person may do what the request asks for."""
        return True

    def _ask(self, request: HttpRequest, form: AuthenticationForm) -> HttpResponse:
        carried = [
            (name, value)
            for name, values in request.POST.lists()
            if name not in NOT_CARRIED
            for value in values
        ]
        if self.unconfirmed and ("unconfirmed", "1") not in carried:
            carried.append(("unconfirmed", "1"))
        context = {"form": form, "carried": carried}
        return render(request, "accounts/sign_in_again.html", context, status=403)
