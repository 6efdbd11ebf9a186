"""Pages: a workbook to download, the way back, and the preview before anything is taken over."""

import uuid
from hashlib import sha256
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic.base import View

from compliance.accounts.again import SignInAgain
from compliance.accounts.models import User
from compliance.accounts.press_again import PressAgain
from compliance.assessments.access import assessment_access, assessment_for
from compliance.assessments.changes import TooLate
from compliance.assessments.collaboration.holding import bars_for
from compliance.assessments.draft import Draft
from compliance.assessments.links import question_label
from compliance.assessments.models import WorkbookImport
from compliance.assessments.workbooks.opening import Refused, open_workbook
from compliance.assessments.workbooks.preview import (
    Item,
    Outdated,
    State,
    apply,
    choose,
    items,
    undecided,
)
from compliance.assessments.workbooks.problems import cell_problem, refusal
from compliance.assessments.workbooks.reading import Found, read_workbook
from compliance.assessments.workbooks.sheets import workbook
from compliance.audit.actions import Action
from compliance.audit.recording import record_download
from compliance.language import page_language
from compliance.organisations.models import Visitor
from compliance.permissions import ANSWER
from compliance.spreadsheets import MEDIA_TYPE


class UploadForm(forms.Form):
    """The file that comes back."""

    file = forms.FileField(
        label=gettext_lazy("Filled-in workbook"),
        help_text=gettext_lazy(
            "An .xlsx file of at most 10 MB that was downloaded here."
            " It must not contain state or work secrets."
        ),
        max_length=200,
        allow_empty_file=True,  # its own message says so
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )


class Workbook(LoginRequiredMixin, View):
    """A workbook of the whole assessment, or of `?section=`, as it is answered now."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, assessment_id: uuid.UUID) -> HttpResponse:
        draft = Draft(assessment_for(request.user, assessment_id, ANSWER))
        sections = list(draft.outline.sections)
        name = str(draft.assessment)
        if (section := request.GET.get("section")) is not None:
            if section not in sections:
                raise Http404
            sections = [section]
            name += f" · {draft.outline.sections[section].title.to(page_language())}"
        file = workbook(draft, sections, page_language())
        record_download(
            Action.WORKBOOK_DOWNLOADED,
            request,
            chain=draft.assessment,
            sections=sections,
            sha256=sha256(file).hexdigest(),
        )
        return HttpResponse(
            file,
            content_type=MEDIA_TYPE,
            headers={"Content-Disposition": content_disposition_header(True, f"{name}.xlsx")},
        )


class Offline(LoginRequiredMixin, View):
    """Download workbooks, and send one back: it is read and shown, and nothing is stored yet."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, assessment_id: uuid.UUID) -> HttpResponse:
        draft = Draft(assessment_for(request.user, assessment_id, ANSWER))
        return self._page(request, draft, UploadForm())

    def post(self, request: HttpRequest, assessment_id: uuid.UUID) -> HttpResponse:
        draft = Draft(assessment_for(request.user, assessment_id, ANSWER))
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(request, draft, form)
        file = form.cleaned_data["file"]
        try:
            found = read_workbook(draft, open_workbook(file, file.size))
        except Refused as error:
            form.add_error("file", refusal(error.code, error.params))
            return self._page(request, draft, form)
        kept, _created = WorkbookImport.objects.update_or_create(
            assessment=draft.assessment,
            by_id=request.user.pk,
            status=WorkbookImport.Status.PENDING,
            defaults={"file_name": file.name[:200], "found": found.write()},
        )
        return redirect("assessments:import", draft.assessment.pk, kept.pk)

    def _page(self, request: HttpRequest, draft: Draft, form: UploadForm) -> HttpResponse:
        context = {
            "assessment": draft.assessment,
            "form": form,
            "sections": [
                {"id": section.id, "title": section.title.to(page_language())}
                for section in draft.outline.sections.values()
            ],
            "waiting": _pending(draft.assessment.pk, request.user).first(),
        }
        status = 422 if form.errors else 200
        return render(request, "assessments/offline.html", context, status=status)


class Preview(SignInAgain):
    """What a workbook would change; confirming takes over exactly what the page showed."""

    http_method_names = ["get", "head", "post", "options"]
    may_answer: bool

    def may_go_on(self, user: User, *args: Any, **kwargs: Any) -> bool:
        return _imports(kwargs["assessment_id"], user).filter(pk=kwargs["import_id"]).exists()

    def get(
        self, request: HttpRequest, assessment_id: uuid.UUID, import_id: uuid.UUID
    ) -> HttpResponse:
        kept = self._kept(request, assessment_id, import_id)
        if kept.status != WorkbookImport.Status.PENDING:
            return redirect("assessments:tasks", assessment_id)
        return self._page(request, kept, self._items(kept))

    def post(
        self, request: HttpRequest, assessment_id: uuid.UUID, import_id: uuid.UUID
    ) -> HttpResponse:
        kept = self._kept(request, assessment_id, import_id)
        if kept.status != WorkbookImport.Status.PENDING:
            return redirect("assessments:tasks", assessment_id)
        chosen = choose(self._items(kept), request.POST.dict())
        if self.unconfirmed:
            return self._page(request, kept, chosen, status=403)
        if not self.may_answer:
            return self._page(request, kept, chosen, status=409)
        if undecided(chosen):
            return self._page(request, kept, chosen, status=422, undecided=True)
        try:
            taken = apply(kept, chosen)
        except TooLate:
            self.may_answer = False
            return self._page(request, kept, chosen, status=409)
        except Outdated:
            newer = choose(self._items(kept), request.POST.dict())
            return self._page(request, kept, newer, status=409, outdated=True)
        messages.success(request, _taken_words(taken))
        return redirect("assessments:tasks", assessment_id)

    def _kept(
        self, request: HttpRequest, assessment_id: uuid.UUID, import_id: uuid.UUID
    ) -> WorkbookImport:
        """Return the person's own import; `may_answer` then says whether it can be confirmed, and
        `holding` which sections of it.
        """
        access = assessment_access(request.user, assessment_id)
        if not access.has_role_for(ANSWER):
            raise PermissionDenied
        self.holding = bars_for(access, request.user)
        self.may_answer = access.may(ANSWER)
        kept = get_object_or_404(_imports(assessment_id, request.user), pk=import_id)
        kept.assessment = access.assessment
        return kept

    def _items(self, kept: WorkbookImport) -> list[Item]:
        found = Found.read(kept.found)
        return items(Draft(kept.assessment), self.holding, found, page_language())

    def _page(
        self,
        request: HttpRequest,
        kept: WorkbookImport,
        shown: list[Item],
        status: int = 200,
        **notices: bool,
    ) -> HttpResponse:
        draft, found = Draft(kept.assessment), Found.read(kept.found)
        told = [item for item in shown if item.state is not State.SAME]
        context = {
            "assessment": kept.assessment,
            "kept": kept,
            "sent": request.method == "POST",
            "sections": [
                {"title": section.title.to(page_language()), "items": mine}
                for section in draft.outline.sections.values()
                if (mine := [item for item in told if item.section == section.id])
            ],
            "changes": sum(item.state is State.CHANGE for item in told),
            "conflicts": sum(item.state is State.CONFLICT for item in told),
            "unchanged": found.untouched + len(shown) - len(told),
            "problems": [
                {"cell": problem.cell, "text": cell_problem(problem.code, problem.params)}
                for problem in found.problems
            ],
            "absent": [_name(draft, key) for key in found.absent],
            "unconfirmed": self.unconfirmed,
            "too_late": not self.may_answer,
            **notices,
        }
        return render(request, "assessments/import.html", context, status=status)


class Cancel(PressAgain):
    """Forget a workbook that was sent, without taking anything over."""

    def post(
        self, request: HttpRequest, assessment_id: uuid.UUID, import_id: uuid.UUID
    ) -> HttpResponse:
        access = assessment_access(request.user, assessment_id)
        if not access.has_role_for(ANSWER):
            raise PermissionDenied
        get_object_or_404(_imports(assessment_id, request.user), pk=import_id)
        _pending(assessment_id, request.user).filter(pk=import_id).delete()
        messages.info(request, _("Nothing of the workbook was applied."))
        return redirect("assessments:tasks", assessment_id)


def _imports(assessment_id: uuid.UUID, user: Visitor) -> QuerySet[WorkbookImport]:
    return WorkbookImport.objects.filter(assessment=assessment_id, by=user.pk)


def _pending(assessment_id: uuid.UUID, user: Visitor) -> QuerySet[WorkbookImport]:
    return _imports(assessment_id, user).filter(status=WorkbookImport.Status.PENDING)


def _name(draft: Draft, key: str) -> str:
    """Return by what people know a question or a criterion."""
    if key in draft.outline.questions:
        return question_label(draft, key, page_language())
    return draft.outline.criteria[key].title.to(page_language())


def _taken_words(taken: int) -> str:
    words = ngettext(
        "%(number)d entry of the workbook was applied.",
        "%(number)d entries of the workbook were applied.",
        taken,
    )
    return words % {"number": taken}
