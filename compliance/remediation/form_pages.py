"""Pages with a form about remediation: what they have in common."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from compliance.accounts.form_again import FormAgain
from compliance.accounts.models import User
from compliance.remediation.access import ActionAccess, action_access
from compliance.remediation.models import RemediationAction


class RemediationForm(FormAgain):
    """A form about remediation; what was typed survives a new sign-in."""

    template_name = "remediation/form.html"
    title: Any = ""
    action_label: Any = gettext_lazy("Save")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=self.title,
            action_label=self.action_label,
            **kwargs,
        )


class ActionForms(RemediationForm):
    """A form about one action."""

    def allowed(self, access: ActionAccess) -> bool:
        """Whether someone may use the form; the action's status is not asked here."""
        raise NotImplementedError

    def may_go_on(self, user: User, *args: Any, **kwargs: Any) -> bool:
        return self.allowed(action_access(user, kwargs["action_id"]))

    @cached_property
    def action(self) -> RemediationAction:
        """The action, for someone who may use the form."""
        access = action_access(self.request.user, self.kwargs["action_id"])
        return access.require(self.allowed(access))

    def done(self, message: str) -> HttpResponse:
        """Say what has happened, on the action's page."""
        messages.success(self.request, message)
        return redirect("remediation:action", self.action.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = reverse("remediation:action", args=[self.action.pk])
        return super().get_context_data(kicker=self.action.title, back=back, **kwargs)
