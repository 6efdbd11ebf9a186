"""The wizard: one section a page, in any order, with answer rows as its only storage."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse, translate_url
from formtools.wizard.forms import ManagementForm
from formtools.wizard.storage.base import BaseStorage
from formtools.wizard.views import NamedUrlWizardView

from compliance.accounts.again import SignInAgain
from compliance.accounts.models import User
from compliance.assessments.access import assessment_access
from compliance.assessments.changes import Outcome, TooLate
from compliance.assessments.collaboration.holding import holding_for, until
from compliance.assessments.collaboration.threads import threads_beside
from compliance.assessments.draft import Draft
from compliance.assessments.links import section_url
from compliance.assessments.pages import posted_rows, section_page
from compliance.assessments.saving import choose, store_all
from compliance.assessments.upgrading import successor
from compliance.language import page_language
from compliance.permissions import ANSWER, READ
from questionnaires.forms import SectionForm


class AnswerRows(BaseStorage):
    """What the wizard keeps of its steps: the answer rows of the draft, and nothing else.

    The session is not touched; which step is shown follows from the address.
    """

    def __init__(self, prefix: str, request: Any, file_storage: Any = None) -> None:
        super().__init__(prefix, request, file_storage)
        self.init_data()
        self.draft: Draft = request.draft

    def reset(self) -> None:
        """Keep every answer: finishing the wizard is no reason to lose what it asked."""

    def get_step_data(self, step: str) -> QueryDict:
        """Return what the page of a section posts that shows it as it is stored."""
        return posted_rows(self.draft, step, page_language())

    def set_step_data(self, step: str, form: SectionForm) -> list[Outcome]:
        """Store what a form says, and read the draft anew; return what became of each entry."""
        outcomes = store_all(self.draft.assessment, form.entries(), self.request.user)
        self.draft = Draft(self.draft.assessment)
        return outcomes

    def settle(self, choice: str) -> None:
        """Settle a conflict as the button says, and read the draft anew."""
        choose(self.draft.assessment, choice, self.request.user)
        self.draft = Draft(self.draft.assessment)


class DraftWizard(NamedUrlWizardView):
    """The steps of one draft: a form for each section, a condition for each."""

    storage_name = f"{AnswerRows.__module__}.{AnswerRows.__qualname__}"
    form_list: Any = [
        SectionForm
    ]  # the class needs one; each request has the sections of its draft

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        access = assessment_access(request.user, kwargs["assessment_id"])
        self.may_answer = access.may(ANSWER)
        self.holding = holding_for(access, request.user)
        if request.method == "POST" and not access.has_role_for(ANSWER):
            raise PermissionDenied
        request.draft = draft = Draft(access.require(READ))
        if kwargs["step"] not in draft.outline.sections:
            raise Http404
        language = page_language()
        self.form_list = {
            section: draft.outline.form(section, language) for section in draft.outline.sections
        }
        self.condition_dict = self.conditions(draft)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[no-any-return]

    @staticmethod
    def conditions(draft: Draft) -> dict[str, bool]:
        """Return for each section whether it asks anything."""
        return {section: draft.applies(section) for section in draft.outline.sections}

    def get_prefix(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return f"assessment-{kwargs['assessment_id']}"

    def get_step_url(self, step: str) -> str:
        return section_url(self.storage.draft.assessment.pk, step)

    def get_form(self, step: str | None = None, data: Any = None, files: Any = None) -> SectionForm:
        """Return the form of a section, one that scoping has left out included."""
        form: type[SectionForm] = self.form_list[step or self.steps.current]
        return form(data, reference_date=self.storage.draft.assessment.reference_date)


class SectionWizard(SignInAgain, DraftWizard):
    """Answer one section. Whichever button is pressed, what was entered is stored first.

    Buttons: none of these goes on to the next section; `wizard_goto_step` to the one that it
    names; `then=tasks` to the task list; `evidence` to what stands behind the answer to the
    question that it names; `language` shows the same section in that language;
    `choose` settles a conflict. What cannot be stored is shown again as it was entered.
    """

    http_method_names = ["get", "head", "post", "options"]
    template_name = "assessments/section.html"

    @property
    def barred(self) -> bool:
        """Whether the section is assigned to others, and only they may answer it."""
        return self.may_answer and self.holding.bars(self.kwargs["step"])

    @property
    def too_late(self) -> bool:
        """Whether a page was sent by someone who could answer until the assessment was finished."""
        return self.request.method == "POST" and not self.may_answer

    def may_go_on(self, user: User, *args: Any, **kwargs: Any) -> bool:
        return assessment_access(user, kwargs["assessment_id"]).has_role_for(ANSWER)

    def get(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.condition_dict[kwargs["step"]]:
            return redirect("assessments:tasks", self.storage.draft.assessment.pk)
        self.storage.current_step = kwargs["step"]
        return super().get(*args, **kwargs)  # type: ignore[no-any-return]

    def post(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        step = self.storage.current_step = kwargs["step"]
        form = self.get_form(data=self.request.POST)
        self._refuse_tampered(form, step)
        if self.unconfirmed or self.too_late or self.barred:
            return self.render(form)  # type: ignore[no-any-return]
        try:
            with transaction.atomic():
                outcomes = self.storage.set_step_data(step, form)
                if "choose" in self.request.POST:
                    self.storage.settle(self.request.POST["choose"])
        except TooLate:
            self.may_answer = False
            return self.render(form)  # type: ignore[no-any-return]
        self.condition_dict = self.conditions(self.storage.draft)
        if form.refused or Outcome.CONFLICT in outcomes or "choose" in self.request.POST:
            return self._show_again(form)
        return self._go_on(form)

    def _refuse_tampered(self, form: SectionForm, step: str) -> None:
        """Refuse, before anything is stored, what no page of ours can send."""
        posted = self.request.POST
        management = ManagementForm(posted, prefix=self.prefix)
        if not management.is_valid() or management.cleaned_data["current_step"] != step:
            raise SuspiciousOperation("The page of another step was sent.")
        if posted.get("wizard_goto_step", step) not in self.form_list:
            raise Http404
        if posted.get("language", settings.LANGUAGE_CODE) not in dict(settings.LANGUAGES):
            raise SuspiciousOperation("There is no such language.")
        outline = self.storage.draft.outline
        if "evidence" in posted and outline.section_of.get(posted["evidence"]) != step:
            raise SuspiciousOperation("The page of another section was sent.")
        if form.tampered:
            raise SuspiciousOperation(f"No page can send this: {', '.join(form.tampered)[:200]}")

    def _go_on(self, form: SectionForm) -> HttpResponseBase:
        posted = self.request.POST
        if "language" in posted:
            return redirect(translate_url(self.request.get_full_path(), posted["language"]))
        if "wizard_goto_step" in posted:
            return self.render_goto_step(posted["wizard_goto_step"])  # type: ignore[no-any-return]
        if "evidence" in posted:
            question = posted["evidence"]
            return redirect("assessments:evidence", self.storage.draft.assessment.pk, question)
        if posted.get("then") == "tasks":
            return redirect("assessments:tasks", self.storage.draft.assessment.pk)
        if form.errors:
            return self._show_again(form)
        if self.get_next_step() is None:
            return self.render_done(form)
        return self.render_next_step(form)  # type: ignore[no-any-return]

    def _show_again(self, form: SectionForm) -> HttpResponseBase:
        """Show the section as it is stored now, and beside that what was refused."""
        data = self.storage.get_step_data(self.steps.current)
        for field in form.refused:
            for name in form.names:
                if name == field or name.startswith(f"{field}."):
                    data.setlist(name, self.request.POST.getlist(name))
        return self.render(self.get_form(data=data))  # type: ignore[no-any-return]

    def render_done(self, form: SectionForm, **kwargs: Any) -> HttpResponse:
        """Lead from the last section to the page where all answers are checked."""
        return redirect("assessments:check", self.storage.draft.assessment.pk)

    def get_context_data(self, form: SectionForm, **kwargs: Any) -> dict[str, Any]:
        draft: Draft = self.storage.draft
        context: dict[str, Any] = super().get_context_data(form=form, **kwargs)
        return context | {
            "page": section_page(
                draft,
                self.steps.current,
                form,
                page_language(),
                threads_beside(draft.assessment, self.request.user),
            ),
            "assessment": draft.assessment,
            "may_answer": self.request.method == "POST" or (self.may_answer and not self.barred),
            "assigned": [until(one) for one in self.holding.by_section.get(self.steps.current, ())],
            "barred": self.holding.refusal(self.steps.current) if self.barred else "",
            "unconfirmed": self.unconfirmed,
            "too_late": self.too_late,
            "superseded_by": successor(draft.assessment),
            "saved_at": draft.saved_at,
            "autosave_url": reverse("assessments:autosave", args=[draft.assessment.pk]),
        }

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        refused = self.barred and self.request.method == "POST"
        status = 403 if refused or getattr(self.request, "csrf_refused", False) else 200
        status = 409 if self.too_late else status
        return super().render_to_response(context, status=status, **kwargs)  # type: ignore[no-any-return]
