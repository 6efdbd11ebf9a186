"""Between those who do an action and those who re-inspect it: reports, and more time."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.remediation import inspecting
from compliance.remediation.access import ActionAccess
from compliance.remediation.form_pages import ActionForms
from compliance.remediation.forms import (
    AnswerExtensionForm,
    ExtensionForm,
    InspectForm,
    ReportForm,
)
from compliance.remediation.models import Extension


class ReportDone(ActionForms):
    """Report an action as done."""

    form_class = ReportForm
    title = gettext_lazy("Report as done")
    action_label = gettext_lazy("Report")

    def allowed(self, access: ActionAccess) -> bool:
        return access.may_work

    def form_valid(self, form: ReportForm) -> HttpResponse:
        inspecting.report(self.action, form.cleaned_data["text"], self.visitor)
        return self.done(_("Reported. Someone else re-inspects it."))


class Inspect(ActionForms):
    """Re-inspect a reported action."""

    form_class = InspectForm
    title = gettext_lazy("Re-inspect")

    def allowed(self, access: ActionAccess) -> bool:
        return access.may_inspect

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report = self.action.reports.select_related("by").last()
        return super().get_context_data(report=report, **kwargs)

    def form_valid(self, form: InspectForm) -> HttpResponse:
        given = form.cleaned_data
        inspecting.inspect(self.action, given["closes"] == "yes", given["note"], self.visitor)
        return self.done(_("The re-inspection is saved."))


class AskForTime(ActionForms):
    """Ask for more time."""

    form_class = ExtensionForm
    title = gettext_lazy("Ask for more time")
    action_label = gettext_lazy("Ask")

    def allowed(self, access: ActionAccess) -> bool:
        return access.may_work

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"due_on": self.action.due_on}

    def form_valid(self, form: ExtensionForm) -> HttpResponse:
        given = form.cleaned_data
        inspecting.ask_for_time(self.action, given["until"], given["reason"], self.visitor)
        return self.done(_("The request is sent."))


class AnswerExtension(ActionForms):
    """Grant or refuse more time."""

    form_class = AnswerExtensionForm
    title = gettext_lazy("More time?")

    def allowed(self, access: ActionAccess) -> bool:
        return access.may_answer_extension

    @cached_property
    def extension(self) -> Extension:
        return get_object_or_404(self.action.extensions, pk=self.kwargs["extension_id"])

    def form_valid(self, form: AnswerExtensionForm) -> HttpResponse:
        given = form.cleaned_data
        inspecting.answer_extension(
            self.extension, given["answer"] == "grant", given["note"], self.visitor
        )
        return self.done(_("The answer is sent."))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(extension=self.extension, **kwargs)
