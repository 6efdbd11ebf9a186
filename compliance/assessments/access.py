"""Reaching an assessment: those who may see it, with their roles in its company."""

import uuid
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from compliance.assessments.models import Assessment
from compliance.lifecycle import NotAllowed, Status, Step
from compliance.organisations.models import Organisation, Visitor
from compliance.organisations.models.holding import RolesHeld
from compliance.permissions import COMPANY, READ, Rule


class NotNow(NotAllowed):
    """What someone's role allows, but not in the present status: a 409 with the reason."""

    def __init__(self, assessment: Assessment) -> None:
        super().__init__(Step.REOPEN, Status(assessment.status))

    def __str__(self) -> str:
        return _("This is not possible: the assessment is in status “%(status)s”.") % {
            "status": self.status.label
        }


@dataclass(frozen=True)
class Access:
    """An assessment that someone may see, and their roles in its company."""

    assessment: Assessment
    roles: frozenset[str]

    def may(self, rule: Rule) -> bool:
        """Whether the rule allows it to them now."""
        return rule.allows(self.roles, self.assessment.status)

    def has_role_for(self, rule: Rule) -> bool:
        """Whether their role allows it, be it in another state."""
        return rule.has_role(self.roles)

    def require(self, rule: Rule) -> Assessment:
        """Return the assessment if the rule allows it to them now.

        Raises PermissionDenied for a role too low, NotNow for a status that does not allow it.
        """
        if not self.has_role_for(rule):
            raise PermissionDenied
        if not self.may(rule):
            raise NotNow(self.assessment)
        return self.assessment


def assessment_access(user: Visitor, assessment_id: uuid.UUID) -> Access:
    """Return the assessment with this person's roles in its company.

    Raises Http404 where there is none or it is another company's: the two look the same. One
    query, however many assessments there are.
    """
    if user.pk is None:
        raise Http404
    rows = (
        Assessment.objects.select_related("subject__organisation", "version")
        .defer("version__document")
        .annotate(roles=RolesHeld("organisations_subject.organisation_id", user.pk))
        .filter(id=assessment_id)
    )
    assessment = next(iter(rows), None)  # there is but one: first() would take time to sort it
    if assessment is None or assessment.subject.organisation.kind != Organisation.Kind.COMPANY:
        raise Http404
    roles = COMPANY & set(assessment.roles.split(","))
    if not roles:
        raise Http404
    return Access(assessment, roles)


def assessment_for(user: Visitor, assessment_id: uuid.UUID, rule: Rule = READ) -> Assessment:
    """Return the assessment if the rule allows it to this person.

    Raises Http404 for a foreign or missing one, PermissionDenied for a role too low, NotNow in a
    status in which nobody may do it.
    """
    return assessment_access(user, assessment_id).require(rule)
