"""People who sign in."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Creates people and finds them by address, whatever its case."""

    @transaction.atomic
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a person whose address is known to be theirs, so that it counts as confirmed.

        Without a password nobody can sign in as them. (Who signs up by themselves is made by
        allauth, and confirms the address first.)
        """
        from allauth.account.models import EmailAddress  # which needs the model of users

        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user

    def create_superuser(self, email: str, password: str, **fields: Any) -> "User":
        """Create a site administrator."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email=fold(email or ""))


def fold(email: str) -> str:
    """Return the address as it is kept: two that differ only in case are the same person's."""
    return email.strip().lower()


class User(AbstractBaseUser, PermissionsMixin):
    """A person, known by e-mail address. What they may do follows from their memberships."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(
        _("E-mail address"),
        unique=True,
        error_messages={"unique": _("Someone already signs in with this address.")},
    )
    name = models.CharField(_("Full name"), max_length=100)
    language = models.CharField(
        _("Preferred language"),
        max_length=10,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
    )
    is_active = models.BooleanField(_("May sign in"), default=True)
    is_staff = models.BooleanField(_("Site administrator"), default=False)
    joined_at = models.DateTimeField(_("Joined"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="user_email_in_lower_case"
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        super().clean()
        self.email = fold(self.email)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = fold(self.email)
        super().save(*args, **kwargs)
