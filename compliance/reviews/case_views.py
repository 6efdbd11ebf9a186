"""Pages about disputes."""

from fractions import Fraction
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView, TemplateView

from compliance.accounts.form_again import FormAgain
from compliance.accounts.models import User
from compliance.organisations.models import Organisation
from compliance.permissions import DECIDE_DISPUTE, DISPUTE, GIVE_OPINION, REPLY
from compliance.reviews.cases import CaseAccess, Party, case_access, case_page, visible_to
from compliance.reviews.dispute_forms import ContestForm, DisputeDecisionForm, OpinionForm
from compliance.reviews.disputing import (
    AlreadyContested,
    OwnFinding,
    contest,
    decide_dispute,
    forbid_judging_oneself,
    give_opinion,
    withdraw_dispute,
)
from compliance.reviews.models import OPINION_DAYS, Dispute, Opinion
from compliance.reviews.responding import AboutFinding


class CaseList(LoginRequiredMixin, ListView):
    """The disputes to which the visitor's organisations are parties, the undecided first."""

    template_name = "reviews/cases.html"
    context_object_name = "disputes"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Dispute]:
        found = visible_to(self.request.user).defer(
            "finding__review__submission__document",
            "finding__review__submission__assessment__version__document",
        )
        ended = ~Q(status__in=Dispute.UNDECIDED)
        return found.annotate(ended=ended).order_by("ended", "-opened_at", "pk")


class Contest(AboutFinding):
    """Contest one finding of a decided review."""

    form_class = ContestForm
    rule = DISPUTE
    template_name = "reviews/contest.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if dispute := self.finding.contested:
            return redirect("reviews:case", dispute.pk)
        return super().get(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        associations = Organisation.objects.filter(kind=Organisation.Kind.ASSOCIATION)[:2]
        return {"association": associations[0]} if len(associations) == 1 else {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(opinion_days=OPINION_DAYS, **kwargs)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        given = form.cleaned_data
        try:
            dispute = contest(self.finding, given["association"], given["grounds"], self.visitor)
        except AlreadyContested:
            form.add_error(
                None, _("This finding is contested already. Your grounds are not saved.")
            )
            return self.form_invalid(form)
        messages.success(self.request, _("The finding is contested. The panel has been asked."))
        return redirect("reviews:case", dispute.pk)


class Case(LoginRequiredMixin, TemplateView):
    """A dispute: both sides, the opinions, the decision, and what the visitor can do next."""

    template_name = "reviews/case.html"
    http_method_names = ["get", "head", "options"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        access = case_access(self.request.user, kwargs["dispute_id"])
        undecided = Dispute.objects.undecided().filter(pk=access.dispute.pk).exists()
        decides = access.party is Party.REGULATOR and access.may(DECIDE_DISPUTE)
        someone_else = decides and undecided and _someone_else(access.dispute, self.request.user)
        ready = access.dispute.can_be_decided() and not someone_else
        return super().get_context_data(
            may_opine=undecided and access.party is Party.PANEL and access.may(GIVE_OPINION),
            may_decide=ready and decides,
            someone_else=someone_else,
            may_withdraw=undecided and access.party is Party.COMPANY and access.may(REPLY),
            **case_page(access),
            **kwargs,
        )


def _someone_else(dispute: Dispute, visitor: Any) -> str:
    """Return that someone else has to decide, in words, or nothing."""
    try:
        forbid_judging_oneself(dispute, visitor)
    except OwnFinding as reason:
        return str(reason)
    return ""


class CaseForm(FormAgain):
    """A form on a dispute, for one side and those there who may."""

    party: Party
    rule = REPLY
    template_name = "reviews/case_form.html"
    title: Any = ""
    action: Any = ""

    def may_go_on(self, user: User, *args: Any, **kwargs: Any) -> bool:
        access = case_access(user, kwargs["dispute_id"])
        return access.party is self.party and access.may(self.rule)

    @cached_property
    def access(self) -> CaseAccess:
        """The dispute, for those who may; Http404 for strangers, else PermissionDenied."""
        access = case_access(self.request.user, self.kwargs["dispute_id"])
        if access.party is not self.party:
            access = CaseAccess(access.dispute, access.party, frozenset())
        access.require(self.rule)
        return access

    def get_success_url(self) -> str:
        return reverse("reviews:case", args=[self.kwargs["dispute_id"]])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            heading=self.title,
            action=self.action,
            **case_page(self.access),
            **kwargs,
        )


class GiveOpinion(CaseForm):
    """The panel's part."""

    party, rule = Party.PANEL, GIVE_OPINION
    form_class = OpinionForm
    title = gettext_lazy("Give an opinion")
    action = gettext_lazy("Give the opinion")

    def get_initial(self) -> dict[str, Any]:
        own = Opinion.objects.filter(dispute=self.access.dispute, panellist=self.visitor).first()
        return {"side": own.side, "reasons": own.reasons} if own else {}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        given = form.cleaned_data
        give_opinion(self.access.dispute, given["side"], given["reasons"], self.visitor)
        return super().form_valid(form)


class DecideDispute(CaseForm):
    """The lead's part."""

    party, rule = Party.REGULATOR, DECIDE_DISPUTE
    form_class = DisputeDecisionForm
    title = gettext_lazy("Decide the dispute")
    action = gettext_lazy("Decide")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        forbid_judging_oneself(self.access.dispute, self.visitor)
        own = self.access.dispute.finding.by_id == self.visitor.pk
        return super().get_context_data(own_finding=own, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        has_opinion = self.access.dispute.status != Dispute.Status.OPEN
        return super().get_form_kwargs() | {"has_opinion": has_opinion}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        given = form.cleaned_data
        percent = given["achievement"]
        decide_dispute(
            self.access.dispute,
            given.get("outcome", Dispute.Outcome.WITHOUT_OPINION),
            given["effect"],
            None if percent is None else Fraction(percent) / 100,
            given["reasons"],
            self.visitor,
        )
        return super().form_valid(form)


class WithdrawDispute(CaseForm):
    """The company's way out, after a confirmation."""

    party, rule = Party.COMPANY, REPLY
    form_class = forms.Form
    title = gettext_lazy("Withdraw the dispute?")
    action = gettext_lazy("Withdraw")

    def form_valid(self, form: forms.Form) -> HttpResponse:
        withdraw_dispute(self.access.dispute, self.visitor)
        return super().form_valid(form)
