"""Pages about a company's subjects."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from django.views.generic.base import ContextMixin, View

from compliance.accounts.form_again import FormAgain
from compliance.accounts.models import User
from compliance.accounts.press_again import PressAgain
from compliance.audit.actions import Action
from compliance.audit.recording import record
from compliance.organisations.access import companies_to_start_in, subject_for
from compliance.organisations.archiving import archive, restore
from compliance.organisations.changes import said, save_and_record
from compliance.organisations.forms.subjects import DESCRIPTION, NewSubjectForm, SubjectForm
from compliance.organisations.models import Subject
from compliance.organisations.models.roles import Kind
from compliance.organisations.views.page import FORM, OrganisationPage
from compliance.permissions import EDIT_SUBJECT


class SubjectAdd(FormAgain):
    """Describe a service, product or system that is to be assessed; then start assessing it."""

    form_class = NewSubjectForm
    template_name = "organisations/subject_form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"companies": companies_to_start_in(self.request.user)}

    def get_initial(self) -> dict[str, Any]:
        return {"organisation": self.request.GET.get("organisation")}

    def form_valid(self, form: NewSubjectForm) -> HttpResponse:
        with transaction.atomic():
            subject: Subject = form.save()
            record(
                Action.SUBJECT_ADDED,
                by=self.request.user,
                chain=subject.organisation,
                about=subject,
                new=said(subject, DESCRIPTION),
            )
        return redirect(f"{reverse('assessments:start')}?subject={subject.pk}")


class SubjectList(OrganisationPage, TemplateView):
    """What a company assesses, and what it has put away."""

    template_name = "organisations/subjects.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        organisation = self.access.organisation
        if organisation.kind != Kind.COMPANY:
            raise Http404
        subjects = organisation.subjects.order_by("name", "id")
        return super().get_context_data(
            subjects=[each for each in subjects if each.archived_at is None],
            archived=[each for each in subjects if each.archived_at is not None],
            may_edit_subjects=self.access.may(EDIT_SUBJECT),
            **kwargs,
        )


class AboutSubject(ContextMixin, View):
    """Something that changes the subject which the address names."""

    http_method_names = FORM

    @cached_property
    def subject(self) -> Subject:
        """The subject; Http404 for a foreign one, PermissionDenied for a role too low."""
        wanted: uuid.UUID = self.kwargs["subject_id"]
        return subject_for(self.request.user, wanted, EDIT_SUBJECT)

    def may_go_on(self, user: User, subject_id: uuid.UUID) -> bool:
        """Whether someone who signs in again may send what was filled in."""
        subject_for(user, subject_id, EDIT_SUBJECT)
        return True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        company = self.subject.organisation
        trail = [
            {"label": company, "url": reverse("organisations:overview", args=[company.pk])},
            {"label": _("Subjects"), "url": self.back},
        ]
        return super().get_context_data(subject=self.subject, back=self.back, trail=trail, **kwargs)

    @property
    def back(self) -> str:
        """The address of the company's list."""
        return reverse("organisations:subjects", args=[self.subject.organisation_id])


class SubjectEdit(AboutSubject, FormAgain):
    """Describe a subject better. Assessments that were submitted keep what was said then."""

    form_class = SubjectForm
    template_name = "organisations/subject_edit.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        # Not the subject of the page: its frame must not show a name that was refused.
        return super().get_form_kwargs() | {"instance": Subject.objects.get(pk=self.subject.pk)}

    def form_valid(self, form: SubjectForm) -> HttpResponse:
        with transaction.atomic():
            save_and_record(
                form,
                Action.SUBJECT_CHANGED,
                by=self.request.user,
                chain=self.subject.organisation,
            )
        messages.success(self.request, _("Saved."))
        return redirect(self.back)


class SubjectArchive(LoginRequiredMixin, AboutSubject):
    """Put a subject away after asking, so that no new assessment of it is started."""

    def get(self, request: HttpRequest, subject_id: uuid.UUID) -> HttpResponse:
        words = {"subject": self.subject}
        context = {
            "title": _("Archive %(subject)s?") % words,
            "text": _("It is no longer offered when an assessment is started."),
            "consequences": [
                _("Its assessments stay as they are."),
                _("You can take it out of the archive again."),
            ],
            "action": _("Archive"),
            "cancel_url": self.back,
        }
        return render(request, "confirmation.html", context)

    def post(self, request: HttpRequest, subject_id: uuid.UUID) -> HttpResponse:
        archive(self.subject, by=request.user)
        messages.success(request, _("Archived."))
        return redirect(self.back)


class SubjectRestore(AboutSubject, PressAgain):
    """Take a subject out of the archive."""

    def post(self, request: HttpRequest, subject_id: uuid.UUID) -> HttpResponse:
        restore(self.subject, by=request.user)
        messages.success(request, _("It is offered again."))
        return redirect(self.back)
