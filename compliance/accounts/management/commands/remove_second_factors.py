"""Let someone in again who has lost phone, passkeys and recovery codes."""

from argparse import ArgumentParser
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.adapter import get_adapter as sessions_adapter
from allauth.usersessions.models import UserSession
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from compliance.accounts.adapter import AccountEvent, get_adapter
from compliance.accounts.models import User, fold


class Command(BaseCommand):
    """Exit code 0: they are removed. 1: nobody has this address, or there is none to remove."""

    help = (
        "Remove the passkeys, the app and the recovery codes of a person, and sign them out "
        "everywhere. First make sure that it is this person who asks for it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address with which the person signs in")

    @transaction.atomic
    def handle(self, *args: Any, email: str, **options: Any) -> None:
        user = User.objects.filter(email=fold(email)).first()
        if user is None:
            raise CommandError(f"Nobody signs in with {email}.")
        removed, _each = Authenticator.objects.filter(user=user).delete()
        if not removed:
            raise CommandError(f"{user.email} has no second factor.")
        sessions_adapter().end_sessions(UserSession.objects.filter(user=user))
        get_adapter().happened(
            AccountEvent.SECOND_FACTOR_REMOVED, user, details={"kind": "all", "by": "command"}
        )
        self.stdout.write(f"{user.email} signs in by password alone until a new one is set up.")
