"""Pages about a company's subjects."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.urls import reverse
from django.views.generic import CreateView

from compliance.organisations.access import companies_to_start_in
from compliance.organisations.forms import SubjectForm


class SubjectAdd(LoginRequiredMixin, CreateView):
    """Describe a service, product or system that is to be assessed; then start assessing it."""

    http_method_names = ["get", "head", "post", "options"]
    form_class = SubjectForm
    template_name = "organisations/subject_form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"companies": companies_to_start_in(self.request.user)}

    def get_success_url(self) -> str:
        assert self.object is not None
        return f"{reverse('assessments:start')}?subject={self.object.pk}"
