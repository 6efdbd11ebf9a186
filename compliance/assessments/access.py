"""Who may do what with an assessment: the one place that says so."""

import uuid
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404

from compliance.assessments.models import Assessment
from compliance.organisations.models import ROLES_OF, Membership, Organisation, Role, Visitor

COMPANY_ROLES = frozenset(ROLES_OF[Organisation.Kind.COMPANY])


@dataclass(frozen=True)
class Rule:
    """Which of the company's own roles may do it, while the assessment is in which states."""

    roles: AbstractSet[Role]
    states: AbstractSet[Assessment.Status] = frozenset(Assessment.Status)

    def allows(self, assessment: Assessment, roles: AbstractSet[str]) -> bool:
        """Whether someone with these roles in the company may do it now."""
        return not self.roles.isdisjoint(roles) and assessment.status in self.states


READ = Rule(COMPANY_ROLES)
ANSWER = Rule(
    frozenset({Role.CONTRIBUTOR, Role.COMPLIANCE_OFFICER}), frozenset({Assessment.Status.DRAFT})
)
FINISH = Rule(frozenset({Role.COMPLIANCE_OFFICER}), frozenset({Assessment.Status.DRAFT}))
REOPEN = Rule(frozenset({Role.COMPLIANCE_OFFICER}), frozenset({Assessment.Status.FINISHED}))
UPGRADE = Rule(
    frozenset({Role.COMPLIANCE_OFFICER}),
    frozenset({Assessment.Status.DRAFT, Assessment.Status.FINISHED}),
)


@dataclass(frozen=True)
class Access:
    """An assessment that someone may see, and their roles in its company."""

    assessment: Assessment
    roles: frozenset[str]

    def may(self, rule: Rule) -> bool:
        """Whether the rule allows it to them now."""
        return rule.allows(self.assessment, self.roles)

    def has_role_for(self, rule: Rule) -> bool:
        """Whether their role allows it, be it in another state."""
        return not rule.roles.isdisjoint(self.roles)

    def require(self, rule: Rule) -> Assessment:
        """Return the assessment; raise PermissionDenied where the rule does not allow it."""
        if not self.may(rule):
            raise PermissionDenied
        return self.assessment


def assessment_access(user: Visitor, assessment_id: uuid.UUID) -> Access:
    """Return the assessment with this person's roles in its company.

    Raises Http404 where there is none or it is another company's: the two look the same. One
    query, however many assessments there are.
    """
    held = Membership.objects.held_by(user).in_companies(COMPANY_ROLES)
    found = list(  # once for each role
        Assessment.objects.select_related("subject__organisation", "version")
        .defer("version__document")
        .filter(id=assessment_id, subject__organisation__memberships__in=held)
        .annotate(role_held=F("subject__organisation__memberships__role"))
    )
    if not found:
        raise Http404
    return Access(found[0], frozenset(row.role_held for row in found))


def assessment_for(user: Visitor, assessment_id: uuid.UUID, rule: Rule = READ) -> Assessment:
    """Return the assessment if the rule allows it to this person.

    Raises Http404 for a foreign or missing one, PermissionDenied for a role too low or a state
    in which nobody may do it.
    """
    return assessment_access(user, assessment_id).require(rule)
