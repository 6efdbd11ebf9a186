"""Finishing a draft, which gives it a rating, and taking it up again."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from compliance import lifecycle
from compliance.assessments.access import Access, assessment_access
from compliance.assessments.companywide import hold
from compliance.assessments.draft import Draft
from compliance.assessments.models import Assessment
from compliance.assessments.moving import lock, take
from compliance.permissions import FINISH, READ, REOPEN, Rule


def obstacles(draft: Draft) -> list[str]:
    """Return what stands in the way of finishing, in words; nothing where it can be finished.

    A rating needs every scoping question answered, so that the subject's tier is known and no
    question is left undetermined, and no answer that is unreadable or in conflict.
    """
    scoping = {
        question.id for section in draft.outline.sections.values() for question in section.questions
    }
    missing = len(scoping.intersection(draft.score.missing))
    unreadable = sum(draft.unreadable(key) for key in draft.outline.questions if draft.counts(key))
    conflicts = len(draft.conflicting_answers) + len(draft.conflicting_claims)
    found = []
    if missing:
        found.append(
            ngettext(
                "%(number)d question on the scope is not answered.",
                "%(number)d questions on the scope are not answered.",
                missing,
            )
            % {"number": missing}
        )
    if unreadable:
        found.append(
            ngettext(
                "%(number)d entry cannot be read as an answer.",
                "%(number)d entries cannot be read as answers.",
                unreadable,
            )
            % {"number": unreadable}
        )
    if conflicts:
        found.append(
            ngettext(
                "%(number)d answer was changed by two people and nobody has chosen yet.",
                "%(number)d answers were changed by two people and nobody has chosen yet.",
                conflicts,
            )
            % {"number": conflicts}
        )
    return found


def consequences(draft: Draft) -> list[str]:
    """Return what finishing means for this draft, in words."""
    found = [
        _("The answers can no longer be changed. You can take the assessment up again later."),
        _("The result page and the gap report show the rating."),
    ]
    if missing := len(draft.score.missing):
        found.append(
            ngettext(
                "%(number)d unanswered question counts as nothing done.",
                "%(number)d unanswered questions count as nothing done.",
                missing,
            )
            % {"number": missing}
        )
    if contradicting := len(draft.contradictions):
        found.append(
            ngettext(
                "%(number)d contradiction stays and is printed in the report.",
                "%(number)d contradictions stay and are printed in the report.",
                contradicting,
            )
            % {"number": contradicting}
        )
    return found


class Step(LoginRequiredMixin, TemplateView):
    """Ask whether to go on, and move the assessment to another status."""

    template_name = "confirmation.html"
    http_method_names = ["get", "head", "post", "options"]

    def back(self, assessment_id: uuid.UUID) -> HttpResponse:
        """Return the way to the result, which says where the assessment stands."""
        return redirect("assessments:result", assessment_id)

    def too_late(self, access: Access, rule: Rule) -> bool:
        """Whether a second click, or a colleague, was faster: no reason to refuse anyone."""
        return access.has_role_for(rule) and not access.may(rule)


class Finish(Step):
    """Finish a draft."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        access = assessment_access(request.user, kwargs["assessment_id"])
        access.require(READ)
        assessment = access.assessment
        if assessment.status != Assessment.Status.DRAFT:
            return self.back(assessment.pk)
        draft = Draft(access.require(FINISH))
        if found := obstacles(draft):
            messages.error(request, " ".join([_("This cannot be finished yet."), *found]))
            return redirect("assessments:check", assessment.pk)
        context = {
            "title": _("Finish this self-assessment?"),
            "text": str(assessment),
            "consequences": consequences(draft),
            "action": _("Finish"),
            "cancel_url": reverse("assessments:check", args=[assessment.pk]),
        }
        return self.render_to_response(context)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        access = assessment_access(request.user, kwargs["assessment_id"])
        if self.too_late(access, FINISH):
            return self.get(request, *args, **kwargs)
        assessment = access.require(FINISH)
        with transaction.atomic():
            lock(assessment)  # what is looked at is what is finished
            hold(assessment)
            if obstacles(Draft(assessment)):
                return self.get(request, *args, **kwargs)
            take(assessment, lifecycle.Step.FINISH, request.user)
        messages.success(request, _("The self-assessment is finished."))
        return self.back(assessment.pk)


class Reopen(Step):
    """Take a finished assessment up again."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        access = assessment_access(request.user, kwargs["assessment_id"])
        assessment = access.require(READ)
        if assessment.status == Assessment.Status.DRAFT:
            return redirect("assessments:tasks", assessment.pk)
        access.require(REOPEN)
        context = {
            "title": _("Take this self-assessment up again?"),
            "text": str(assessment),
            "consequences": [
                _("It becomes a draft: answers can be changed, and it has no rating.")
            ],
            "action": _("Take up again"),
            "cancel_url": reverse("assessments:result", args=[assessment.pk]),
        }
        return self.render_to_response(context)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        access = assessment_access(request.user, kwargs["assessment_id"])
        if self.too_late(access, REOPEN):
            return self.get(request, *args, **kwargs)
        assessment = access.require(REOPEN)
        with transaction.atomic():
            take(assessment, lifecycle.Step.REOPEN, request.user)
        messages.success(request, _("The self-assessment is a draft again."))
        return redirect("assessments:tasks", assessment.pk)
