"""Campaigns, as regulators run them and as companies are invited."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import FormView, ListView, TemplateView

from compliance.accounts.again import SignInAgain
from compliance.accounts.models import User
from compliance.accounts.press_again import PressAgain
from compliance.language import page_language
from compliance.library.models import QuestionnaireVersion
from compliance.organisations.models import Membership, Organisation, Visitor
from compliance.oversight import campaigns
from compliance.oversight.forms import CampaignForm, InviteForm, ProgressForm
from compliance.oversight.models import Campaign, Invited
from compliance.permissions import RUN_CAMPAIGN, START


def leading(user: Visitor) -> Organisation:
    """Return the regulator whose campaigns this person runs; PermissionDenied for others."""
    led = Organisation.objects.regulators_of(user, RUN_CAMPAIGN.roles)
    first = led.order_by("name", "id").first()
    if first is None:
        raise PermissionDenied
    return first


class CampaignList(LoginRequiredMixin, ListView):
    """The campaigns of the visitor's regulators, the newest first."""

    template_name = "oversight/campaigns.html"
    context_object_name = "campaigns"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Campaign]:
        user = self.request.user
        if not Organisation.objects.regulators_of(user).exists():
            raise PermissionDenied
        found = Campaign.objects.of_regulators_of(user).select_related("regulator")
        return found.annotate(companies=Count("invited")).order_by("-created_at", "id")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = Organisation.objects.regulators_of(self.request.user, RUN_CAMPAIGN.roles).exists()
        return super().get_context_data(may_begin=may, **kwargs)


class CampaignFormPage(SignInAgain, FormView):
    """A form that shows whom it would invite before it does: the button `preview`."""

    template_name = "oversight/campaign_form.html"
    http_method_names = ["get", "head", "post", "options"]

    def may_go_on(self, user: User, *args: Any, **kwargs: Any) -> bool:
        return bool(leading(user))

    @cached_property
    def regulator(self) -> Organisation:
        """The regulator that invites."""
        return leading(self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"regulator": self.regulator}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if self.unconfirmed:
            return self.render_to_response(self.get_context_data(form=form), status=403)
        if not form.is_valid():
            return self.form_invalid(form)
        if "preview" in request.POST:
            shown = self.get_context_data(form=form, companies=form.companies)
            return self.render_to_response(shown)
        return self.form_valid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            regulator=self.regulator, unconfirmed=self.unconfirmed, **kwargs
        )


class Begin(CampaignFormPage):
    """Begin a campaign."""

    form_class = CampaignForm

    def form_valid(self, form: forms.Form) -> HttpResponse:
        assert isinstance(form, CampaignForm)
        campaign = campaigns.begin_campaign(self.regulator, form.told, form.companies, self.visitor)
        messages.success(self.request, _("The campaign has begun. The companies have been told."))
        return redirect("oversight:campaign", campaign.pk)


class InviteMore(CampaignFormPage):
    """Invite more companies to a campaign that runs."""

    form_class = InviteForm

    @cached_property
    def regulator(self) -> Organisation:
        """The regulator whose campaign it is."""
        return self.campaign.regulator

    @cached_property
    def campaign(self) -> Campaign:
        """The campaign; PermissionDenied for who runs none at all, 404 for another's, or ended."""
        leading(self.request.user)
        own = Campaign.objects.running().run_by(self.request.user)
        return get_object_or_404(own.select_related("regulator"), pk=self.kwargs["campaign_id"])

    def form_valid(self, form: forms.Form) -> HttpResponse:
        assert isinstance(form, InviteForm)
        number = campaigns.invite(self.campaign, form.companies, self.visitor)
        text = ngettext("%(number)d company invited.", "%(number)d companies invited.", number)
        messages.success(self.request, text % {"number": number})
        return redirect("oversight:campaign", self.campaign.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(campaign=self.campaign, **kwargs)


class CampaignPage(LoginRequiredMixin, ListView):
    """Who has started, who has submitted, who is late; `?progress=` narrows it."""

    template_name = "oversight/campaign.html"
    context_object_name = "invited"
    paginate_by = 50
    http_method_names = ["get", "head", "options"]

    @cached_property
    def campaign(self) -> Campaign:
        """The campaign, for everyone in the regulator that runs it; raises Http404 for others."""
        own = Campaign.objects.of_regulators_of(self.request.user).select_related("regulator")
        return get_object_or_404(own, pk=self.kwargs["campaign_id"])

    @cached_property
    def form(self) -> ProgressForm:
        """What the address narrows the list to."""
        return ProgressForm(self.request.GET)

    def get_queryset(self) -> QuerySet[Invited]:
        invited = self.campaign.invited.all().with_progress()
        return self.form.narrow(invited).order_by("company__name", "pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        campaign = self.campaign
        mine = Campaign.objects.running().run_by(self.request.user)
        return super().get_context_data(
            campaign=campaign,
            questionnaire=title_of(campaign),
            form=self.form,
            narrowed=any(self.form.cleaned_data.values()),
            may_run=mine.filter(pk=campaign.pk).exists(),
            **campaign.invited.all().counts(),
            **kwargs,
        )


class CampaignStep(PressAgain):
    """A step that leads take on a campaign of their regulator."""

    @cached_property
    def campaign(self) -> Campaign:
        """The campaign; 404 outside of its regulator, PermissionDenied for others than leads."""
        own = Campaign.objects.of_regulators_of(self.request.user)
        campaign = get_object_or_404(own, pk=self.kwargs["campaign_id"])
        if not Campaign.objects.run_by(self.request.user).filter(pk=campaign.pk).exists():
            raise PermissionDenied
        return campaign

    def post(self, request: HttpRequest, campaign_id: uuid.UUID) -> HttpResponse:
        assert isinstance(request.user, User)
        messages.success(request, self.step(self.campaign, request.user))
        return redirect("oversight:campaign", campaign_id)

    def step(self, campaign: Campaign, user: User) -> str:
        """Do what was clicked; return what to say."""
        raise NotImplementedError


class Remind(CampaignStep):
    """Remind everyone who has not submitted."""

    def step(self, campaign: Campaign, user: User) -> str:
        if campaign.ended_at:
            return _("The campaign has ended: nobody was reminded.")
        number = campaigns.remind(campaign)
        text = ngettext("%(number)d company reminded.", "%(number)d companies reminded.", number)
        return text % {"number": number}


class End(CampaignStep):
    """Ask whether to end a campaign, and end it."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, campaign_id: uuid.UUID) -> HttpResponse:
        context = {
            "title": _("End this campaign?"),
            "text": str(self.campaign),
            "consequences": [
                _("The companies are no longer reminded, and no longer see the invitation first."),
                _("What they have submitted stays. A campaign that has ended does not run again."),
            ],
            "action": _("End the campaign"),
            "cancel_url": reverse("oversight:campaign", args=[campaign_id]),
        }
        return render(request, "confirmation.html", context)

    def step(self, campaign: Campaign, user: User) -> str:
        campaigns.end_campaign(campaign, user)
        return _("The campaign has ended.")


class Invitation(LoginRequiredMixin, TemplateView):
    """A campaign as an invited company sees it."""

    template_name = "oversight/invitation.html"
    http_method_names = ["get", "head", "options"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = Invited.objects.for_company_of(self.request.user).filter(
            campaign=kwargs["campaign_id"]
        )
        invited = list(own.with_progress())
        if not invited:
            raise Http404
        held = Membership.objects.held_by(self.request.user)
        return super().get_context_data(
            campaign=invited[0].campaign,
            questionnaire=title_of(invited[0].campaign),
            invited=invited,
            may_start=held.in_companies(START.roles).exists(),
            **kwargs,
        )


def title_of(campaign: Campaign) -> str:
    """Return what the campaign's questionnaire is called."""
    versions = QuestionnaireVersion.objects.filter(key=campaign.questionnaire).defer("document")
    newest = versions.order_by("-published_at").first()
    return newest.title(page_language()) if newest else campaign.questionnaire
