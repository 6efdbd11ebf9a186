"""What is changed in the administration stands in the record, and nowhere else."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern

from compliance.audit.actions import Action
from compliance.audit.recording import SITE, Thing, record
from compliance.organisations.changes import said


class RecordedAdmin(admin.ModelAdmin):
    """Rows that administrators see and change, one by one. Nothing is deleted: it is ended.

    A change is recorded in the chain of what it concerns, for those who look after that, and in
    the chain of the site.
    """

    actions = None
    addable = False
    list_per_page = 50

    def chains(self, row: Any) -> Iterable[models.Model]:
        """Return what a row belongs to and has a chain of its own."""
        return [row]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.addable and super().has_add_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        stored = {field.name for field in obj._meta.fields}
        names = [n for n in (form.changed_data if change else form.fields) if n in stored]
        old = said(type(obj)._default_manager.get(pk=obj.pk), names) if change else None
        super().save_model(request, obj, form, change)
        if not names:
            return
        action = Action.ROW_CHANGED if change else Action.ROW_ADDED
        chains: list[models.Model | Thing] = [*self.chains(obj), SITE]
        for chain in chains:
            record(action, by=request.user, chain=chain, about=obj, old=old, new=said(obj, names))

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        """Keep no second log: `save_model` has recorded it."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        """Keep no second log: `save_model` has recorded it."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Lead to the record."""
        return redirect("records:site")

    def get_urls(self) -> list[URLPattern]:
        """Leave out the addresses at which there would be nothing to see."""
        unused = {"_delete"} | (set() if self.addable else {"_add"})
        return [
            pattern
            for pattern in super().get_urls()
            if pattern.name and not pattern.name.endswith(tuple(unused))
        ]


class ReadOnlyAdmin(RecordedAdmin):
    """Rows that administrators only see."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
