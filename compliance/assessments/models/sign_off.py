"""Who prepared, checked and approved what is to be submitted."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from compliance.assessments.models.assessment import Assessment
from compliance.assessments.models.submission import Submission
from compliance.organisations.credit_codes import validate_credit_code


class SignOff(models.Model):
    """One passage of an assessment through the hands of those who answer for it.

    It names what was checked and approved by its SHA-256: where that has changed since, it has to
    be checked and approved again. One that was declined, recalled or submitted stays for ever.
    """

    class State(models.TextChoices):
        REQUESTED = "requested", _("Awaiting approval")
        APPROVED = "approved", _("Approved, not yet submitted")
        DECLINED = "declined", _("Declined")
        RECALLED = "recalled", _("Recalled")
        SUBMITTED = "submitted", _("Submitted")

    OPEN = (State.REQUESTED, State.APPROVED)
    ENDED = (State.DECLINED, State.RECALLED)

    class Capacity(models.TextChoices):
        LEGAL = "legal", _("Legal representative")
        AUTHORISED = "authorised", _("Authorised representative")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="sign_offs")
    round = models.PositiveSmallIntegerField(_("Round"))
    state = models.CharField(_("State"), max_length=20, choices=State, default=State.REQUESTED)
    content_sha256 = models.CharField("SHA-256", max_length=64)
    commitment = models.CharField(_("Commitment"), max_length=20)  # its version
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Prepared by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Checked by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    checked_at = models.DateTimeField(_("Checked at"))
    third_party = models.CharField(_("Third-party assessor"), max_length=200, blank=True)
    third_party_code = models.CharField(
        _("Its unified social credit code"),
        max_length=18,
        blank=True,
        validators=[validate_credit_code],
    )
    third_party_scope = models.TextField(_("What it assessed"), max_length=1000, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Approved by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    approved_at = models.DateTimeField(_("Approved at"), null=True)
    representative = models.CharField(_("Name of the representative"), max_length=100, blank=True)
    capacity = models.CharField(_("Capacity"), max_length=20, choices=Capacity, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    reason = models.TextField(_("Reason"), blank=True)  # why it was declined or recalled
    submission = models.OneToOneField(
        Submission, on_delete=models.PROTECT, null=True, related_name="sign_off"
    )

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        ordering = ["checked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment"],
                condition=models.Q(state__in=["requested", "approved"]),
                name="sign_off_open_unique",
            )
        ]

    def __str__(self) -> str:
        return f"{self.assessment} · {self.get_state_display()}"
