"""Whose record someone may read: a chain, what of it, and where it belongs on the site."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from compliance.accounts.models import User
from compliance.assessments.access import assessment_access
from compliance.assessments.draft import Draft
from compliance.audit.models import Chain, Event
from compliance.audit.recording import SITE, Thing
from compliance.organisations.access import organisation_access
from compliance.organisations.models import Membership, Organisation
from compliance.permissions import (
    READ_ORGANISATION_RECORD,
    READ_RECORD,
    READ_REVIEW_RECORD,
)
from compliance.records.sides import OF_REVIEWERS, SEEN_BY_REGULATORS
from compliance.reviews.access import submission_access


@dataclass(frozen=True)
class Readable:
    """A chain that someone may read, under a title, with the way back.

    `draft` knows the questions that events of an assessment are about. Of a chain that two sides
    share, each reads its own: `only` names the actions it sees, `never` those that it does not.
    """

    thing: Thing
    title: str
    about: str
    trail: tuple[dict[str, str], ...] = ()
    draft: Draft | None = None
    only: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()

    @cached_property
    def chain(self) -> Chain | None:
        """The row of the chain; None where nothing has been recorded yet."""
        return Chain.objects.filter(pk=self.thing.pk).first()

    def events(self) -> QuerySet[Event]:
        """Return the events, the newest first, with their values where those are not erased."""
        events = Event.objects.filter(chain=self.thing.pk).select_related("value")
        if self.only:
            events = events.filter(action__in=self.only)
        return events.exclude(action__in=self.never).order_by("-sequence")


Reach = Callable[..., Readable]


def of_assessment(user: User, assessment_id: uuid.UUID) -> Readable:
    """Return the record of an assessment to those in its company who may read it."""
    assessment = assessment_access(user, assessment_id).require(READ_RECORD)
    return Readable(
        Thing.of(assessment),
        _("Record of the assessment"),
        f"{assessment} · {assessment.questionnaire_title}",
        (
            {"label": _("Assessments"), "url": reverse("assessments:list")},
            {"label": str(assessment), "url": reverse("assessments:tasks", args=[assessment.pk])},
        ),
        draft=Draft(assessment),
        never=OF_REVIEWERS,
    )


def of_submission(user: User, submission_id: uuid.UUID) -> Readable:
    """Return what the record says of a review, to the lead and the auditors of the regulator."""
    submission = submission_access(user, submission_id).require(READ_REVIEW_RECORD)
    return Readable(
        Thing.of(submission.assessment),
        _("Record of the review"),
        submission.number,
        (
            {"label": _("Submissions"), "url": reverse("reviews:queue")},
            {"label": submission.number, "url": reverse("reviews:review", args=[submission.pk])},
        ),
        draft=Draft(submission.assessment),
        only=SEEN_BY_REGULATORS,
    )


def of_organisation(user: User, organisation_id: uuid.UUID) -> Readable:
    """Return the record of an organisation: its roles, people and subjects."""
    access = organisation_access(user, organisation_id)
    organisation = access.require(READ_ORGANISATION_RECORD)
    overview = reverse("organisations:overview", args=[organisation.pk])
    return Readable(
        Thing.of(organisation),
        _("Record of the organisation"),
        str(organisation),
        ({"label": str(organisation), "url": overview},),
    )


def of_oneself(user: User) -> Readable:
    """Return everyone's own record: when they signed in, from where, what they changed."""
    account = {"label": _("Your account"), "url": reverse("account")}
    return Readable(Thing.of(user), _("Your own record"), str(user), (account,))


def of_site(user: User) -> Readable:
    """Return the record of what administrators did; for others there is none."""
    if not (user.is_staff and user.is_superuser):
        raise Http404
    return Readable(SITE, _("Record of the site"), _("Administration"))


def readable_by(user: User | AnonymousUser) -> list[dict[str, Any]]:
    """Return the records that someone may read beside those of assessments: label and address."""
    if not isinstance(user, User):
        raise PermissionDenied
    found = [{"label": _("Your own record"), "url": reverse("records:mine")}]
    held = Membership.objects.held_by(user).filter(role__in=READ_ORGANISATION_RECORD.roles)
    for organisation in Organisation.objects.filter(id__in=held.values("organisation")):
        url = reverse("records:organisation", args=[organisation.pk])
        found.append({"label": str(organisation), "url": url})
    if user.is_staff and user.is_superuser:
        found.append({"label": _("Record of the site"), "url": reverse("records:site")})
    return found
