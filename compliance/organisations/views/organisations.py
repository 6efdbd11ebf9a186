"""The list of organisations, one organisation, and new ones."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Count, Field, Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from compliance.accounts.form_again import FormAgain
from compliance.accounts.models import User
from compliance.audit.actions import Action
from compliance.organisations.changes import save_and_record
from compliance.organisations.forms.organisations import (
    REGISTERED_ALREADY,
    JurisdictionForm,
    NewOrganisationForm,
    OrganisationForm,
)
from compliance.organisations.models import Deputyship, Membership, Organisation
from compliance.organisations.models.roles import Kind
from compliance.organisations.registering import (
    add_organisation,
    register_company,
    set_jurisdiction,
)
from compliance.organisations.views.page import (
    FormAboutOrganisation,
    OrganisationPage,
    signed_in,
)
from compliance.permissions import (
    EDIT_ORGANISATION,
    MANAGE_PEOPLE,
    READ_ORGANISATION_RECORD,
    SET_JURISDICTION,
)


class OrganisationList(LoginRequiredMixin, TemplateView):
    """One's own organisations; for site administrators, those that they look after too."""

    template_name = "organisations/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        context = super().get_context_data(**kwargs)
        if user.is_staff:
            others = Organisation.objects.exclude(kind=Kind.COMPANY)
            active = Count("memberships__user", Q(memberships__active=True), distinct=True)
            context["looked_after"] = others.annotate(people=active).order_by("kind", "name", "id")
        return context


class Register(FormAgain):
    """Register one's company, and become its compliance officer."""

    form_class = OrganisationForm
    template_name = "organisations/register.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": Organisation(kind=Kind.COMPANY)}

    def form_valid(self, form: OrganisationForm) -> HttpResponse:
        try:
            with transaction.atomic():
                register_company(form.instance, by=signed_in(self.request))
        except IntegrityError:  # someone was a moment quicker
            form.add_error("credit_code", REGISTERED_ALREADY)
            return self.form_invalid(form)
        messages.success(
            self.request, _("The company is registered. You are its compliance officer.")
        )
        return redirect("organisations:overview", form.instance.pk)


class Add(FormAgain):
    """A site administrator adds a regulator or an association, and invites its first person."""

    form_class = NewOrganisationForm
    template_name = "organisations/add.html"
    success_url = reverse_lazy("organisations:list")

    def may_go_on(self, user: User, **kwargs: Any) -> bool:
        return user.is_staff

    def get_form_kwargs(self) -> dict[str, Any]:
        if not self.request.user.is_staff:
            raise PermissionDenied
        return super().get_form_kwargs()

    def form_valid(self, form: NewOrganisationForm) -> HttpResponse:
        entered = form.cleaned_data
        try:
            add_organisation(
                form.instance,
                entered["jurisdiction"],
                entered["email"],
                entered["language"],
                by=signed_in(self.request),
            )
        except IntegrityError:
            form.add_error("credit_code", REGISTERED_ALREADY)
            return self.form_invalid(form)
        messages.success(self.request, _("Added. The first person has been invited."))
        return super().form_valid(form)


class Overview(OrganisationPage, TemplateView):
    """What an organisation is, who belongs to it, what it assesses, who stands in for whom."""

    template_name = "organisations/overview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        organisation = self.access.organisation
        is_company = organisation.kind == Kind.COMPANY
        missing = organisation.missing_for_submission() if is_company else []
        held = Membership.objects.active().filter(organisation=organisation)
        deputies = Deputyship.objects.not_over().filter(organisation=organisation)
        return super().get_context_data(
            trail=super().get_context_data()["trail"][:1],
            is_company=is_company,
            missing=[label_of(name) for name in missing],
            jurisdictions=list(organisation.jurisdictions.all()),
            people=held.values("user").distinct().count(),
            subjects=organisation.subjects.current().count(),
            may_read_record=self.access.may(READ_ORGANISATION_RECORD),
            may_name_deputy=bool(self.access.roles) or self.access.may(MANAGE_PEOPLE),
            deputyships=deputies.select_related("absent", "deputy"),
            own_roles=[
                role.label for role in organisation.possible_roles if role in self.access.roles
            ],
            **kwargs,
        )


def label_of(name: str) -> str:
    """Return what people call a field of an organisation."""
    field = Organisation._meta.get_field(name)
    assert isinstance(field, Field)
    return str(field.verbose_name)


class Edit(FormAboutOrganisation):
    """Correct or complete the details."""

    rule = EDIT_ORGANISATION
    template_name = "organisations/edit.html"

    def get_form_class(self) -> type[OrganisationForm]:
        regulator = self.access.organisation.kind == Kind.REGULATOR
        whole = regulator and self.access.may(SET_JURISDICTION)
        return JurisdictionForm if whole else OrganisationForm

    def get_form_kwargs(self) -> dict[str, Any]:
        # Not the organisation of the page: its frame must not show a name that was refused.
        row = Organisation.objects.get(pk=self.access.organisation.pk)
        initial = {"jurisdiction": [each.region for each in row.jurisdictions.all()]}
        return super().get_form_kwargs() | {"instance": row, "initial": initial}

    def form_valid(self, form: OrganisationForm) -> HttpResponse:
        organisation, by = self.access.organisation, self.person
        try:
            with transaction.atomic():
                save_and_record(form, Action.ORGANISATION_CHANGED, by=by, chain=organisation)
                if "jurisdiction" in form.cleaned_data:
                    set_jurisdiction(organisation, form.cleaned_data["jurisdiction"], by=by)
        except IntegrityError:
            form.add_error("credit_code", REGISTERED_ALREADY)
            return self.form_invalid(form)
        messages.success(self.request, _("Saved."))
        return redirect(reverse("organisations:overview", args=[organisation.pk]))
