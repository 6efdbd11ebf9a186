"""What administrators see and change: people, organisations, who belongs where; and what they only
see. Nothing that a company answered or handed in is among it.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compliance.accounts.models import User
from compliance.administration.recorded import ReadOnlyAdmin, RecordedAdmin
from compliance.administration.site import site
from compliance.audit.models import Chain, Event
from compliance.handover import hand_over
from compliance.library.models import QuestionnaireVersion
from compliance.organisations.forms.people import SuccessorForm
from compliance.organisations.models import Membership, Organisation, Role, Subject
from compliance.organisations.models.organisation import DETAILS
from compliance.organisations.people import (
    NOBODY_LEFT,
    NobodyLeft,
    has_left,
    keep_one,
    roles_of,
)
from compliance.records.words import action_words

__all__ = ["site"]


@admin.register(User, site=site)
class UserAdmin(RecordedAdmin):
    """People: they join by invitation or sign up; their address and password are their own."""

    list_display = ["name", "email", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff", "language"]
    search_fields = ["name", "email"]
    ordering = ["name", "email"]
    fields = ["name", "email", "language", "is_active", "is_staff", "joined_at", "last_login"]
    readonly_fields = ["email", "joined_at", "last_login"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Nobody locks themselves out."""
        own = ["is_active", "is_staff"] if obj == request.user else []
        return [*self.readonly_fields, *own]

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        obj.is_superuser = obj.is_staff
        super().save_model(request, obj, form, change)


@admin.register(Organisation, site=site)
class OrganisationAdmin(RecordedAdmin):
    """Organisations, as they stand; the site's own pages add them."""

    list_display = ["name", "kind", "credit_code", "region"]
    list_filter = ["kind"]
    search_fields = ["name", "name_en", "credit_code"]
    fields = ["kind", *DETAILS, "created_at"]
    readonly_fields = ["kind", "region", "created_at"]


class MembershipForm(forms.ModelForm):
    """Who is what where. Nobody gives themselves a role: it would open a company to them.

    Where a role ends that is someone's last one there, `successor` takes over their open work.
    """

    by: User
    successor = SuccessorForm.base_fields["successor"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.instance
        if row._state.adding:
            del self.fields["successor"]
            return
        offered = SuccessorForm(organisation=row.organisation, person=row.user)
        self.fields["successor"] = offered.fields["successor"]
        self.fields["successor"].help_text = _("Where it is the person's last role there.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        row = self.instance
        user = cleaned.get("user") or (row.user if row.user_id else None)
        if user == self.by and cleaned.get("active", True):
            raise ValidationError(_("Nobody gives a role to themselves."))
        if self.ends:
            try:
                keep_one(row.organisation, row.user, {Role(row.role)})
            except NobodyLeft as error:
                raise ValidationError(NOBODY_LEFT) from error
        return cleaned

    @property
    def ends(self) -> bool:
        """Whether it ends a role that is held."""
        given = not self.instance._state.adding and "active" in self.changed_data
        return given and not self.cleaned_data.get("active")


@admin.register(Membership, site=site)
class MembershipAdmin(RecordedAdmin):
    """Who belongs where. A role is given once, ended, and given again."""

    addable = True
    form = MembershipForm
    list_display = ["person", "place", "role", "active"]
    list_filter = ["role", "active", "organisation__kind"]
    list_select_related = ["user", "organisation"]
    search_fields = ["user__name", "user__email", "organisation__name"]
    raw_id_fields = ["user", "organisation"]
    readonly_fields = ["person", "place", "since", "left_at"]

    def chains(self, row: Membership) -> Iterable[models.Model]:
        return [row.organisation]

    @admin.display(description=_("Person"), ordering="user__name")
    def person(self, row: Membership) -> str:
        return f"{row.user} · {row.user.email}"

    @admin.display(description=_("Organisation"), ordering="organisation__name")
    def place(self, row: Membership) -> str:
        return str(row.organisation)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ["user", "organisation", "role", "active"]
        return ["person", "place", "role", "active", "successor", "since", "left_at"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*self.readonly_fields, *(["role"] if obj else [])]

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        labels = {"user": _("Person"), "organisation": _("Organisation")}
        kwargs["label"] = labels.get(db_field.name)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"by": request.user})

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        if "active" in form.changed_data:
            obj.left_at = None if obj.active else timezone.now()
        super().save_model(request, obj, form, change)
        here, person, by = obj.organisation, obj.user, request.user
        assert isinstance(form, MembershipForm)
        assert isinstance(by, User)
        if form.ends and not roles_of(here, person):
            has_left(here, person, [Role(obj.role)], by=by)
            hand_over(here, person, form.cleaned_data.get("successor"), by)


@admin.register(Subject, site=site)
class SubjectAdmin(RecordedAdmin):
    """What companies assess: its description, and nothing of what was answered."""

    list_display = ["name", "company", "kind", "archived_at"]
    list_filter = ["kind", "company_role"]
    list_select_related = ["organisation"]
    search_fields = ["name", "organisation__name"]
    exclude = ["organisation"]
    readonly_fields = ["company", "created_at", "archived_at"]

    @admin.display(description=_("Company"), ordering="organisation__name")
    def company(self, row: Subject) -> str:
        return str(row.organisation)

    def chains(self, row: Subject) -> Iterable[models.Model]:
        return [row.organisation]


@admin.register(QuestionnaireVersion, site=site)
class QuestionnaireVersionAdmin(ReadOnlyAdmin):
    """What was published, with its digest; the library's pages show what it says."""

    list_display = ["key", "version", "title_zh", "status", "published_at"]
    list_filter = ["status"]
    search_fields = ["key", "title_zh", "title_en"]
    fields = ["key", "version", "title_zh", "title_en", "sha256", "published_at", "status"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("document")


@admin.register(Chain, site=site)
class ChainAdmin(ReadOnlyAdmin):
    """The chains of the record, with their heads."""

    list_display = ["id", "kind", "sequence", "head"]
    list_filter = ["kind"]
    search_fields = ["id"]
    show_full_result_count = False
    ordering = ["kind", "id"]


@admin.register(Event, site=site)
class EventAdmin(ReadOnlyAdmin):
    """The events of the record: identifiers and hashes, no names and no contents."""

    list_display = ["at", "done", "whose", "sequence", "actor"]
    exclude = ["chain"]
    readonly_fields = ["whose"]
    list_select_related = ["chain"]
    search_fields = ["hash", "key"]
    show_full_result_count = False
    ordering = ["-id"]

    @admin.display(description=_("What was done"))
    def done(self, row: Event) -> str:
        return action_words(row.action)

    @admin.display(description=_("Chain"))
    def whose(self, row: Event) -> str:
        return str(row.chain)
