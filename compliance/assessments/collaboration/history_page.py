"""The page of what was answered to a question before, from which it can be taken again."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from compliance.accounts.again import SignInAgain
from compliance.accounts.models import User
from compliance.assessments.access import Access, assessment_access
from compliance.assessments.changes import Outcome
from compliance.assessments.collaboration.history import Content, Step, history
from compliance.assessments.collaboration.holding import bars_for
from compliance.assessments.conflicts import answer_words
from compliance.assessments.draft import Draft
from compliance.assessments.links import question_label, question_url
from compliance.assessments.models import Answer
from compliance.assessments.revisions import content_of, seen
from compliance.assessments.saving import store_all
from compliance.language import page_language
from compliance.permissions import ANSWER, READ
from questionnaires.forms import Entry
from questionnaires.parts import Language

Data = dict[str, Any]


class History(SignInAgain):
    """Who answered a question when, and how it read before and after; `take` answers it again as
    it read after that step, `take_before` as it read before it.
    """

    http_method_names = ["get", "head", "post", "options"]

    def may_go_on(self, user: User, *args: Any, **kwargs: Any) -> bool:
        return assessment_access(user, kwargs["assessment_id"]).has_role_for(ANSWER)

    def get(self, request: HttpRequest, assessment_id: uuid.UUID, question: str) -> HttpResponse:
        access = assessment_access(request.user, assessment_id)
        access.require(READ)
        return self._page(request, access, question)

    def post(self, request: Any, assessment_id: uuid.UUID, question: str) -> HttpResponse:
        access = assessment_access(request.user, assessment_id)
        assessment = access.require(ANSWER)
        draft = _draft(access, question)
        holding = bars_for(access, request.user)
        section = draft.outline.section_of[question]
        if holding.bars(section):
            return self._page(request, access, question, holding.refusal(section), status=403)
        if self.unconfirmed:
            problem = _("It could not be verified that this came from your page. Choose again.")
            return self._page(request, access, question, problem, status=403)
        number, content = _chosen(draft, question, request.POST)
        earlier = {name: content[name] for name in ("value", "typed")}
        entry = Entry("answer", question, request.POST.get("seen", ""), earlier)
        outcomes = store_all(assessment, [entry], request.user, {"event": str(number)})
        if Outcome.CONFLICT in outcomes:
            messages.warning(
                request,
                _("The answer was changed in the meantime. Choose in its section which counts."),
            )
        elif Outcome.SAVED in outcomes:
            messages.success(request, _("The earlier answer counts again."))
        return redirect("assessments:history", assessment.pk, question)

    def _page(
        self,
        request: HttpRequest,
        access: Access,
        question: str,
        problem: str = "",
        status: int = 200,
    ) -> HttpResponse:
        draft, language = _draft(access, question), page_language()
        row = draft.answers.get(question)
        now = content_of("answer", row)
        may_take = access.may(ANSWER)
        if may_take:
            section = draft.outline.section_of[question]
            may_take = not bars_for(access, request.user).bars(section)
        steps = history(access.assessment, question, row)
        context = {
            "assessment": access.assessment,
            "problem": problem,
            "label": question_label(draft, question, language),
            "question_url": question_url(draft, question),
            "seen": str(seen("answer", row)),
            "now": _said(draft, question, now, language) if row else None,
            "by": row,
            "steps": [_shown(draft, question, step, now, language) for step in steps],
            "may_take": may_take,
        }
        return render(request, "assessments/history.html", context, status=status)


def _draft(access: Access, question: str) -> Draft:
    draft = Draft(access.assessment)
    if question not in draft.outline.questions:
        raise Http404
    return draft


def _chosen(draft: Draft, question: str, posted: Any) -> tuple[int, Content]:
    """Return what a button names; SuspiciousOperation where no page of ours has it."""
    for step in history(draft.assessment, question, draft.answers.get(question)):
        for name, content in (("take", step.after), ("take_before", step.before)):
            if posted.get(name) == str(step.number) and _can_be_taken(content):
                assert content is not None
                return step.number, content
    raise SuspiciousOperation("An answer was chosen that the page did not show.")


def _can_be_taken(content: Content | None) -> bool:
    """Whether it can be an answer again: what could not be read then cannot be read now."""
    return content is not None and content.get("value") is not None


def _shown(draft: Draft, question: str, step: Step, now: Content, language: Language) -> Data:
    def takeable(content: Content | None) -> bool:
        return _can_be_taken(content) and content is not None and content["value"] != now["value"]

    return {
        "step": step,
        "before": step.before and _said(draft, question, step.before, language),
        "after": step.after and _said(draft, question, step.after, language),
        "take": takeable(step.after),
        "take_before": takeable(step.before),
    }


def _said(draft: Draft, question: str, content: Content, language: Language) -> Data:
    row = Answer(question=question, value=content.get("value"), typed=content.get("typed"))
    return {"words": answer_words(draft, row, language), "comment": content.get("comment", "")}
