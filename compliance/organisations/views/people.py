"""Who belongs to an organisation, as what."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from compliance.accounts.models import User
from compliance.organisations.forms.people import RolesForm, SuccessorForm
from compliance.organisations.models import Deputyship, Invitation, Membership, Organisation
from compliance.organisations.people import (
    NOBODY_LEFT,
    NobodyLeft,
    end_membership,
    people_of,
    set_roles,
)
from compliance.organisations.views.page import FormAboutOrganisation, OrganisationPage
from compliance.permissions import MANAGE_PEOPLE

HandOver = Callable[[Organisation, User, User | None, User], object]
"""Passes on the open work of someone in an organisation: to whom, or to nobody; by whom."""


class People(OrganisationPage, TemplateView):
    """Everyone who belongs to the organisation, and who has been invited."""

    template_name = "organisations/people.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        organisation = self.access.organisation
        rows: dict[User, list[Membership]] = {}
        held = Membership.objects.active().filter(organisation=organisation)
        for row in held.select_related("user").order_by("user__name", "user_id", "role"):
            rows.setdefault(row.user, []).append(row)
        deputyships = Deputyship.objects.not_over().filter(organisation=organisation)
        away = {each.absent_id: each for each in deputyships.select_related("deputy")}
        context = super().get_context_data(
            people=[
                {
                    "person": person,
                    "roles": [row.get_role_display() for row in held_here],
                    "since": min(row.since for row in held_here),
                    "away": away.get(person.pk),
                }
                for person, held_here in rows.items()
            ],
            **kwargs,
        )
        if context["may_manage"]:
            unanswered = Invitation.objects.unanswered().filter(organisation=organisation)
            context["invitations"] = unanswered.select_related("invited_by")
        return context


class PersonForm(FormAboutOrganisation):
    """A form about one person of the organisation."""

    @cached_property
    def about(self) -> User:
        """The person; Http404 for someone who does not belong here."""
        wanted: uuid.UUID = self.kwargs["person_id"]
        person = people_of(self.access.organisation).filter(pk=wanted).first()
        if person is None:
            raise Http404
        return person

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(person=self.about, own=self.about == self.person, **kwargs)


class Roles(PersonForm):
    """Give roles and take them away."""

    rule = MANAGE_PEOPLE
    form_class = RolesForm
    template_name = "organisations/roles.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        here = {"organisation": self.access.organisation, "person": self.about}
        return super().get_form_kwargs() | here

    def form_valid(self, form: RolesForm) -> HttpResponse:
        try:
            set_roles(
                self.access.organisation, self.about, form.cleaned_data["roles"], by=self.person
            )
        except NobodyLeft:
            form.add_error("roles", NOBODY_LEFT)
            return self.form_invalid(form)
        messages.success(self.request, _("Saved."))
        return redirect(self.to("people"))


class Leave(PersonForm):
    """End a membership, one's own or, for those who manage people, anyone's.

    `hand_over` passes the open work on; it is given where the address is declared, for the apps
    that know the work come after this one.
    """

    hand_over: HandOver | None = None
    form_class = SuccessorForm
    template_name = "organisations/leave.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        if self.about != self.person and not self.access.may(MANAGE_PEOPLE):
            raise PermissionDenied
        here = {"organisation": self.access.organisation, "person": self.about}
        return super().get_form_kwargs() | here

    def form_valid(self, form: SuccessorForm) -> HttpResponse:
        organisation, successor = self.access.organisation, form.cleaned_data["successor"]
        try:
            with transaction.atomic():
                end_membership(organisation, self.about, by=self.person)
                if self.hand_over:
                    self.hand_over(organisation, self.about, successor, self.person)
        except NobodyLeft:
            form.add_error(None, NOBODY_LEFT)
            return self.form_invalid(form)
        words = {"person": self.about, "organisation": organisation}
        messages.success(
            self.request, _("%(person)s no longer belongs to %(organisation)s.") % words
        )
        own = self.about == self.person
        return redirect("organisations:list" if own else self.to("people"))
