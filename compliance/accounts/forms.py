"""What people enter about themselves and to sign in: allauth's forms with the words of the site."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as codes
from allauth.mfa.totp import forms as totp
from django import forms
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from compliance.accounts.adapter import get_adapter
from compliance.accounts.models import User

# Hashing takes longer for longer passwords. No `maxlength`: browsers would cut what is pasted.
LONGEST_PASSWORD = MaxLengthValidator(256)


class Worded:
    """Gives fields our labels, no placeholders, and passwords a greatest length."""

    labels: dict[str, Any] = {}
    dropped: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]
        for name in self.dropped:
            fields.pop(name, None)
        for name, field in fields.items():
            field.label = self.labels.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field.widget, forms.PasswordInput):
                field.validators.append(LONGEST_PASSWORD)
                if field.widget.attrs.get("autocomplete") == "current-password":
                    field.help_text = ""  # The page has its own link for a forgotten password.


class SignIn(Worded, account.LoginForm):
    """Address and password."""

    labels = {"login": _("E-mail address"), "password": _("Password")}


class SignUp(Worded, account.SignupForm):
    """Name, address and password of someone new."""

    name = forms.CharField(
        label=_("Full name"),
        max_length=User._meta.get_field("name").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    labels = {"email": _("E-mail address"), "password1": _("Password")}
    field_order = ("name", "email", "password1")

    def validate_unique_email(self, value: str) -> str:
        # An address to which someone is only about to change is not taken.
        self.account_already_exists = User.objects.filter(email=value).exists()
        return value

    def try_save(self, request: HttpRequest) -> Any:
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:  # Someone else signed up with this address a moment before.
            self.account_already_exists = True
            return super().try_save(request)


class NewAddress(Worded, account.AddEmailForm):
    """The address that is to replace the present one."""

    labels = {"email": _("New e-mail address")}


class PasswordChange(Worded, account.ChangePasswordForm):
    """The present password and a new one."""

    labels = {"oldpassword": _("Present password"), "password1": _("New password")}
    dropped = ("password2",)


class ForgottenPassword(Worded, account.ResetPasswordForm):
    """The address to which the way to a new password is sent."""

    labels = {"email": _("E-mail address")}
    users: list[User]

    def clean_email(self) -> str:
        email: str = super().clean_email()
        # Not to an address to which someone is only about to change: it may be another's.
        self.users = [user for user in self.users if user.email == email]
        return email


class NewPassword(Worded, account.ResetPasswordKeyForm):
    """A new password, for whoever has followed the way that was sent."""

    labels = {"password1": _("New password")}
    dropped = ("password2",)


class Confirm(Worded, account.ReauthenticateForm):
    """The password once more, before something that an open browser alone should not allow."""

    labels = {"password": _("Password")}


class _RecordsRefusal:
    user: User

    def _emit_authentication_failed(self, authenticator: Any) -> None:
        super()._emit_authentication_failed(authenticator)  # type: ignore[misc]
        get_adapter().sign_in_refused(self.user)


class Code(Worded, _RecordsRefusal, codes.AuthenticateForm):
    """A code from the app, or a recovery code, to sign in."""

    labels = {"code": _("Code from the app, or a recovery code")}


class ConfirmByCode(Worded, _RecordsRefusal, codes.ReauthenticateForm):
    """A code, where the password would do as well."""

    labels = {"code": _("Code from the app, or a recovery code")}


class AddApp(Worded, totp.ActivateTOTPForm):
    """The first code that the app shows, as a proof that it works."""

    labels = {"code": _("Code that the app shows")}


class Profile(forms.ModelForm):
    """What people say about themselves."""

    class Meta:
        model = User
        fields = ("name", "language")
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}
