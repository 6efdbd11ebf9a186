"""What the pages of one organisation have in common."""

import uuid
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic.base import ContextMixin, View

from compliance.accounts.form_again import FormAgain
from compliance.accounts.models import User
from compliance.organisations.access import OrganisationAccess, organisation_access
from compliance.permissions import EDIT_ORGANISATION, MANAGE_PEOPLE, SEE_ORGANISATION, Rule

FORM = ["get", "head", "post", "options"]  # Django's form views would take PUT as well


def signed_in(request: HttpRequest) -> User:
    """Return who visits a page that asks to sign in."""
    assert isinstance(request.user, User)
    return request.user


class AboutOrganisation(ContextMixin, View):
    """Something about the organisation that the address names, for those whom `rule` allows."""

    rule: Rule = SEE_ORGANISATION

    @cached_property
    def access(self) -> OrganisationAccess:
        """The organisation; Http404 for a foreign one, PermissionDenied for a role too low."""
        access = organisation_access(self.request.user, self.kwargs["organisation_id"])
        access.require(self.rule)
        return access

    def may_go_on(self, user: User, organisation_id: uuid.UUID, **kwargs: Any) -> bool:
        """Whether someone who signs in again may send what was filled in."""
        return organisation_access(user, organisation_id).may(self.rule)

    @property
    def person(self) -> User:
        """Who visits the page."""
        return signed_in(self.request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = {"label": self.access.organisation, "url": self.to("overview")}
        context = {
            "organisation": self.access.organisation,
            "may_edit": self.access.may(EDIT_ORGANISATION),
            "may_manage": self.access.may(MANAGE_PEOPLE),
            "trail": [{"label": _("Organisations"), "url": reverse("organisations:list")}, own],
        }
        return super().get_context_data(**context | kwargs)

    def to(self, page: str) -> str:
        """Return the address of another page of the same organisation."""
        return reverse(f"organisations:{page}", args=[self.access.organisation.pk])


class OrganisationPage(LoginRequiredMixin, AboutOrganisation):
    """A page about an organisation, or a button on one."""


class FormAboutOrganisation(AboutOrganisation, FormAgain):
    """A form about an organisation."""
