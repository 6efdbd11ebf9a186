"""Signing in again in the middle of something, without losing what was entered."""

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.account.stages import LoginStageController
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic.base import View

from compliance.accounts import second_factor
from compliance.accounts.forms import Code, SignIn
from compliance.accounts.models import User
from compliance.accounts.passkeys import Passkey

PREFIX = "again"
ADDRESS, PASSWORD = f"{PREFIX}-login", f"{PREFIX}-password"
CODE, CREDENTIAL = f"{PREFIX}-code", f"{PREFIX}-credential"
NOT_CARRIED = ("csrfmiddlewaretoken", ADDRESS, PASSWORD, CODE, CREDENTIAL)
UNCONFIRMED, FILES_LEFT = (
    "unconfirmed",
    "files_left",
)  # carried by the page, from sign-in to sign-in


class SignInAgain(View):
    """A view for signed-in people that carries a form through a new sign-in.

    Where the session has ended before a form is sent, the page that asks to sign in again holds
    everything that was posted, sends it to the same address together with the password, asks for
    the second factor in the same way where there is one, and the request goes on as if nothing had
    happened. A request whose origin could not be verified is `unconfirmed`: the view must show what
    it says and store nothing. No page can carry files: where some were sent with what is shown or
    carried, `files_left` says so, and the view must ask for them again.
    """

    unconfirmed = False
    files_left = False

    @method_decorator(sensitive_post_parameters(PASSWORD, CODE))
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        refused = bool(getattr(request, "csrf_refused", False))
        self.unconfirmed = refused or UNCONFIRMED in request.POST
        self.files_left = FILES_LEFT in request.POST or (refused and bool(request.FILES))
        if request.user.is_authenticated:
            return super().dispatch(request, *args, **kwargs)
        if request.method != "POST" or "post" not in self.http_method_names:
            return redirect_to_login(request.get_full_path())
        # Credentials in a request of unknown origin are not tried: someone else may have sent it.
        found = self._sign_in(request, refused, *args, **kwargs)
        if isinstance(found, Form):
            return self._ask(request, found)
        if second_factor.is_missing(found):
            return redirect_to_login(request.get_full_path(), "mfa_index")
        posted = request.POST.copy()
        for name in NOT_CARRIED:
            posted.pop(name, None)
        request.POST = posted  # type: ignore[assignment]
        return super().dispatch(request, *args, **kwargs)

    @property
    def visitor(self) -> User:
        """Whoever has signed in."""
        assert isinstance(self.request.user, User)
        return self.request.user

    def may_go_on(self, user: User, *args: Any, **kwargs: Any) -> bool:
        """Whether this person may do what the request asks for; Http404, PermissionDenied: no."""
        return True

    def _may_go_on(self, user: User, *args: Any, **kwargs: Any) -> bool:
        try:
            return self.may_go_on(user, *args, **kwargs)
        except (Http404, PermissionDenied):
            return False

    def _sign_in(
        self, request: HttpRequest, refused: bool, *args: Any, **kwargs: Any
    ) -> User | Form:
        """Sign in with what was entered; return who it is, or the form still to be filled in."""
        empty = SignIn(request=request, prefix=PREFIX)
        if refused:
            return empty
        step = LoginStageController.enter(request, AuthenticateStage.key)
        if step and (CODE in request.POST or CREDENTIAL in request.POST):
            kind = Code if CODE in request.POST else Passkey
            proof = kind(user=step.login.user, data=request.POST, prefix=PREFIX)
            if not proof.is_valid():
                return proof
            if not self._may_go_on(step.login.user, *args, **kwargs):
                return empty
            proof.save()
            step.exit()
            return self._signed_in(request) or empty
        if PASSWORD not in request.POST:
            return empty
        form = SignIn(data=request.POST, request=request, prefix=PREFIX)
        if not form.is_valid():
            return form
        if not self._may_go_on(form.user, *args, **kwargs):
            form.add_error(None, _("This account may not do this. Sign in with the one you used."))
            return form
        perform_password_login(request, form.user_credentials(), Login(user=form.user))
        if user := self._signed_in(request):
            return user
        if LoginStageController.enter(request, AuthenticateStage.key):
            return Code(user=form.user, prefix=PREFIX)
        form.add_error(None, _("This account cannot sign in now: its address is not confirmed."))
        return form

    def _signed_in(self, request: HttpRequest) -> User | None:
        return request.user if isinstance(request.user, User) else None

    def _ask(self, request: HttpRequest, form: Form) -> HttpResponse:
        carried = [
            (name, value)
            for name, values in request.POST.lists()
            if name not in NOT_CARRIED
            for value in values
        ]
        self.files_left = self.files_left or bool(request.FILES)
        for name, stands in ((UNCONFIRMED, self.unconfirmed), (FILES_LEFT, self.files_left)):
            if stands and (name, "1") not in carried:
                carried.append((name, "1"))
        context = {"form": form, "carried": carried, "files_left": self.files_left}
        if isinstance(form, Code | Passkey):
            context |= self._second_step(form)
        return render(request, "account/sign_in_again.html", context, status=403)

    def _second_step(self, form: Code | Passkey) -> dict[str, Any]:
        """Return what the page needs to ask for a code or a passkey."""
        own = Authenticator.objects.filter(user=form.user, type=Authenticator.Type.WEBAUTHN)
        refusals = form.errors.get("credential", [])
        return {
            "form": form if isinstance(form, Code) else Code(user=form.user, prefix=PREFIX),
            "errors": [{"text": text} for text in refusals],
            "options": {"request_options": begin_authentication(form.user)} if own else None,
        }
