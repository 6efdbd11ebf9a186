"""Inviting someone by e-mail, and joining by an invitation."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from compliance import background
from compliance.accounts.models import User, fold
from compliance.audit.actions import Action
from compliance.audit.recording import record
from compliance.organisations.models import Invitation, Organisation, Role
from compliance.organisations.models.invitation import digest
from compliance.organisations.people import roles_of, set_roles

MOST_A_DAY = 100
"""How many invitations an organisation sends within a day."""
PAUSE = dt.timedelta(minutes=1)
"""How long nobody sends the same invitation again."""


class NotOpen(Exception):
    """The invitation was accepted, revoked or has expired."""


class TooMany(Exception):
    """More e-mails than anyone needs: nothing is sent."""


def invite(
    organisation: Organisation, email: str, roles: Iterable[Role], language: str, *, by: User | None
) -> Invitation:
    """Invite the holder of an address to these roles; the e-mail goes out after the transaction.

    Raises TooMany once the organisation has sent MOST_A_DAY within a day.
    """
    invitation = Invitation(
        organisation=organisation,
        email=fold(email),
        roles=sorted(roles),
        language=language,
        invited_by=by,
    )
    with transaction.atomic():
        day = timezone.now() - dt.timedelta(days=1)
        sent = Invitation.objects.filter(organisation=organisation, sent_at__gt=day)
        if sent.count() >= MOST_A_DAY:
            raise TooMany
        _send(invitation)
        record(
            Action.PERSON_INVITED,
            by=by,
            chain=organisation,
            about=invitation,
            new={"email": invitation.email, "roles": invitation.roles},
        )
    return invitation


def invite_again(invitation: Invitation, *, by: User) -> None:
    """Send another e-mail; the link in the one before no longer works.

    Raises NotOpen, and TooMany where the one before went out within PAUSE.
    """
    with transaction.atomic():
        invitation = _locked(invitation)
        if invitation.state not in {Invitation.State.OPEN, Invitation.State.EXPIRED}:
            raise NotOpen
        if timezone.now() - invitation.sent_at < PAUSE:
            raise TooMany
        _send(invitation)
        record(Action.INVITATION_RENEWED, by=by, chain=invitation.organisation, about=invitation)


def revoke(invitation: Invitation, *, by: User) -> None:
    """Let the link no longer work. Raises NotOpen where it was accepted or revoked already."""
    with transaction.atomic():
        invitation = _locked(invitation)
        if invitation.state not in {Invitation.State.OPEN, Invitation.State.EXPIRED}:
            raise NotOpen
        invitation.revoked_at = timezone.now()
        invitation.save(update_fields=["revoked_at"])
        record(Action.INVITATION_REVOKED, by=by, chain=invitation.organisation, about=invitation)


def accept(invitation: Invitation, person: User) -> None:
    """Give the person the roles that they were invited to, besides those they have.

    Raises NotOpen, also where someone was quicker: an invitation is good for once.
    """
    with transaction.atomic():
        invitation = _locked(invitation)
        if invitation.state != Invitation.State.OPEN or not invitation.is_for(person):
            raise NotOpen
        invitation.accepted_by, invitation.accepted_at = person, timezone.now()
        invitation.save(update_fields=["accepted_by", "accepted_at"])
        organisation = invitation.organisation
        record(Action.INVITATION_ACCEPTED, by=person, chain=organisation, about=invitation)
        offered = {Role(role) for role in invitation.roles}
        set_roles(organisation, person, roles_of(organisation, person) | offered, by=person)


def _locked(invitation: Invitation) -> Invitation:
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("organisation")
    return rows.get(pk=invitation.pk)


def _send(invitation: Invitation) -> None:
    token = invitation.renew()
    invitation.save()
    background.later(mail_invitation, str(invitation.pk), token)


@background.job
def mail_invitation(invitation_id: str, token: str) -> None:
    """Mail the link, in the language of the invitation; nothing where it has another by now."""
    invitation = (
        Invitation.objects.unanswered()
        .filter(pk=invitation_id, token_digest=digest(token))
        .select_related("organisation", "invited_by")
        .first()
    )
    if invitation is None:
        return
    with translation.override(invitation.language):
        link = settings.SITE_URL + reverse("organisations:invitation", args=[token])
        text = render_to_string(
            "organisations/invitation_email.txt",
            {"invitation": invitation, "organisation": invitation.organisation, "link": link},
        )
        subject = _("[Ziping] Invitation to %(organisation)s") % {
            "organisation": invitation.organisation
        }
        send_mail(subject, text, None, [invitation.email])
