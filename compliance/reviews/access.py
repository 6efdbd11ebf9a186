"""Reaching a submission as a regulator: those in whose jurisdiction its company lies."""

import uuid
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from compliance.assessments.models import Submission
from compliance.organisations.models import Membership, Organisation, Visitor
from compliance.permissions import ANY_STATUS, READ_SUBMISSION, TAKE_UP, Rule
from compliance.reviews.models import Review
from compliance.reviews.rounds import reviewed_before


@dataclass(frozen=True)
class SubmissionAccess:
    """A submission that someone may see as a regulator, and their roles there."""

    submission: Submission
    roles_in: dict[uuid.UUID, frozenset[str]]
    """By regulator: more than one may have the region in its jurisdiction."""
    reviewed_by: uuid.UUID | None
    """The regulator that reviews it, or that reviewed the round before; None: any may."""

    @property
    def roles(self) -> frozenset[str]:
        """The roles that count: those in the regulator that reviews it, once one does."""
        if self.reviewed_by is not None:
            return self.roles_in.get(self.reviewed_by, frozenset())
        return frozenset().union(*self.roles_in.values())

    def reviews_in(self, regulator: uuid.UUID) -> bool:
        """Whether they may take it up for this regulator."""
        if self.reviewed_by not in (None, regulator):
            return False
        return TAKE_UP.has_role(self.roles_in.get(regulator, frozenset()))

    def may(self, rule: Rule) -> bool:
        """Whether the rule allows it to them now.

        The status of the assessment says nothing of a submission that was replaced or withdrawn:
        what depends on it is over there.
        """
        stands = self.submission.is_current or rule.statuses == ANY_STATUS
        return stands and rule.allows(self.roles, self.submission.assessment.status)

    def has_role_for(self, rule: Rule) -> bool:
        """Whether their role allows it, be it in another status."""
        return rule.has_role(self.roles)

    def require(self, rule: Rule) -> Submission:
        """Return the submission; raise PermissionDenied where their role does not allow it.

        A status that does not allow it is no matter of permission: the step itself refuses, with
        the reason.
        """
        if not self.has_role_for(rule):
            raise PermissionDenied
        return self.submission


def submission_access(user: Visitor, submission_id: uuid.UUID) -> SubmissionAccess:
    """Return the submission with this person's roles in the regulators that it concerns.

    Raises Http404 where there is none, it lies outside of their jurisdiction, or they belong to its
    company: nobody is the judge of their own.
    """
    submission = (
        Submission.objects.select_related(
            "assessment__subject", "assessment__version", "organisation", "review"
        )
        .defer("assessment__version__document")
        .filter(pk=submission_id)
        .first()
    )
    if submission is None:
        raise Http404
    regulators = Organisation.objects.regulators_for(submission.region)
    concerned = Q(organisation__in=regulators.values("id")) | Q(
        organisation=submission.organisation
    )
    roles: dict[uuid.UUID, set[str]] = {}
    for membership in Membership.objects.held_by(user).filter(concerned):
        roles.setdefault(membership.organisation_id, set()).add(membership.role)
    if not roles or submission.organisation_id in roles:
        raise Http404
    return SubmissionAccess(
        submission,
        {regulator: frozenset(names) for regulator, names in roles.items()},
        _reviewed_by(submission, regulators),
    )


def _reviewed_by(submission: Submission, regulators: QuerySet[Organisation]) -> uuid.UUID | None:
    """Return whose review it is: a later round stays with whoever has it in its jurisdiction."""
    review: Review | None = getattr(submission, "review", None)
    if review is not None:
        return review.regulator_id
    if submission.round == 1:
        return None
    former = reviewed_before(submission)
    if former is None or not regulators.filter(pk=former.regulator_id).exists():
        return None
    return former.regulator_id


def submission_for(
    user: Visitor, submission_id: uuid.UUID, rule: Rule = READ_SUBMISSION
) -> Submission:
    """Return the submission if this person's role allows it; else Http404 or PermissionDenied."""
    return submission_access(user, submission_id).require(rule)
