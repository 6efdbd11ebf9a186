"""What a browser says about a passkey: whatever is sent in its place is refused, never an error."""

from typing import Any

from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from compliance.accounts.forms import Worded

LONGEST = 20_000
UNREADABLE = _("The passkey could not be read. Try again.")


class Credential(forms.JSONField):
    """A passkey's answer, as the browser sends it."""

    widget = forms.HiddenInput
    default_error_messages = {"invalid": UNREADABLE, "required": UNREADABLE}

    def to_python(self, value: Any) -> Any:
        refused = ValidationError(UNREADABLE, code="invalid")
        if isinstance(value, str) and len(value) > LONGEST:
            raise refused
        try:
            found = super().to_python(value)
        except RecursionError as error:
            raise refused from error
        if found is not None and not isinstance(found, dict):
            raise refused
        return found


class Read:
    """Reads a credential, which whoever sends it has written by hand for all we know.

    What reads it raises whatever it stumbles over: KeyError, IndexError, errors of cryptography.
    """

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except ValidationError:
            raise
        except Exception as error:
            raise ValidationError(UNREADABLE, code="invalid") from error


class AddPasskey(Worded, passkeys.AddWebAuthnForm):
    """A name for the passkey, and what the browser says about it."""

    labels = {"name": _("Name of the passkey")}
    name = forms.CharField(max_length=100, required=False)
    credential = Credential()
    # A passkey always checks who holds it, so that it is worth a password and a code together.
    passwordless = forms.BooleanField(initial=True, widget=forms.HiddenInput)

    def clean(self) -> Any:
        try:
            return super().clean()
        except ValidationError:
            raise
        except Exception as error:  # as in `Read`
            raise ValidationError(UNREADABLE, code="invalid") from error


class Passkey(Read, passkeys.AuthenticateWebAuthnForm):
    """A passkey as the second factor."""

    credential = Credential()


class PasskeySignIn(Read, passkeys.LoginWebAuthnForm):
    """A passkey instead of address, password and code."""

    credential = Credential()


class ConfirmByPasskey(Read, passkeys.ReauthenticateWebAuthnForm):
    """A passkey, where the password would do as well."""

    credential = Credential()
