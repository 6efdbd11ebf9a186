"""The page on which what is said of evidence is changed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from compliance.accounts.form_again import FormAgain
from compliance.accounts.models import User
from compliance.assessments.evidence.forms import EvidenceForm, LinkForm
from compliance.assessments.evidence.keeping import change
from compliance.assessments.evidence.library import changeable_for
from compliance.assessments.models import Evidence
from compliance.permissions import CHANGE_EVIDENCE


class Edit(FormAgain):
    """Say a title, dates or an address anew; `?back=` is the page of the site to go back to.

    Http404 for what was removed: it is brought back first.
    """

    template_name = "evidence/edit.html"

    def may_go_on(self, user: User, *args: Any, **kwargs: Any) -> bool:
        changeable_for(user, kwargs["evidence_id"], CHANGE_EVIDENCE)
        return True

    @cached_property
    def evidence(self) -> Evidence:
        """The evidence, as it stands."""
        found = changeable_for(self.request.user, self.kwargs["evidence_id"], CHANGE_EVIDENCE)
        if found.removed_at is not None:
            raise Http404
        return found

    @property
    def back(self) -> str:
        """The address of the page from which the visitor came."""
        given, here = self.request.GET.get("back", ""), {self.request.get_host()}
        own = url_has_allowed_host_and_scheme(given, here, self.request.is_secure())
        return given if own else reverse("assessments:library")

    def get_form_class(self) -> type[EvidenceForm]:
        return EvidenceForm if self.evidence.is_file else LinkForm

    def get_form_kwargs(self) -> dict[str, Any]:
        # Not the evidence of the page: its frame must not show a title that was refused.
        row = Evidence.objects.get(pk=self.evidence.pk)
        return super().get_form_kwargs() | {"instance": row}

    def form_valid(self, form: EvidenceForm) -> HttpResponse:
        change(form, self.visitor)
        messages.success(self.request, _("Saved."))
        return redirect(self.back)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        uses = self.evidence.uses.count()
        return super().get_context_data(evidence=self.evidence, uses=uses, back=self.back, **kwargs)
