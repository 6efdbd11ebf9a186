"""The company's side of a review: its outcome, and the replies to findings."""

import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from compliance.accounts.form_again import FormAgain
from compliance.accounts.models import User
from compliance.assessments.access import Access, assessment_access
from compliance.assessments.links import question_url
from compliance.assessments.outline import outline_of
from compliance.language import page_language
from compliance.organisations.models import Visitor
from compliance.permissions import ANSWER, DISPUTE, READ, REPLY, Rule
from compliance.reviews.criterion_page import finding_as_shown
from compliance.reviews.forms import LONGEST
from compliance.reviews.models import Finding, Review
from compliance.reviews.overview import overview
from compliance.reviews.rounds import reply


@dataclass(frozen=True)
class OutcomeAccess:
    """A decided review of a company's submission, and what its visitor may do there."""

    access: Access
    review: Review

    @property
    def may_reply(self) -> bool:
        """Whether they may reply to its findings now: its round is the one that stands."""
        return self.access.may(REPLY) and self.review.submission.is_current

    @property
    def may_contest(self) -> bool:
        """Whether they may contest its findings now."""
        return self.access.may(DISPUTE) and self.review.submission.is_current

    @property
    def may_answer(self) -> bool:
        """Whether they may change the answers now."""
        return self.access.may(ANSWER) and self.review.submission.is_current


def outcome_for(user: Visitor, submission_id: uuid.UUID) -> OutcomeAccess:
    """Return the decided review; Http404 for another company's, and before the decision."""
    review = (
        Review.objects.decided()
        .select_related("submission", "regulator")
        .filter(submission=submission_id)
        .first()
    )
    if review is None:
        raise Http404
    access = assessment_access(user, review.submission.assessment_id)
    review.submission.assessment = access.require(READ)
    return OutcomeAccess(access, review)


class Outcome(LoginRequiredMixin, TemplateView):
    """What a review came to: the decision, what the company should change, every finding."""

    template_name = "reviews/outcome.html"
    http_method_names = ["get", "head", "options"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = outcome_for(self.request.user, kwargs["submission_id"])
        page = overview(found.review.submission, page_language())
        replies = found.review.replies_by_finding()
        asked = [
            {
                "row": row,
                "shown": finding_as_shown(row.finding),
                "replies": replies.get(row.finding.pk, []),
                "dispute": row.finding.contested,
                "differs": row.finding.kind != Finding.Kind.AGREE,
                "demanded": row.finding.demanded,
                "url": question_url(page["frozen"], row.criterion.questions[0].id),
            }
            for section in page["sections"]
            for row in section["rows"]
            if row.finding and row.finding.tells
        ]
        return super().get_context_data(
            submission=found.review.submission,
            review=found.review,
            asked=asked,
            unanswered=sum(one["differs"] and not one["replies"] for one in asked),
            may_reply=found.may_reply,
            may_answer=found.may_answer,
            may_contest=found.may_contest,
            **page,
            **kwargs,
        )


class ReplyForm(forms.Form):
    """A company's reply to one finding."""

    text = forms.CharField(
        label=gettext_lazy("Reply"),
        help_text=gettext_lazy(
            "Say what you have changed, or why you see it otherwise. State secrets and work secrets"
            " must not be entered."
        ),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class AboutFinding(FormAgain):
    """A form of the company about one finding of a decided review; the rule says whose it is."""

    rule: Rule

    def may_go_on(self, user: User, *args: Any, **kwargs: Any) -> bool:
        return outcome_for(user, kwargs["submission_id"]).access.has_role_for(self.rule)

    @cached_property
    def finding(self) -> Finding:
        """The finding, for someone whose role the rule names; Http404 where there is none."""
        found = outcome_for(self.request.user, self.kwargs["submission_id"])
        if not found.access.has_role_for(self.rule):
            raise PermissionDenied
        findings = found.review.findings.exclude(kind=Finding.Kind.AGREE).select_related("by")
        finding = findings.filter(criterion=self.kwargs["criterion"]).first()
        if finding is None:
            raise Http404
        finding.review = found.review
        return finding

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        submission = self.finding.review.submission
        criterion = outline_of(submission.assessment.version).criteria[self.finding.criterion]
        return super().get_context_data(
            submission=submission,
            title=criterion.title.to(page_language()),
            finding=finding_as_shown(self.finding),
            **kwargs,
        )


class ReplyPage(AboutFinding):
    """Reply to one finding; earlier replies stay."""

    form_class = ReplyForm
    rule = REPLY
    template_name = "reviews/reply.html"

    def form_valid(self, form: forms.Form) -> HttpResponse:
        reply(self.finding, form.cleaned_data["text"], self.visitor)
        messages.success(self.request, _("Your reply is saved. The reviewer sees it."))
        return redirect("reviews:outcome", self.kwargs["submission_id"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        replies = self.finding.replies.select_related("by")
        return super().get_context_data(replies=replies, **kwargs)
