"""Campaigns: begun, extended to more companies, reminded of, ended."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from compliance.accounts.models import User
from compliance.audit.actions import Action
from compliance.audit.recording import record
from compliance.deadlines import Unit, due
from compliance.notices.events import Event
from compliance.notices.sending import notify_each
from compliance.organisations.models import Organisation
from compliance.organisations.models.organisation import OrganisationQuerySet
from compliance.organisations.people import colleagues_of_each
from compliance.organisations.regions import last_within
from compliance.oversight.models import REMINDER_BEFORE, Campaign, Invited
from compliance.permissions import OFFICER

ONE_A_DAY = dt.timedelta(hours=20)


def companies_for(
    regulator: Organisation, regions: Iterable[str], industries: Iterable[str], codes: Iterable[str]
) -> OrganisationQuerySet:
    """Return the companies in a regulator's jurisdiction that are meant.

    Those that lie in one of the regions and belong to one of the industries, where any are named;
    and those with one of the credit codes. Nothing named means nobody.
    """
    regions, industries, codes = list(regions), list(industries), list(codes)
    chosen = Q(pk__in=[])
    if regions or industries:
        place = Q()
        for code in regions:
            place |= Q(region__gte=code, region__lte=last_within(code))
        chosen |= place & (Q(industry__in=industries) if industries else Q())
    if codes:
        chosen |= Q(credit_code__in=codes)
    mine = Q()
    for jurisdiction in regulator.jurisdictions.all():
        mine |= Q(region__gte=jurisdiction.region, region__lte=jurisdiction.last)
    if not mine:
        return Organisation.objects.none()
    return Organisation.objects.companies().filter(mine & ~Q(region="")).filter(chosen)


def begin_campaign(
    regulator: Organisation,
    told: dict[str, Any],
    companies: Iterable[Organisation],
    by: User,
) -> Campaign:
    """Begin a campaign and invite companies; `told` holds title, notice, questionnaire, time.

    The time counts from now; where it depends on holidays not announced yet, the campaign says so.
    """
    now = timezone.now().replace(microsecond=0)  # as submissions are counted
    end = due(now, told["amount"], Unit(told["unit"]))
    with transaction.atomic():
        campaign = Campaign.objects.create(
            regulator=regulator,
            due_at=end.at,
            unknown_year=end.unknown_year,
            created_by=by,
            created_at=now,
            **told,
        )
        record(
            Action.CAMPAIGN_BEGUN,
            by=by,
            chain=regulator,
            about=campaign,
            new={"title": campaign.title},
        )
        invite(campaign, companies, by)
    return campaign


def invite(campaign: Campaign, companies: Iterable[Organisation], by: User) -> int:
    """Invite companies that are not invited yet, and tell their officers; return how many.

    Nobody is invited to a campaign that has ended.
    """
    with transaction.atomic():
        if not _lock(campaign):
            return 0
        there = set(campaign.invited.values_list("company", flat=True))
        fresh = [company for company in companies if company.pk not in there]
        Invited.objects.bulk_create(
            Invited(campaign=campaign, company=company) for company in fresh
        )
        if fresh:
            _tell(Event.CAMPAIGN_INVITED, campaign, fresh)
            record(
                Action.COMPANIES_INVITED,
                by=by,
                chain=campaign.regulator,
                about=campaign,
                details={"companies": len(fresh)},
            )
    return len(fresh)


def remind(campaign: Campaign) -> int:
    """Remind the companies that have not submitted; return how many. Once a day is enough.

    Nobody is reminded of a campaign that has ended.
    """
    now = timezone.now()
    event = Event.CAMPAIGN_OVERDUE if campaign.due_at <= now else Event.CAMPAIGN_REMINDER
    with transaction.atomic():
        if not _lock(campaign):
            return 0
        waiting = campaign.invited.lacking().exclude(reminded_at__gt=now - ONE_A_DAY)
        found = list(waiting)
        _tell(event, campaign, [one.company for one in found])
        Invited.objects.filter(pk__in=[one.pk for one in found]).update(reminded_at=now)
    return len(found)


def end_campaign(campaign: Campaign, by: User) -> None:
    """End a campaign: nobody is reminded any more. Ended twice, it is ended once."""
    with transaction.atomic():
        done = Campaign.objects.running().filter(pk=campaign.pk).update(ended_at=timezone.now())
        if done:
            record(Action.CAMPAIGN_ENDED, by=by, chain=campaign.regulator, about=campaign)


def remind_of_campaigns(at: dt.datetime) -> None:
    """Remind of every running campaign whose date is near, or has passed within the last week."""
    near = Campaign.objects.running().filter(
        due_at__lte=at + REMINDER_BEFORE, due_at__gt=at - REMINDER_BEFORE
    )
    for campaign in near:
        remind(campaign)


def _lock(campaign: Campaign) -> bool:
    """Lock a campaign until the transaction ends; return whether it still runs."""
    return Campaign.objects.running().select_for_update().filter(pk=campaign.pk).first() is not None


def _tell(event: Event, campaign: Campaign, companies: Iterable[Organisation]) -> None:
    notify_each(
        event,
        colleagues_of_each(companies, OFFICER).items(),
        about=campaign.title,
        url=reverse("oversight:invitation", args=[campaign.pk]),
        regulator=campaign.regulator,
        due=campaign.due_at,
    )
