"""The pages of one's own account, where they do more or less than allauth's."""

from typing import Any

from allauth.account import views as account
from allauth.account.internal.decorators import login_stage_required
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn import views as passkeys
from allauth.usersessions import views as sessions
from allauth.usersessions.adapter import get_adapter as sessions_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy, translate_url
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import UpdateView

from compliance.accounts import browsers
from compliance.accounts.adapter import AccountEvent, get_adapter
from compliance.accounts.again import SignInAgain
from compliance.accounts.forms import Profile
from compliance.accounts.models import User

FORM = ["get", "head", "post", "options"]  # Django's form views would take PUT as well
PAGE = ["get", "head", "options"]


class Account(SignInAgain, UpdateView):
    """One's own name and language, and the way to everything else about the account."""

    http_method_names = FORM
    form_class = Profile
    template_name = "account/account.html"
    context_object_name = "profile"  # "user" is who has signed in, and has the name that is stored

    def may_go_on(self, user: User, *args: Any, **kwargs: Any) -> bool:
        return self.request.POST.get("of") == str(user.pk)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.unconfirmed:
            return super().post(request, *args, **kwargs)
        self.object = self.get_object()
        return self.render_to_response(self.get_context_data(), status=403)

    def get_object(self, queryset: object = None) -> User:
        # Not `request.user`: the frame of the page must not show a name that was refused.
        assert isinstance(self.request.user, User)
        return User.objects.get(pk=self.request.user.pk)

    def get_success_url(self) -> str:
        messages.success(self.request, _("Saved."))
        return translate_url(reverse("account"), self.object.language)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "second_factor": is_mfa_enabled(self.request.user),
            "unconfirmed": self.unconfirmed,
        }


class SignIn(account.LoginView):
    """Address and password, or a passkey."""

    http_method_names = FORM

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"sign_up_open": settings.OPEN_SIGN_UP}


class PasswordChange(account.PasswordChangeView):
    """A new password, for whoever knows the present one."""

    http_method_names = FORM

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.has_usable_password():
            return redirect("account_reset_password")
        return super().dispatch(request, *args, **kwargs)  # type: ignore[no-any-return]


class PasskeySignIn(passkeys.LoginWebAuthnView):
    """Signing in with a passkey alone: GET returns what the browser has to ask for."""

    http_method_names = FORM

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return JsonResponse(passkeys.auth.begin_authentication(user=None))


@method_decorator(
    login_stage_required(stage=mfa.AuthenticateStage.key, redirect_urlname="account_login"),
    name="dispatch",
)
class SecondStep(mfa.AuthenticateView):
    """The second factor, asked for after the password."""

    http_method_names = FORM

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = Authenticator.objects.filter(user=self.stage.login.user)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | kinds(own)


def kinds(own: Any) -> dict[str, bool]:
    """Return which second factors are among these: `has_app`, `has_passkey`."""
    types = set(own.values_list("type", flat=True))
    return {
        "has_app": Authenticator.Type.TOTP in types,
        "has_passkey": Authenticator.Type.WEBAUTHN in types,
    }


class SecondFactors(mfa.IndexView):
    """One's own second factors."""

    http_method_names = PAGE

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        own = Authenticator.objects.filter(user=user)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return (
            context
            | kinds(own)
            | {
                "demanded": get_adapter().demands_second_factor(user),
                "passkeys": own.filter(type=Authenticator.Type.WEBAUTHN).order_by(
                    "created_at", "pk"
                ),
            }
        )


class _Recorded:
    """A form that changes the second factors: the change and its record stand or fall together."""

    http_method_names = FORM
    event: AccountEvent
    kind: str
    request: HttpRequest

    def form_valid(self, form: BaseForm) -> HttpResponse:
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
            user = self.request.user
            assert isinstance(user, User)
            get_adapter().happened(self.event, user, details={"kind": self.kind})
        return response


class AddApp(_Recorded, totp.ActivateTOTPView):
    """An app that shows codes."""

    event = AccountEvent.SECOND_FACTOR_ADDED
    kind = Authenticator.Type.TOTP.value


class RemoveApp(_Recorded, totp.DeactivateTOTPView):
    """Do without the app."""

    event = AccountEvent.SECOND_FACTOR_REMOVED
    kind = Authenticator.Type.TOTP.value


class AddPasskey(_Recorded, passkeys.AddWebAuthnView):
    """A passkey."""

    event = AccountEvent.SECOND_FACTOR_ADDED
    kind = Authenticator.Type.WEBAUTHN.value


class RemovePasskey(_Recorded, passkeys.RemoveWebAuthnView):
    """Do without a passkey, which its own identifier names in the address."""

    event = AccountEvent.SECOND_FACTOR_REMOVED
    kind = Authenticator.Type.WEBAUTHN.value
    success_url = reverse_lazy("mfa_index")

    def get_object(self, queryset: object = None) -> Authenticator:
        return get_object_or_404(
            self.get_queryset(), data__credential__id=self.kwargs["credential"]
        )


class NewRecoveryCodes(_Recorded, codes.GenerateRecoveryCodesView):
    """Recovery codes in place of those that there were."""

    event = AccountEvent.RECOVERY_CODES_MADE
    kind = Authenticator.Type.RECOVERY_CODES.value


class Sessions(sessions.ListUserSessionsView):
    """Where one has signed in; any of these can be ended, and is out at its next click."""

    http_method_names = FORM

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        for row in context["sessions"]:
            row.browser = browsers.name_of(row.user_agent)
        return context

    def form_valid(self, form: BaseForm) -> HttpResponse:
        user = self.request.user
        assert isinstance(user, User)
        others = [row for row in UserSession.objects.filter(user=user) if not row.is_current()]
        if "session" in self.request.POST:
            others = [row for row in others if str(row.pk) == self.request.POST["session"]]
            if not others:
                raise Http404
        if others:
            with transaction.atomic():
                sessions_adapter().end_sessions(others)
                get_adapter().happened(
                    AccountEvent.SESSIONS_ENDED, user, details={"sessions": len(others)}
                )
        messages.success(self.request, _("Signed out there."))
        return HttpResponseRedirect(reverse("usersessions_list"))
