"""Who may prepare, check and approve: three different people where the company has them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from compliance.accounts.models import User
from compliance.assessments.draft import Draft
from compliance.assessments.models import Assessment
from compliance.organisations.people import colleagues
from compliance.permissions import ANSWERING, OFFICER, SIGNATORY


@dataclass(frozen=True)
class Team:
    """The people of a company who can take part in a submission."""

    preparers: list[User]
    """Those who answered something; where they have all left, those who may answer."""
    officers: list[User]
    signatories: list[User]

    def objections_to_asking(self, prepared_by: User, checked_by: User) -> list[str]:
        """Return why these two cannot ask for signature, in words."""
        found = []
        checkers = [officer for officer in self.officers if officer != prepared_by]
        others = [preparer for preparer in self.preparers if preparer != checked_by]
        if prepared_by == checked_by and (checkers or others):
            found.append(
                _(
                    "Whoever prepared the answers does not check them too, as long as the company"
                    " has someone else for it: %(names)s."
                )
                % {"names": _names([*others, *checkers])}
            )
        if not self.signatories:
            found.append(_("The company has no signatory. Invite one first."))
        elif not any(
            not self.objections_to_approving(signatory, prepared_by, checked_by)
            for signatory in self.signatories
        ):
            found.append(
                _(
                    "Nobody could approve it: the signatory does not approve what they prepared or"
                    " checked themselves. Let someone else ask for the signature: %(names)s."
                )
                % {"names": _names(checkers)}
            )
        return found

    def objections_to_approving(
        self, approver: User, prepared_by: User, checked_by: User
    ) -> list[str]:
        """Return why this person cannot approve what these two prepared and checked, in words."""
        others = [s for s in self.signatories if s not in (approver, prepared_by, checked_by)]
        if approver == checked_by:
            others += [officer for officer in self.officers if officer != approver]
        if approver not in (prepared_by, checked_by) or not others:
            return []
        return [
            _(
                "Whoever prepared or checked it does not approve it too, as long as the company has"
                " someone else for one of these: %(names)s."
            )
            % {"names": _names(others)}
        ]


def team_of(assessment: Assessment) -> Team:
    """Return the people who can take part in a submission of the assessment."""
    company = assessment.subject.organisation
    answering = list(colleagues(company, ANSWERING))
    draft = Draft(assessment)
    rows = (*draft.answers.values(), *draft.claims.values())
    answered = {row.by_id for row in rows}
    return Team(
        [user for user in answering if user.pk in answered] or answering,
        list(colleagues(company, OFFICER)),
        list(colleagues(company, SIGNATORY)),
    )


def _names(people: Iterable[User]) -> str:
    return _(", ").join(dict.fromkeys(str(user) for user in people))
