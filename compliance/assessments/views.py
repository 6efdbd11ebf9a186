"""The list of a company's assessments and the page that starts one."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import CreateView, ListView

from compliance.accounts.again import SignInAgain
from compliance.accounts.models import User
from compliance.assessments.collaboration.my_sections import assigned_to
from compliance.assessments.draft import Draft
from compliance.assessments.forms import StartForm
from compliance.assessments.models import Assessment
from compliance.assessments.reuse import offers
from compliance.assessments.starting import start
from compliance.library.models import QuestionnaireVersion
from compliance.organisations.models import Membership
from compliance.permissions import START


class AssessmentList(LoginRequiredMixin, ListView):
    """The assessments of the companies to which the visitor belongs, the newest first."""

    template_name = "assessments/list.html"
    context_object_name = "assessments"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Assessment]:
        return Assessment.objects.visible_to(self.request.user).for_list()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        held = Membership.objects.held_by(self.request.user)
        return super().get_context_data(
            may_start=held.in_companies(START.roles).exists(),
            assigned=assigned_to(self.request.user) if "page" not in self.request.GET else [],
            **kwargs,
        )


class Start(SignInAgain, CreateView):
    """Start an assessment of a subject; `?subject=` and `?questionnaire=` choose beforehand.

    It leads to the answers that the company has given before, if there are any.
    """

    http_method_names = ["get", "head", "post", "options"]
    form_class = StartForm
    template_name = "assessments/start.html"

    def may_go_on(self, user: User, *args: Any, **kwargs: Any) -> bool:
        return Membership.objects.held_by(user).in_companies(START.roles).exists()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.unconfirmed:
            return super().post(request, *args, **kwargs)
        self.object = None
        return self.render_to_response(self.get_context_data(), status=403)

    def get_initial(self) -> dict[str, Any]:
        named = self.request.GET.get("questionnaire", "").replace("\0", "")
        version = QuestionnaireVersion.objects.open_for_new().filter(key=named).first()
        return {"subject": self.request.GET.get("subject"), "version": version}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "has_subjects": context["form"].fields["subject"].queryset.exists(),
            "unconfirmed": self.unconfirmed,
        }

    def form_valid(self, form: Any) -> HttpResponse:
        assert isinstance(self.request.user, User)
        self.object = start(form.save(commit=False), self.request.user)
        return redirect(self.get_success_url())

    def get_success_url(self) -> str:
        assert isinstance(self.object, Assessment)
        fresh = any(not offer.differs for offer in offers(Draft(self.object)))
        return reverse("assessments:reuse" if fresh else "assessments:tasks", args=[self.object.pk])
