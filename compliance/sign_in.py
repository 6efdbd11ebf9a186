"""Where signing in meets the other apps: the record, and who needs more than a password."""

from typing import Any

from django.conf import settings

from compliance.accounts.adapter import AccountAdapter, AccountEvent
from compliance.accounts.models import User
from compliance.audit.actions import Action
from compliance.audit.recording import record
from compliance.organisations.models import Organisation
from compliance.organisations.models.holding import belongs_to


class SiteAdapter(AccountAdapter):
    """Joins what happens to accounts to the record, and knows who works for a regulator."""

    def happened(
        self,
        event: AccountEvent,
        user: User,
        *,
        old: Any = None,
        new: Any = None,
        details: dict[str, Any] | None = None,
    ) -> None:
        by = self.request.user if self.request else None  # None: a command
        if event is AccountEvent.SIGNED_OUT:
            by = user  # the request is nobody's any more
        record(
            Action(event.value), by=by, chain=user, about=user, old=old, new=new, details=details
        )

    def demands_second_factor(self, user: User) -> bool:
        if settings.REQUIRE_SECOND_FACTOR != "regulators":
            return super().demands_second_factor(user)
        if user.is_staff:  # who can do more than any regulator
            return True
        # Whoever stands in for someone there belongs there too. Asked with every page.
        return belongs_to(user.pk, Organisation.Kind.REGULATOR)
