"""Reaching a remediation action: its company, and the regulator that demands it."""

import uuid
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404

from compliance.organisations.models import Membership, Visitor
from compliance.permissions import ANSWER_EXTENSION, CLOSE_OWN, REINSPECT, REMEDY
from compliance.remediation.models import RemediationAction


@dataclass(frozen=True)
class ActionAccess:
    """An action that someone may see; their roles in its company, and in the regulator."""

    action: RemediationAction
    user: Visitor
    in_company: frozenset[str]
    in_regulator: frozenset[str]

    @property
    def may_plan(self) -> bool:
        """Whether they may change, or give up, what is planned."""
        return REMEDY.has_role(self.in_company)

    @property
    def may_work(self) -> bool:
        """Whether they may report on it: whoever is responsible for it, and officers."""
        return self.may_plan or bool(self.in_company and self.action.owner_id == self.user.pk)

    @property
    def may_inspect(self) -> bool:
        """Whether they may close it or send it back: never their own.

        What a regulator demands is for its reviewers who do not belong to the company; anything
        else is for someone in the company who is neither responsible for it nor has reported it.
        """
        if self.action.is_demanded:
            return REINSPECT.has_role(self.in_regulator) and not self.in_company
        last = self.action.reports.order_by("-at").first()
        own = {self.action.owner_id, last.by_id if last else None}
        return CLOSE_OWN.has_role(self.in_company) and self.user.pk not in own

    @property
    def may_answer_extension(self) -> bool:
        """Whether they may grant more time: not to themselves."""
        if self.action.is_demanded:
            return ANSWER_EXTENSION.has_role(self.in_regulator) and not self.in_company
        asked = self.action.extensions.filter(answer="").first()
        own = {self.action.owner_id, asked.asked_by_id if asked else None}
        return CLOSE_OWN.has_role(self.in_company) and self.user.pk not in own

    def require(self, allowed: bool) -> RemediationAction:
        """Return the action; PermissionDenied where it is not allowed."""
        if not allowed:
            raise PermissionDenied
        return self.action


def action_access(user: Visitor, action_id: uuid.UUID) -> ActionAccess:
    """Return an action with the roles that count; Http404 where it is none of theirs."""
    visible = RemediationAction.objects.visible_to(user).for_list()
    action = visible.filter(pk=action_id).distinct().first()
    if action is None:
        raise Http404
    company = action.assessment.subject.organisation_id
    regulator = action.finding.review.regulator_id if action.finding else None
    held = Membership.objects.held_by(user).filter(organisation__in=[company, regulator])
    roles: dict[uuid.UUID, set[str]] = {}
    for membership in held:
        roles.setdefault(membership.organisation_id, set()).add(membership.role)
    return ActionAccess(
        action,
        user,
        frozenset(roles.get(company, ())),
        frozenset(roles.get(regulator, ())) if regulator else frozenset(),
    )
