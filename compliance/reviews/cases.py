"""A dispute as its parties see it: the company, the regulator, the association's panel."""

import uuid
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from compliance.assessments.models import Assessment
from compliance.assessments.outline import outline_of
from compliance.assessments.submissions.frozen import Frozen
from compliance.language import page_language
from compliance.organisations.models import ROLES_OF, Membership, Organisation, Visitor
from compliance.organisations.models.roles import Kind
from compliance.permissions import Rule
from compliance.reviews.criterion_page import criterion_page, finding_as_shown
from compliance.reviews.models import Dispute


class Party(StrEnum):
    """On which side of a dispute someone stands."""

    COMPANY = "company"
    REGULATOR = "regulator"
    PANEL = "panel"


@dataclass(frozen=True)
class CaseAccess:
    """A dispute that someone may see, as whom, and with which roles there."""

    dispute: Dispute
    party: Party
    roles: frozenset[str]

    def may(self, rule: Rule) -> bool:
        """Whether their role on their side allows it."""
        return rule.has_role(self.roles)

    def require(self, rule: Rule) -> Dispute:
        """Return the dispute; PermissionDenied where their role does not allow it."""
        if not self.may(rule):
            raise PermissionDenied
        return self.dispute


def visible_to(user: Visitor) -> QuerySet[Dispute]:
    """Return the disputes to which this person's organisations are parties."""
    held = Membership.objects.held_by(user)

    def belonging(kind: Kind) -> Any:
        return held.filter(organisation__kind=kind, role__in=ROLES_OF[kind]).values("organisation")

    return Dispute.objects.filter(
        Q(finding__review__submission__organisation__in=belonging(Organisation.Kind.COMPANY))
        | Q(finding__review__regulator__in=belonging(Organisation.Kind.REGULATOR))
        | Q(association__in=belonging(Organisation.Kind.ASSOCIATION))
    ).select_related(
        "association",
        "finding__by",
        "finding__review__regulator",
        "finding__review__submission__organisation",
        "finding__review__submission__assessment__subject",
        "finding__review__submission__assessment__version",
    )


def open_cases(assessment: Assessment) -> list[dict[str, Any]]:
    """Return the open disputes over an assessment, to be shown as links."""
    criteria, language = outline_of(assessment.version).criteria, page_language()
    return [
        {
            "pk": dispute.pk,
            "title": criteria[dispute.finding.criterion].title.to(language),
            "status": dispute.get_status_display(),
        }
        for dispute in Dispute.objects.undecided()
        .of_assessment(assessment)
        .select_related("finding")
        .order_by("opened_at")
    ]


def case_access(user: Visitor, dispute_id: uuid.UUID) -> CaseAccess:
    """Return a dispute with the side on which this person stands; Http404 for everyone else."""
    dispute = visible_to(user).filter(pk=dispute_id).first()
    if dispute is None:
        raise Http404
    review = dispute.finding.review
    sides = {
        review.submission.organisation_id: Party.COMPANY,
        review.regulator_id: Party.REGULATOR,
        dispute.association_id: Party.PANEL,
    }
    held = Membership.objects.held_by(user).filter(organisation__in=sides)
    roles: dict[Party, set[str]] = {}
    for membership in held:
        roles.setdefault(sides[membership.organisation_id], set()).add(membership.role)
    # Someone who belongs to the company and to the panel is the company's: no judge in their own
    # cause.
    party = next(party for party in Party if party in roles)
    return CaseAccess(dispute, party, frozenset(roles[party]))


def case_page(access: CaseAccess) -> dict[str, Any]:
    """Return what a party sees of a case. The panel sees nothing that is a trade secret.

    Nor does it see what the company replied to the regulator about a criterion with a secret in it.
    """
    dispute = access.dispute
    finding, language = dispute.finding, page_language()
    frozen = Frozen(finding.review.submission)
    criterion = frozen.outline.criteria[finding.criterion]
    page = criterion_page(frozen, criterion, None, language)
    replies = finding.replies.select_related("by")
    if access.party is Party.PANEL:
        secret = {key for key, answer in frozen.answers.items() if answer.trade_secret}
        page["questions"] = [_without_secrets(one, secret) for one in page["questions"]]
        if any(question["trade_secret"] for question in page["questions"]):
            replies = replies.none()
    return page | {
        "dispute": dispute,
        "submission": finding.review.submission,
        "party": access.party.value,
        "finding": finding_as_shown(finding),
        "replies": replies,
        "waits_for_opinion": dispute.status == Dispute.Status.OPEN,
        "panel_is_late": dispute.status == Dispute.Status.OPEN and dispute.can_be_decided(),
        "opinions": dispute.opinions.select_related("panellist"),
    }


def _without_secrets(question: dict[str, Any], secret: AbstractSet[str]) -> dict[str, Any]:
    """Return a question without its answer where that is a trade secret.

    Evidence is named without where it is found, and not at all where it also stands behind one of
    the secret answers.
    """
    if not question["trade_secret"]:
        named = [one for one in question["evidence"] if secret.isdisjoint(one["questions"])]
        return question | {"evidence": [one | {"url": ""} for one in named]}
    hidden = dict.fromkeys(("answer", "comment", "rule"), "")
    return question | hidden | {"evidence": [], "was": None, "hidden": True}
