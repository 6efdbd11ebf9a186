"""Invitations by e-mail."""

import datetime as dt
import secrets
import uuid
from hashlib import sha256

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compliance.accounts.models import User, fold
from compliance.organisations.models.organisation import Organisation
from compliance.organisations.models.roles import Role


def digest(token: str) -> str:
    """Return by what a token is known here: who reads the database cannot use it."""
    return sha256(token.encode()).hexdigest()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Named selections of invitations."""

    def unanswered(self) -> "InvitationQuerySet":
        """Neither accepted nor revoked; they may have expired."""
        return self.filter(accepted_at=None, revoked_at=None)

    def with_token(self, token: str) -> "InvitationQuerySet":
        return self.filter(token_digest=digest(token))


class Invitation(models.Model):
    """That someone with an e-mail address may take up roles in an organisation, once."""

    class State(models.TextChoices):
        OPEN = "open", _("Not yet accepted")
        EXPIRED = "expired", _("Expired")
        ACCEPTED = "accepted", _("Accepted")
        REVOKED = "revoked", _("Revoked")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="invitations"
    )
    email = models.EmailField(_("E-mail address"))
    roles = models.JSONField(_("Roles"), default=list)
    language = models.CharField(
        _("Language of the e-mail"),
        max_length=10,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    created_at = models.DateTimeField(_("Created"), auto_now_add=True)
    sent_at = models.DateTimeField(_("Sent"), default=timezone.now)
    expires_at = models.DateTimeField(_("Expires"))
    token_digest = models.CharField(max_length=64, unique=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    accepted_at = models.DateTimeField(_("Accepted"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("Revoked"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "id"]

    def __str__(self) -> str:
        return f"{self.email} · {self.organisation}"

    @property
    def state(self) -> State:
        """Where it stands now."""
        if self.accepted_at:
            return self.State.ACCEPTED
        if self.revoked_at:
            return self.State.REVOKED
        return self.State.OPEN if timezone.now() < self.expires_at else self.State.EXPIRED

    @property
    def role_names(self) -> list[str]:
        """The roles that it offers, as people read them."""
        return [str(role.label) for role in Role if role in self.roles]

    def is_for(self, user: User) -> bool:
        """Whether this person has the address that was invited."""
        return user.email == fold(self.email)

    def renew(self) -> str:
        """Give it a new token, which is returned and kept nowhere, and its days from now on."""
        token = secrets.token_urlsafe(32)
        self.token_digest = digest(token)
        self.sent_at = timezone.now()
        self.expires_at = self.sent_at + dt.timedelta(days=settings.INVITATION_DAYS)
        return token
