"""The lead's part: giving a review to someone, the second look, the decision."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from compliance.accounts.form_again import FormAgain
from compliance.accounts.models import User
from compliance.deadlines import Deadline, Unit, due
from compliance.language import page_language
from compliance.lifecycle import NotReady
from compliance.organisations.people import colleagues
from compliance.permissions import ASSIGN_REVIEW, CONFIRM, DECIDE, REVIEWING, Rule
from compliance.reviews.access import SubmissionAccess, submission_access
from compliance.reviews.cases import open_cases
from compliance.reviews.criterion_page import finding_as_shown
from compliance.reviews.deciding import decide, demandable, look, obstacles, proposed
from compliance.reviews.forms import AssignForm, DecisionForm, LookForm
from compliance.reviews.models import Decision, Finding, Review
from compliance.reviews.overview import overview
from compliance.reviews.taking_up import assign
from compliance.reviews.under_way import NotTakenUp


class LeadsPage(FormAgain):
    """A page about a review that a rule opens; what was typed survives a new sign-in."""

    rule: Rule

    def may_go_on(self, user: User, *args: Any, **kwargs: Any) -> bool:
        return submission_access(user, kwargs["submission_id"]).has_role_for(self.rule)

    @cached_property
    def access(self) -> SubmissionAccess:
        """The submission, for someone whose role the rule names."""
        access = submission_access(self.request.user, self.kwargs["submission_id"])
        access.require(self.rule)
        return access

    @cached_property
    def review(self) -> Review:
        """The review; NotTakenUp before the submission is taken up."""
        review: Review | None = getattr(self.access.submission, "review", None)
        if review is None:
            raise NotTakenUp(self.access.submission)
        return review

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            submission=self.access.submission,
            review=self.review,
            **kwargs,
        )


class Assign(LeadsPage):
    """Give a review to a reviewer, with a date."""

    rule = ASSIGN_REVIEW
    form_class = AssignForm
    template_name = "reviews/assign.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        reviewers = colleagues(self.review.regulator, REVIEWING)
        return super().get_form_kwargs() | {"reviewers": reviewers}

    def get_initial(self) -> dict[str, Any]:
        return {"person": self.review.assigned_to}

    def form_valid(self, form: AssignForm) -> HttpResponse:
        person = form.cleaned_data["person"]
        assign(self.review, person, form.cleaned_data["working_days"], self.visitor)
        messages.success(self.request, _("%(name)s has the review now.") % {"name": person})
        return redirect("reviews:review", self.access.submission.pk)


class SecondLook(LeadsPage):
    """The findings that wait for the second look, one form each."""

    rule = CONFIRM
    form_class = LookForm
    template_name = "reviews/second_look.html"

    def form_valid(self, form: LookForm) -> HttpResponse:
        given = form.cleaned_data
        finding = self.review.findings.filter(pk=given["finding"]).first()
        done = finding is not None and finding.revision == given["revision"]
        if finding is not None and finding.by_id == self.visitor.pk:
            raise PermissionDenied
        if finding is not None and done:
            done = look(
                finding,
                confirms=given["answer"] == "confirm",
                note=given["note"],
                by=self.visitor,
            )
        if not done:
            changed = _("That finding has changed in the meantime. Look at it once more.")
            messages.warning(self.request, changed)
        return redirect("reviews:second_look", self.access.submission.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = overview(self.access.submission, page_language())
        waiting = [
            {
                "row": row,
                "shown": finding_as_shown(row.finding),
                "own": row.finding.by_id == self.visitor.pk,
            }
            for section in page["sections"]
            for row in section["rows"]
            if row.finding and row.finding.look == Finding.Look.WAITING
        ]
        return super().get_context_data(waiting=waiting, **page, **kwargs)


class Decide(LeadsPage):
    """End the review: return, demand or pass."""

    rule = DECIDE
    form_class = DecisionForm
    template_name = "reviews/decide.html"

    @cached_property
    def gaps(self) -> list[dict[str, Any]]:
        """What a demand can name, as the page shows it."""
        language, chosen = page_language(), proposed(self.review)
        return [
            {
                "id": gap.criterion.id,
                "title": gap.criterion.title.to(language),
                "level": gap.level.value,
                "lost": gap.lost_shown,
                "finding": finding.get_kind_display(),
                "proposed": gap.criterion.id in chosen,
            }
            for finding, gap in demandable(self.review)
        ]

    def get_form_kwargs(self) -> dict[str, Any]:
        choices = [(gap["id"], gap["title"]) for gap in self.gaps]
        return super().get_form_kwargs() | {"gaps": choices}

    def get_initial(self) -> dict[str, Any]:
        return {"demanded": [gap["id"] for gap in self.gaps if gap["proposed"]]}

    def form_valid(self, form: DecisionForm) -> HttpResponse:
        decision = Decision(form.cleaned_data["decision"])
        try:
            decide(
                self.review,
                decision,
                statement=form.cleaned_data["statement"],
                respond_by=None if decision is Decision.PASS else _end(form),
                by=self.visitor,
                demanded=form.cleaned_data["demanded"],
            )
        except NotReady as error:
            for reason in error.reasons:
                form.add_error(None, reason)
            return self.render_to_response(self.get_context_data(form=form), status=409)
        messages.success(self.request, _("The company has been told."))
        return redirect("reviews:review", self.access.submission.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = {option.label: obstacles(self.review, option) for option in Decision}
        common = set.intersection(*map(set, found.values()))
        page = overview(self.access.submission, page_language())
        cases = open_cases(self.review.submission.assessment)
        return super().get_context_data(
            hindering_all=[one for one in found[Decision.PASS.label] if one in common],
            obstacles=[
                (label, [one for one in reasons if one not in common])
                for label, reasons in found.items()
            ],
            cases=cases,
            gaps=self.gaps,
            **page,
            **kwargs,
        )


def _end(form: Form) -> Deadline | None:
    """Return the end of as many working days from now as were entered, if any were."""
    days = form.cleaned_data["working_days"]
    return due(timezone.now(), days, Unit.WORKING_DAYS) if days else None
