"""What the site decides where allauth asks: who may sign up, how e-mail reads, what is told on."""

from enum import Enum
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.adapter import get_adapter as allauth_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from compliance import background
from compliance.accounts import last_seen
from compliance.accounts.models import User

ADDRESS_LENGTH = User._meta.get_field("email").max_length


class AccountEvent(Enum):
    """What happens to an account."""

    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    SIGNED_OUT = "signed_out"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105
    PASSWORD_RESET = "password_reset"  # noqa: S105
    ADDRESS_CONFIRMED = "address_confirmed"
    SECOND_FACTOR_ADDED = "second_factor_added"
    SECOND_FACTOR_REMOVED = "second_factor_removed"
    RECOVERY_CODES_MADE = "recovery_codes_made"
    SESSIONS_ENDED = "sessions_ended"


class AccountAdapter(DefaultAccountAdapter):
    """How accounts behave. What depends on other apps is left to a subclass: see the two hooks."""

    # --- hooks

    def happened(
        self,
        event: AccountEvent,
        user: User,
        *,
        old: Any = None,
        new: Any = None,
        details: dict[str, Any] | None = None,
    ) -> None:
        """Called in the transaction of whatever happens to an account."""

    def demands_second_factor(self, user: User) -> bool:
        """Whether this person may go on only with a second factor."""
        return settings.REQUIRE_SECOND_FACTOR == "everyone"

    # --- signing up

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return settings.OPEN_SIGN_UP

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        user.name = form.cleaned_data["name"]
        user.language = get_language() or settings.LANGUAGE_CODE
        super().save_user(request, user, form, commit)
        return user

    def clean_email(self, email: str) -> str:
        MaxLengthValidator(ADDRESS_LENGTH)(email)
        return email

    # --- signing in and out

    def login(self, request: HttpRequest, user: User) -> None:
        with transaction.atomic():
            super().login(request, user)
            UserSession.objects.create_from_request(request)
            last_seen.note(request)
            self.happened(AccountEvent.SIGNED_IN, user)

    def logout(self, request: HttpRequest) -> None:
        user = request.user
        with transaction.atomic():
            super().logout(request)
            if isinstance(user, User):
                self.happened(AccountEvent.SIGNED_OUT, user)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        user = User.objects.filter(email=credentials.get("email", "")).first()
        if user is not None:
            self.sign_in_refused(user)

    def sign_in_refused(self, user: User) -> None:
        """Someone gave a wrong password or code for this account."""
        with transaction.atomic():
            self.happened(AccountEvent.SIGN_IN_REFUSED, user)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        # Who has chosen English on the page stays with it; Chinese is where everyone arrives.
        url: str = super().get_login_redirect_url(request)
        if get_language() == settings.LANGUAGE_CODE and isinstance(request.user, User):
            url = translate_url(url, request.user.language)
        return url

    def is_ajax(self, request: HttpRequest) -> bool:
        return False  # Our scripts send forms as browsers do.

    # --- password and address

    def set_password(self, user: User, password: str) -> None:
        changed = self.request.user == user
        with transaction.atomic():
            super().set_password(user, password)
            self.happened(
                AccountEvent.PASSWORD_CHANGED if changed else AccountEvent.PASSWORD_RESET, user
            )

    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:
        user, old = email_address.user, email_address.user.email
        try:
            with transaction.atomic():
                confirmed: bool = super().confirm_email(request, email_address)
                if confirmed:
                    self.happened(
                        AccountEvent.ADDRESS_CONFIRMED, user, old=old, new=email_address.email
                    )
        except IntegrityError:  # Someone else has confirmed this address a moment before.
            template = "account/messages/email_confirmation_failed.txt"
            self.add_message(request, messages.ERROR, template, {"email": email_address.email})
            return False
        return confirmed

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    # --- e-mail: links begin with the address of the site, whatever host the request named

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        path = reverse("account_confirm_email", args=[emailconfirmation.key])
        return f"{settings.SITE_URL}{path}"

    def get_reset_password_from_key_url(self, key: str) -> str:
        user, _dash, token = key.partition("-")
        arguments = {"uidb36": user, "key": token}
        return f"{settings.SITE_URL}{reverse('account_reset_password_from_key', kwargs=arguments)}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        context |= {"request": self.request, "email": email, "site_url": settings.SITE_URL}
        letter = self.render_mail(template_prefix, email, context)
        # A mail server that is away must not keep anyone from going on.
        background.later(send_letter, letter.subject, letter.body, email)

    def format_email_subject(self, subject: str) -> str:
        return _("[Ziping] %(subject)s") % {"subject": subject}

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        with translation.override(user.language):
            super().send_notification_mail(template_prefix, user, context, email)


@background.job
def send_letter(subject: str, text: str, address: str) -> None:
    """Send one e-mail, with the sender of the site."""
    send_mail(subject, text, None, [address])


def get_adapter(request: HttpRequest | None = None) -> AccountAdapter:
    """Return the adapter of the site."""
    adapter = allauth_adapter(request)
    assert isinstance(adapter, AccountAdapter)
    return adapter
