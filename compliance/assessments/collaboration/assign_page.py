"""The page on which a compliance officer gives sections to people."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from compliance.accounts.again import SignInAgain
from compliance.accounts.models import User
from compliance.accounts.press_again import PressAgain
from compliance.assessments.access import assessment_access
from compliance.assessments.collaboration.assigning import (
    Outdated,
    assign,
    report_done,
    state_of,
    who_can_answer,
)
from compliance.assessments.collaboration.forms import SectionPeopleForm, section_people_forms
from compliance.assessments.collaboration.holding import holding_for
from compliance.assessments.draft import Draft
from compliance.assessments.models import Assessment, SectionAssignment
from compliance.assessments.progress import Progress, State, progress
from compliance.language import page_language
from compliance.permissions import ANSWER, ASSIGN

Data = dict[str, Any]


class Assign(SignInAgain):
    """Show how far everyone has come; store who answers each section until when."""

    http_method_names = ["get", "head", "post", "options"]

    def may_go_on(self, user: User, *args: Any, **kwargs: Any) -> bool:
        return assessment_access(user, kwargs["assessment_id"]).has_role_for(ASSIGN)

    def get(self, request: HttpRequest, assessment_id: uuid.UUID) -> HttpResponse:
        access = assessment_access(request.user, assessment_id)
        return self._page(request, access.require(ASSIGN))

    def post(self, request: Any, assessment_id: uuid.UUID) -> HttpResponse:
        access = assessment_access(request.user, assessment_id)
        if access.has_role_for(ASSIGN) and not access.may(ASSIGN):
            messages.error(request, _("Nothing was assigned: the answers can no longer change."))
            return redirect("assessments:tasks", assessment_id)
        assessment = access.require(ASSIGN)
        forms = _forms(assessment, request.POST)
        valid = [form.is_valid() for form in forms.values()]
        if not all(valid) or self.unconfirmed:
            status = 403 if self.unconfirmed else 422
            return self._page(request, assessment, forms, status=status)
        wanted = {section: form.wanted for section, form in forms.items()}
        try:
            assign(assessment, wanted, request.POST.get("shown", ""), request.user)
        except Outdated:
            return self._page(request, assessment, forms, status=409)
        messages.success(request, _("The sections are assigned."))
        return redirect("assessments:assign", assessment_id)

    def _page(
        self,
        request: HttpRequest,
        assessment: Assessment,
        forms: dict[str, SectionPeopleForm] | None = None,
        status: int = 200,
    ) -> HttpResponse:
        rows = list(assessment.section_assignments.select_related("person").order_by("at", "id"))
        found = progress(Draft(assessment))
        forms = forms or _forms(assessment)
        context = {
            "assessment": assessment,
            "shown": state_of(rows),
            "outdated": status == 409,
            "unconfirmed": self.unconfirmed,
            "invalid": any(form.errors for form in forms.values()),
            "people": _people(found, rows),
            "nobody": not who_can_answer(assessment.subject.organisation).exists(),
            "sections": [_section(one, forms[one.section.id], rows) for one in found],
        }
        return render(request, "assessments/assign.html", context, status=status)


def _forms(assessment: Assessment, data: Any = None) -> dict[str, SectionPeopleForm]:
    held: dict[str, list[SectionAssignment]] = {}
    for row in assessment.section_assignments.in_force():
        held.setdefault(row.section, []).append(row)
    people = list(who_can_answer(assessment.subject.organisation))
    return section_people_forms(list(Draft(assessment).outline.sections), people, held, data)


def _section(one: Progress, form: SectionPeopleForm, rows: list[SectionAssignment]) -> Data:
    return {
        "title": one.section.title.to(page_language()),
        "form": form,
        "state": one.state.value,
        "answered": one.answered,
        "total": one.total,
        "overdue": any(_late(row, one) for row in rows if row.section == one.section.id),
    }


def _people(found: list[Progress], rows: list[SectionAssignment]) -> list[Data]:
    """Return how far everyone has come who has a section, in the order of their names."""
    by_section = {one.section.id: one for one in found}
    held: dict[User, list[tuple[SectionAssignment, Progress]]] = {}
    for row in rows:
        if (one := by_section.get(row.section)) is not None:
            held.setdefault(row.person, []).append((row, one))
    return [
        {
            "person": person,
            "sections": [one.section.title.to(page_language()) for _row, one in mine],
            "answered": sum(one.answered for _row, one in mine),
            "total": sum(one.total for _row, one in mine),
            "done": sum(row.done_at is not None for row, _one in mine),
            "overdue": sum(_late(row, one) for row, one in mine),
        }
        for person, mine in sorted(held.items(), key=lambda item: str(item[0]))
    ]


def _late(row: SectionAssignment, one: Progress) -> bool:
    return row.overdue and one.state not in (State.COMPLETE, State.NOT_APPLICABLE)


class ReportDone(PressAgain):
    """Say that a section is done (`done=1`), or take it up again (`done=0`)."""

    def post(self, request: Any, assessment_id: uuid.UUID, step: str) -> HttpResponse:
        access = assessment_access(request.user, assessment_id)
        access.require(ANSWER)
        mine = holding_for(access, request.user).of_visitor(step)
        if not mine:
            raise PermissionDenied
        for row in mine:
            row.assessment = access.assessment
        report_done(mine, request.POST.get("done") == "1", request.user)
        return redirect("assessments:tasks", assessment_id)
