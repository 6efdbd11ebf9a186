"""Naming deputies and ending deputyships."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from compliance.accounts.press_again import PressAgain
from compliance.organisations.deputies import end_deputyship, name_deputy
from compliance.organisations.forms.people import DeputyForm
from compliance.organisations.models import Deputyship, Membership
from compliance.organisations.views.page import AboutOrganisation, FormAboutOrganisation
from compliance.permissions import MANAGE_PEOPLE


class NameDeputy(FormAboutOrganisation):
    """Say who stands in: for oneself, or, for those who manage people, for anyone."""

    form_class = DeputyForm
    template_name = "organisations/deputy.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        organisation, anyone = self.access.organisation, self.access.may(MANAGE_PEOPLE)
        own = Membership.objects.active().filter(organisation=organisation, user=self.person)
        if not anyone and not own.exists():
            raise PermissionDenied
        here = {"organisation": organisation, "by": self.person, "anyone": anyone}
        return super().get_form_kwargs() | here

    def form_valid(self, form: DeputyForm) -> HttpResponse:
        name_deputy(form.instance, by=self.person)
        messages.success(self.request, _("Saved."))
        return redirect(self.to("overview"))


class EndDeputy(AboutOrganisation, PressAgain):
    """The absent person is back: the deputy holds their roles no longer."""

    def post(
        self, request: HttpRequest, organisation_id: uuid.UUID, deputyship_id: uuid.UUID
    ) -> HttpResponse:
        rows = Deputyship.objects.not_over().filter(organisation=self.access.organisation)
        deputyship = get_object_or_404(rows, pk=deputyship_id)
        involved = self.person in {deputyship.absent, deputyship.deputy}
        if not involved and not self.access.may(MANAGE_PEOPLE):
            raise PermissionDenied
        end_deputyship(deputyship, by=self.person)
        messages.success(request, _("The deputyship has ended."))
        return redirect(self.to("overview"))
