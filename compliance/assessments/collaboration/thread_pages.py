"""Pages: what is said about one question, and all open threads of an assessment."""

import uuid
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.generic import TemplateView

from compliance.accounts.again import SignInAgain
from compliance.accounts.models import User
from compliance.assessments.access import Access, assessment_access
from compliance.assessments.collaboration.forms import MessageForm
from compliance.assessments.collaboration.threads import (
    mark_read,
    reopen,
    resolve,
    say,
    thread_url,
    who_discusses,
    withdraw,
)
from compliance.assessments.conflicts import shown_answer
from compliance.assessments.draft import Draft
from compliance.assessments.links import question_label, question_url
from compliance.assessments.models import Assessment, Thread
from compliance.language import page_language
from compliance.permissions import DISCUSS, READ

Data = dict[str, Any]
OPEN, RESOLVED = False, True


class ThreadPage(SignInAgain):
    """What is said about a question. A POST says something (`text`), and with `resolve` settles
    the thread; `reopen` opens it again; `withdraw` takes back the message that it names.
    """

    http_method_names = ["get", "head", "post", "options"]

    def may_go_on(self, user: User, *args: Any, **kwargs: Any) -> bool:
        return assessment_access(user, kwargs["assessment_id"]).may(DISCUSS)

    def get(self, request: HttpRequest, assessment_id: uuid.UUID, question: str) -> HttpResponse:
        access = assessment_access(request.user, assessment_id)
        access.require(READ)
        return self._page(request, access, _draft(access, question), question, MessageForm())

    def post(self, request: Any, assessment_id: uuid.UUID, question: str) -> HttpResponse:
        access = assessment_access(request.user, assessment_id)
        assessment = access.require(DISCUSS)
        draft = _draft(access, question)
        form = MessageForm(request.POST)
        if self.unconfirmed:
            return self._page(request, access, draft, question, form, status=403)
        thread = Thread.objects.filter(assessment=assessment, question=question).first()
        url = thread_url(assessment, question)
        if "withdraw" in request.POST:
            _withdraw(assessment, thread, request)
        elif {"reopen", "resolve"} & request.POST.keys() and not _says_anything(request):
            if thread is not None:
                settle = reopen if "reopen" in request.POST else resolve
                settle(assessment, thread, request.user)
        elif not form.is_valid():
            return self._page(request, access, draft, question, form, status=422)
        else:
            message = say(assessment, question, form.cleaned_data["text"], request.user)
            if "resolve" in request.POST:
                resolve(assessment, message.thread, request.user)
            url += f"#message-{message.pk}"
        return redirect(url)

    def _page(
        self,
        request: HttpRequest,
        access: Access,
        draft: Draft,
        question: str,
        form: MessageForm,
        status: int = 200,
    ) -> HttpResponse:
        assessment, language = access.assessment, page_language()
        thread = (
            Thread.objects.filter(assessment=assessment, question=question)
            .select_related("resolved_by")
            .first()
        )
        messages = list(thread.messages.select_related("by")) if thread else []
        row = draft.answers.get(question)
        context = {
            "assessment": assessment,
            "thread": thread,
            "messages_said": [
                {"message": one, "withdrawable": one.withdrawable_by(request.user)}
                for one in messages
            ],
            "label": question_label(draft, question, language),
            "question_url": question_url(draft, question),
            "given": shown_answer(draft, row, language) if row else None,
            "form": form,
            "may_discuss": access.may(DISCUSS),
            "unconfirmed": self.unconfirmed,
            "people": list(who_discusses(assessment.subject.organisation)),
        }
        page = render(request, "assessments/thread.html", context, status=status)
        if thread and messages and request.method == "GET":
            mark_read(thread, request.user, messages[-1].at)
        return page


def _says_anything(request: HttpRequest) -> bool:
    return bool(request.POST.get("text", "").strip())


def _draft(access: Access, question: str) -> Draft:
    draft = Draft(access.assessment)
    if question not in draft.outline.questions:
        raise Http404
    return draft


def _withdraw(assessment: Assessment, thread: Thread | None, request: Any) -> None:
    if thread is None:
        raise Http404
    try:
        message = get_object_or_404(thread.messages, pk=request.POST["withdraw"])
    except ValidationError:
        raise Http404 from None
    if message.withdrawn_at is not None and message.by_id == request.user.pk:
        return
    if not message.withdrawable_by(request.user):
        raise PermissionDenied
    withdraw(assessment, message, request.user)


class Threads(LoginRequiredMixin, TemplateView):
    """All threads of an assessment: the open ones, then the resolved ones."""

    http_method_names = ["get", "head", "options"]
    template_name = "assessments/threads.html"

    def get_context_data(self, **kwargs: Any) -> Data:
        access = assessment_access(self.request.user, self.kwargs["assessment_id"])
        draft, language = Draft(access.require(READ)), page_language()
        found: dict[bool, list[Data]] = {OPEN: [], RESOLVED: []}
        threads = access.assessment.threads.counted_for(self.request.user)
        by_question = {
            thread.question: thread for thread in threads.prefetch_related("messages__by")
        }
        for question in draft.outline.questions:
            if (thread := by_question.get(question)) is not None:
                found[thread.resolved_at is not None].append(
                    {
                        "label": question_label(draft, question, language),
                        "url": thread_url(access.assessment, question),
                        "last": list(thread.messages.all())[-1],
                        "said": thread.said,
                        "unread": thread.unread,
                    }
                )
        return super().get_context_data(
            assessment=access.assessment, open=found[OPEN], resolved=found[RESOLVED], **kwargs
        )
