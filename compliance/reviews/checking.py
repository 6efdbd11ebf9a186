"""Checking one criterion after the other."""

import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView

from compliance.accounts.again import SignInAgain
from compliance.accounts.models import User
from compliance.assessments.submissions.frozen import Frozen
from compliance.language import page_language
from compliance.permissions import READ_SUBMISSION, REVIEW
from compliance.reviews.access import SubmissionAccess, submission_access
from compliance.reviews.criterion_page import (
    Walk,
    conflicts,
    criterion_page,
    finding_as_shown,
    offered,
    percent,
)
from compliance.reviews.findings import Outcome, settle, store
from compliance.reviews.forms import FindingForm
from compliance.reviews.models import Finding, ReusableText, Review
from compliance.reviews.rounds import reviewed_before
from compliance.reviews.under_way import NotTakenUp

CHOICE = re.compile(r"([0-9]{1,18})\.(other|stored)\.([0-9]{1,9})")
"""Which conflict, which of its findings counts, and the revision of the stored one."""


class Checking(SignInAgain, FormView):
    """Everything about one criterion on one page, and the reviewer's word on it.

    Saving leads to the next criterion not yet checked. Who reads only sees the same page without
    the form.
    """

    template_name = "reviews/criterion.html"
    form_class = FindingForm
    http_method_names = ["get", "head", "post", "options"]

    def may_go_on(self, user: User, *args: Any, **kwargs: Any) -> bool:
        return submission_access(user, kwargs["submission_id"]).has_role_for(REVIEW)

    @cached_property
    def access(self) -> SubmissionAccess:
        """The submission, for everyone in the regulator that reviews it."""
        access = submission_access(self.request.user, self.kwargs["submission_id"])
        access.require(READ_SUBMISSION)
        return access

    @cached_property
    def frozen(self) -> Frozen:
        return Frozen(self.access.submission)

    @cached_property
    def walk(self) -> Walk:
        walk = Walk(self.frozen)
        if self.kwargs["criterion"] not in walk.order:
            raise Http404
        return walk

    @property
    def review(self) -> Review | None:
        return getattr(self.access.submission, "review", None)

    @cached_property
    def finding(self) -> Finding | None:
        """The finding that counts."""
        rows = Finding.objects.filter(review__submission=self.access.submission)
        return rows.filter(criterion=self.kwargs["criterion"]).select_related("by").first()

    def get_form_kwargs(self) -> dict[str, Any]:
        criterion = self.frozen.outline.criteria[self.walk.order[self._place]]
        return super().get_form_kwargs() | {
            "offered": offered(self.frozen, criterion),
            "criterion": criterion.id,
        }

    @property
    def _place(self) -> int:
        return self.walk.order.index(self.kwargs["criterion"])

    def get_initial(self) -> dict[str, Any]:
        found = self.finding
        if found is None:
            return {"revision": 0}
        achievement = found.verdict.achievement
        return {
            "kind": found.kind,
            "achievement": None if achievement is None else percent(achievement),
            "reason": found.reason,
            "revision": found.revision,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.access.require(REVIEW)
        if self.kwargs["criterion"] not in self.walk.order:
            raise Http404
        if self.review is None:
            raise NotTakenUp(self.access.submission)
        if self.unconfirmed:
            return self.render_to_response(self.get_context_data(), status=403)
        if "choose" in request.POST:
            return self._settle(request.POST["choose"])
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: FindingForm) -> HttpResponse:
        assert self.review is not None
        user = self.request.user
        assert isinstance(user, User)
        outcome, _finding = store(self.review, form.word, form.cleaned_data["revision"], user)
        here = self.kwargs["criterion"]
        if outcome is Outcome.CONFLICT:
            messages.warning(
                self.request,
                _("Someone else changed this finding in the meantime. Choose which one counts."),
            )
            return redirect("reviews:criterion", self.access.submission.pk, here)
        self.walk.checked.add(here)
        if following := self.walk.unchecked(here):
            return redirect("reviews:criterion", self.access.submission.pk, following)
        messages.success(self.request, _("Every criterion is checked."))
        return redirect("reviews:review", self.access.submission.pk)

    def _settle(self, choice: str) -> HttpResponse:
        assert self.review is not None
        user = self.request.user
        assert isinstance(user, User)
        found = CHOICE.fullmatch(choice)
        if found is None:
            raise SuspiciousOperation("A page carries a choice that is none.")
        if not settle(self.review, int(found[1]), found[2] == "other", int(found[3]), user):
            messages.warning(
                self.request, _("The finding has changed again. Please look at it once more.")
            )
        return redirect("reviews:criterion", self.access.submission.pk, self.kwargs["criterion"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        here = self.kwargs["criterion"]
        walk, review = self.walk, self.review
        former = reviewed_before(self.access.submission)
        texts = ReusableText.objects.none()
        if review is not None:
            texts = ReusableText.objects.filter(organisation=review.regulator)
        return super().get_context_data(
            submission=self.access.submission,
            review=review,
            place=self._place + 1,
            total=len(walk.order),
            checked=len(walk.checked & set(walk.order)),
            before=walk.before(here),
            after=walk.after(here),
            unchecked=walk.unchecked(here),
            finding=self.finding and finding_as_shown(self.finding),
            conflicts=conflicts(review, here) if review else [],
            texts=texts,
            may_review=review is not None and self.access.may(REVIEW),
            unconfirmed=self.unconfirmed,
            **criterion_page(
                self.frozen, self.frozen.outline.criteria[here], former, page_language()
            ),
            **kwargs,
        )
