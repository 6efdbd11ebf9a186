"""Inviting people, and accepting an invitation."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic.base import View

from compliance.accounts.adapter import get_adapter
from compliance.accounts.models import User
from compliance.accounts.press_again import PressAgain
from compliance.organisations.forms.people import InvitationForm, NewPersonForm
from compliance.organisations.inviting import NotOpen, TooMany, accept, invite, invite_again, revoke
from compliance.organisations.models import Invitation
from compliance.organisations.views.page import FORM, AboutOrganisation, FormAboutOrganisation
from compliance.permissions import MANAGE_PEOPLE


class Invite(FormAboutOrganisation):
    """Invite someone by e-mail."""

    rule = MANAGE_PEOPLE
    form_class = InvitationForm
    template_name = "organisations/invite.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"organisation": self.access.organisation}

    def form_valid(self, form: InvitationForm) -> HttpResponse:
        entered = form.cleaned_data
        email, roles, language = entered["email"], entered["roles"], entered["language"]
        try:
            invite(self.access.organisation, email, roles, language, by=self.person)
        except TooMany:
            form.add_error(None, _("Too many invitations within a day. Go on tomorrow."))
            return self.form_invalid(form)
        messages.success(self.request, _("An invitation goes to %(email)s.") % {"email": email})
        return redirect(self.to("people"))


class InvitationPage(AboutOrganisation, PressAgain):
    """Something that is done to an invitation which nobody has accepted."""

    rule = MANAGE_PEOPLE

    def invitation(self) -> Invitation:
        """The invitation; Http404 for one that is another's, or no longer waits."""
        rows = Invitation.objects.unanswered().filter(organisation=self.access.organisation)
        return get_object_or_404(rows, pk=self.kwargs["invitation_id"])


class InviteAgain(InvitationPage):
    """Send the e-mail again, with a new link."""

    def post(self, request: HttpRequest, **kwargs: uuid.UUID) -> HttpResponse:
        invitation = self.invitation()
        try:
            invite_again(invitation, by=self.person)
        except NotOpen as error:
            raise Http404 from error
        except TooMany:
            messages.warning(request, _("It went out a moment ago. Wait a minute."))
            return redirect(self.to("people"))
        words = {"email": invitation.email}
        messages.success(
            request,
            _("Another invitation goes to %(email)s; the link in the first is void.") % words,
        )
        return redirect(self.to("people"))


class Revoke(InvitationPage):
    """Take an invitation back."""

    def post(self, request: HttpRequest, **kwargs: uuid.UUID) -> HttpResponse:
        try:
            revoke(self.invitation(), by=self.person)
        except NotOpen as error:
            raise Http404 from error
        messages.success(request, _("The invitation is revoked."))
        return redirect(self.to("people"))


@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class Accept(View):
    """What the link in an invitation leads to: joining, with the address that was invited.

    Whoever has signed in with it confirms; whoever has an account signs in first; someone new
    says their name and sets a password. The link proves that the address is theirs.
    """

    http_method_names = FORM

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        invitation = self.invitation(token)
        return self.refusal(invitation) or self.show(invitation, self.form(invitation))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        invitation = self.invitation(token)
        if refusal := self.refusal(invitation):
            return refusal
        form = self.form(invitation, request.POST)
        if form is None and isinstance(request.user, User):
            return self.join(invitation, request.user)
        if form is None:
            return redirect_to_login(request.get_full_path())
        if not form.is_valid():
            return self.show(invitation, form)
        try:
            with transaction.atomic():
                person = User.objects.create_user(
                    invitation.email,
                    form.cleaned_data["password"],
                    name=form.cleaned_data["name"],
                    language=get_language(),
                )
                response = self.join(invitation, person)
                get_adapter(request).login(request, person)
        except IntegrityError:  # an account with this address was made a moment before
            return redirect_to_login(request.get_full_path())
        return response

    def invitation(self, token: str) -> Invitation:
        """The invitation with this link; Http404 where there is none."""
        rows = Invitation.objects.with_token(token).select_related("organisation", "invited_by")
        return get_object_or_404(rows)

    def refusal(self, invitation: Invitation) -> HttpResponse | None:
        """Say why it cannot be accepted here and now; None if it can."""
        user = self.request.user
        context = {"invitation": invitation, "organisation": invitation.organisation}
        if invitation.state != Invitation.State.OPEN:
            return render(self.request, "organisations/invitation_void.html", context, status=410)
        if isinstance(user, User) and not invitation.is_for(user):
            return render(self.request, "organisations/invitation_other.html", context, status=403)
        return None

    def form(self, invitation: Invitation, data: Any = None) -> NewPersonForm | None:
        """The form for someone new; None for those who have an account."""
        if User.objects.filter(email=invitation.email).exists():
            return None
        return NewPersonForm(data, email=invitation.email)

    def show(self, invitation: Invitation, form: NewPersonForm | None) -> HttpResponse:
        context = {
            "invitation": invitation,
            "organisation": invitation.organisation,
            "form": form,
        }
        status = 422 if form and form.errors else 200
        return render(self.request, "organisations/invitation.html", context, status=status)

    def join(self, invitation: Invitation, person: User) -> HttpResponse:
        try:
            accept(invitation, person)
        except NotOpen:
            invitation.refresh_from_db()
            refusal = self.refusal(invitation)
            assert refusal is not None
            return refusal
        words = {"organisation": invitation.organisation}
        messages.success(self.request, _("You now belong to %(organisation)s.") % words)
        return redirect("organisations:overview", invitation.organisation_id)
