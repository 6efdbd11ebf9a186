"""Pages: all evidence of a company, and removing what is no longer needed."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import ListView
from django.views.generic.base import View

from compliance.accounts.models import User
from compliance.accounts.press_again import PressAgain
from compliance.assessments.evidence.keeping import remove, restore
from compliance.assessments.evidence.pages import in_library
from compliance.assessments.evidence.refusals import Refused
from compliance.assessments.evidence.serving import evidence_response
from compliance.assessments.evidence.views import LONGEST_SEARCH
from compliance.assessments.models import Evidence
from compliance.audit.actions import Action
from compliance.audit.recording import record_download
from compliance.organisations.access import organisation_access
from compliance.organisations.models import Membership, Visitor
from compliance.permissions import (
    CHANGE_OTHERS_EVIDENCE,
    READ_EVIDENCE,
    REMOVE_EVIDENCE,
    Rule,
)


def evidence_for(user: Visitor, evidence_id: uuid.UUID, rule: Rule) -> Evidence:
    """Return the evidence if the rule allows it to this person in its company.

    Raises Http404 for a foreign or missing one, PermissionDenied for a role too low.
    """
    evidence = get_object_or_404(Evidence.objects.readable_by(user), pk=evidence_id)
    organisation_access(user, evidence.organisation_id).require(rule)
    return evidence


def changeable_for(user: Visitor, evidence_id: uuid.UUID, rule: Rule) -> Evidence:
    """Return the evidence if this person may change it: those who answer what they have added.

    Raises as `evidence_for`, and PermissionDenied where only a compliance officer may.
    """
    evidence = evidence_for(user, evidence_id, rule)
    if evidence.added_by_id != user.pk:
        organisation_access(user, evidence.organisation_id).require(CHANGE_OTHERS_EVIDENCE)
    return evidence


def companies_for(user: Visitor, rule: Rule) -> set[uuid.UUID]:
    """Return the companies in which the rule allows it to this person."""
    held = Membership.objects.held_by(user).in_companies(rule.roles)
    return set(held.values_list("organisation", flat=True))


class Library(LoginRequiredMixin, ListView):
    """The evidence of the visitor's companies, the newest first; `?q=` searches by name.

    `?show=removed` lists what was removed, `?removed=` offers to bring one back at once.
    """

    http_method_names = ["get", "head", "options"]
    template_name = "evidence/library.html"
    paginate_by = 50

    @property
    def search(self) -> str:
        return self.request.GET.get("q", "").replace("\0", "")[:LONGEST_SEARCH]

    @property
    def shows_removed(self) -> bool:
        return self.request.GET.get("show") == "removed"

    def get_queryset(self) -> QuerySet[Evidence]:
        mine = Evidence.objects.readable_by(self.request.user).filter(
            removed_at__isnull=not self.shows_removed
        )
        found = mine.named_like(self.search).annotate(answers=Count("uses"))
        return found.select_related("organisation", "added_by").order_by("-added_at", "id")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        user = self.request.user
        own = companies_for(user, REMOVE_EVIDENCE)
        others = companies_for(user, CHANGE_OTHERS_EVIDENCE)
        today = timezone.localdate()
        return context | {
            "rows": [
                in_library(
                    row, today, row.organisation_id in (own if row.added_by == user else others)
                )
                for row in context["page_obj"]
            ],
            "search": self.search,
            "shows_removed": self.shows_removed,
            "removed": self._removed(),
        }

    def _removed(self) -> Evidence | None:
        try:
            given = uuid.UUID(self.request.GET.get("removed", ""))
        except ValueError:
            return None
        mine = Evidence.objects.readable_by(self.request.user)
        return mine.filter(pk=given).exclude(removed_at=None).first()


class LibraryFile(LoginRequiredMixin, View):
    """A file of the company's evidence."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, evidence_id: uuid.UUID) -> HttpResponseBase:
        evidence = evidence_for(request.user, evidence_id, READ_EVIDENCE)
        response = evidence_response(evidence)
        record_download(
            Action.EVIDENCE_DOWNLOADED,
            request,
            chain=evidence.organisation,
            about=evidence,
            sha256=evidence.sha256,
        )
        return response


class Remove(LoginRequiredMixin, View):
    """Ask whether to remove evidence that stands behind no answer, and do so."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, evidence_id: uuid.UUID) -> HttpResponse:
        evidence = changeable_for(request.user, evidence_id, REMOVE_EVIDENCE)
        if evidence.uses.exists():
            messages.error(request, str(Refused("in_use")))
            return redirect("assessments:library")
        context = {
            "title": _("Remove this evidence?"),
            "text": str(evidence),
            "consequences": [_("It can be brought back for 30 days, then it is erased.")]
            if not evidence.retained
            else [_("It was part of a submission: it is kept, and no longer offered.")],
            "action": _("Remove"),
            "cancel_url": reverse("assessments:library"),
        }
        return render(request, "confirmation.html", context)

    def post(self, request: HttpRequest, evidence_id: uuid.UUID) -> HttpResponse:
        evidence = changeable_for(request.user, evidence_id, REMOVE_EVIDENCE)
        assert isinstance(request.user, User)
        try:
            remove(evidence, request.user)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("assessments:library")
        return redirect(f"{reverse('assessments:library')}?removed={evidence.pk}")


class Restore(PressAgain):
    """Bring removed evidence back."""

    def post(self, request: HttpRequest, evidence_id: uuid.UUID) -> HttpResponse:
        evidence = changeable_for(request.user, evidence_id, REMOVE_EVIDENCE)
        assert isinstance(request.user, User)
        try:
            restore(evidence, request.user)
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("assessments:library")
