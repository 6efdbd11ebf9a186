"""Keeps the secrets of second factors unreadable for whoever has the database alone."""

import base64
import hashlib
import logging
import secrets

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from compliance.accounts import browsers
from compliance.accounts.models import User

log = logging.getLogger(__name__)


class MFAAdapter(DefaultMFAAdapter):
    """Encrypts the secrets of apps and recovery codes by the secret key of the site.

    Also says what a new passkey and the site itself are called.
    """

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            log.error("A second factor cannot be read: SECRET_KEY is not the one it was kept with.")
            return base64.b32encode(secrets.token_bytes(20)).decode()  # which no code fits

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        # People know a passkey by the device on which they made it.
        return browsers.name_of(context.request.headers.get("User-Agent", ""))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": settings.MFA_TOTP_ISSUER}


def _cipher() -> Fernet:
    key = hashlib.sha256(b"second factors" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
