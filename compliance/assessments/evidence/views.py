"""Pages: the evidence behind an answer, taking a piece of it away, and the files themselves."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied, SuspiciousOperation, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic.base import View

from compliance.accounts.again import SignInAgain
from compliance.accounts.models import User
from compliance.assessments.access import assessment_access, assessment_for
from compliance.assessments.collaboration.holding import bars_for
from compliance.assessments.conflicts import shown_answer
from compliance.assessments.draft import Draft
from compliance.assessments.evidence.forms import EvidenceForm, FileForm, LinkForm
from compliance.assessments.evidence.keeping import Place, add_file, add_link, attach, detach
from compliance.assessments.evidence.pages import shown, uses_shown
from compliance.assessments.evidence.refusals import Refused
from compliance.assessments.evidence.serving import evidence_response
from compliance.assessments.links import question_label, question_url
from compliance.assessments.models import Evidence, EvidenceQuerySet
from compliance.audit.actions import Action
from compliance.audit.recording import record_download
from compliance.language import page_language
from compliance.permissions import ANSWER, CHANGE_OTHERS_EVIDENCE, READ
from compliance.uploads import ask_for_file_again

MOST_OFFERED = 20
"""How many pieces of a company's evidence a page offers; a search finds the others."""
LONGEST_SEARCH = 100


class AnswerPage(SignInAgain):
    """A page about the evidence behind one answer, for everyone who may read the assessment."""

    http_method_names = ["get", "head", "post", "options"]

    def may_go_on(self, user: User, *args: Any, **kwargs: Any) -> bool:
        return assessment_access(user, kwargs["assessment_id"]).has_role_for(ANSWER)

    def open(self, assessment_id: uuid.UUID, question: str) -> None:
        """Read the assessment; Http404 for a foreign one, or where nobody asks the question."""
        assert isinstance(self.request.user, User)
        self.user = self.request.user
        access = assessment_access(self.user, assessment_id)
        self.draft, self.place = Draft(access.require(READ)), Place(access, question)
        if question not in self.draft.outline.questions:
            raise Http404
        holding = bars_for(access, self.user)
        self.barred = holding.bars(self.draft.outline.section_of[question])
        self.address = reverse("assessments:evidence", args=[assessment_id, question])

    def require_answering(self) -> None:
        """Raise PermissionDenied for someone who could not change the answer in any status."""
        if self.barred or not self.place.access.has_role_for(ANSWER):
            raise PermissionDenied

    @property
    def may_change(self) -> bool:
        """Whether this person may change the answer now, and so what stands behind it."""
        return self.place.access.may(ANSWER) and not self.barred

    def at_hand(self) -> EvidenceQuerySet:
        """Return the company's evidence that does not stand behind this answer yet."""
        mine = Evidence.objects.of_company(self.place.organisation).at_hand()
        return mine.exclude(uses__in=self.place.uses())


class AnswerEvidencePage(AnswerPage):
    """What stands behind an answer; `add` says what a form adds: `file`, `link` or `existing`.

    What is refused is shown again, with 422, and what came from a page that had been open too long
    with 403; 409 where the answers cannot be changed any more.
    """

    def get(self, request: HttpRequest, assessment_id: uuid.UUID, question: str) -> HttpResponse:
        self.open(assessment_id, question)
        return self._page({})

    def post(self, request: HttpRequest, assessment_id: uuid.UUID, question: str) -> HttpResponse:
        self.open(assessment_id, question)
        self.require_answering()
        if not self.may_change:
            return self._page({}, status=409)
        add = request.POST.get("add")
        if add == "existing" and not self.unconfirmed:
            return self._attach(request.POST.getlist("evidence"))
        if add == "existing":
            return self._page({}, status=403)
        if add not in ("file", "link"):
            raise SuspiciousOperation("A page adds what is none.")
        form_class: type[EvidenceForm] = FileForm if add == "file" else LinkForm
        files = None if self.files_left else request.FILES
        form = form_class(request.POST, files, prefix=add)
        if add == "file" and self.files_left:
            ask_for_file_again(form)
        if self.unconfirmed:
            return self._page({add: form}, status=403)
        if not form.is_valid():
            return self._page({add: form}, status=422)
        try:
            if add == "file":
                evidence = form.save(commit=False)
                kept = add_file(self.place, evidence, form.cleaned_data["file"], self.user)
            else:
                kept = add_link(self.place, form.save(commit=False), self.user)
        except Refused as refused:
            form.add_error("file" if add == "file" else "address", str(refused))
            return self._page({add: form}, status=422)
        messages.success(request, _("“%(name)s” stands behind the answer.") % {"name": kept})
        return redirect(self.address)

    def _attach(self, ids: list[str]) -> HttpResponse:
        try:
            chosen = list(self.at_hand().filter(pk__in=ids)) if ids else []
        except ValidationError as error:
            raise Http404 from error
        try:
            attach(self.place, chosen, self.user)
        except Refused as refused:
            return self._page({}, status=422, refused=str(refused))
        if not chosen:
            nothing = _("Choose what is to stand behind the answer.")
            return self._page({}, status=422, refused=nothing)
        return redirect(self.address)

    def _page(self, forms: dict[str, EvidenceForm], status: int = 200, **more: Any) -> HttpResponse:
        draft, key, language = self.draft, self.place.question, page_language()
        assessment, answer = draft.assessment, draft.answers.get(key)
        search = self.request.GET.get("q", "").replace("\0", "")[:LONGEST_SEARCH]
        found = self.at_hand().named_like(search) if self.may_change else Evidence.objects.none()
        offered = [shown(assessment, evidence) for evidence in found[: MOST_OFFERED + 1]]
        context = {
            "assessment": assessment,
            "label": question_label(draft, key, language),
            "given": shown_answer(draft, answer, language) if answer else None,
            "back_url": question_url(draft, key),
            "address": self.address,
            "question": key,
            "evidence": uses_shown(assessment, self.place.uses()),
            "may_change": self.may_change,
            "may_edit_others": self.place.access.has_role_for(CHANGE_OTHERS_EVIDENCE),
            "too_late": status == 409,
            "file_form": forms.get("file", FileForm(prefix="file")),
            "link_form": forms.get("link", LinkForm(prefix="link")),
            "offered": offered[:MOST_OFFERED],
            "more": len(offered) > MOST_OFFERED,
            "ticked": self.request.POST.getlist("evidence"),
            "search": search,
            "removed": self._removed(),
            "unconfirmed": self.unconfirmed,
            **more,
        }
        return render(self.request, "evidence/answer.html", context, status=status)

    def _removed(self) -> Evidence | None:
        """Return what was just taken from the answer, so that it can be put back."""
        if not self.may_change or not (given := self.request.GET.get("removed")):
            return None
        try:
            return self.at_hand().filter(pk=uuid.UUID(given)).first()
        except ValueError:
            return None


class Detach(AnswerPage):
    """Ask whether to take evidence from an answer, and do so."""

    def get(
        self, request: HttpRequest, assessment_id: uuid.UUID, question: str, evidence_id: uuid.UUID
    ) -> HttpResponse:
        evidence = self._evidence(assessment_id, question, evidence_id)
        if not self.may_change:
            return redirect(self.address)
        status = 403 if self.unconfirmed else 200
        context = {
            "title": _("Take this evidence from the answer?"),
            "text": str(evidence),
            "consequences": [_("It stays among your company's evidence and can be put back.")],
            "action": _("Take away"),
            "cancel_url": self.address,
        }
        return render(request, "confirmation.html", context, status=status)

    def post(
        self, request: HttpRequest, assessment_id: uuid.UUID, question: str, evidence_id: uuid.UUID
    ) -> HttpResponse:
        if self.unconfirmed:
            return self.get(request, assessment_id, question, evidence_id)
        evidence = self._evidence(assessment_id, question, evidence_id)
        if not self.may_change:
            return redirect(self.address)
        detach(self.place, evidence, self.user)
        return redirect(f"{self.address}?removed={evidence.pk}")

    def _evidence(
        self, assessment_id: uuid.UUID, question: str, evidence_id: uuid.UUID
    ) -> Evidence:
        self.open(assessment_id, question)
        self.require_answering()
        company = Evidence.objects.of_company(self.place.organisation)
        return get_object_or_404(company, pk=evidence_id)


class EvidenceFile(LoginRequiredMixin, View):
    """A file of the company's evidence, for everyone who may read the assessment."""

    http_method_names = ["get", "head", "options"]

    def get(
        self, request: HttpRequest, assessment_id: uuid.UUID, evidence_id: uuid.UUID
    ) -> HttpResponseBase:
        assessment = assessment_for(request.user, assessment_id, READ)
        company = Evidence.objects.of_company(assessment.subject.organisation)
        evidence = get_object_or_404(company, pk=evidence_id)
        response = evidence_response(evidence)
        record_download(
            Action.EVIDENCE_DOWNLOADED,
            request,
            chain=assessment,
            about=evidence,
            sha256=evidence.sha256,
        )
        return response
