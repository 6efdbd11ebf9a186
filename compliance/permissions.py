"""Who may do what, and in which state: every named rule of the site, in one place.

A rule speaks of roles in the organisation that the thing belongs to, and of the status of an
assessment where it depends on one. How someone's roles are found, and that a foreign thing is a
404, is the matter of each app's access.py.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from compliance.lifecycle import OPEN_FOR_ANSWERS, Status
from compliance.organisations.models import ROLES_OF, Organisation, Role

ANY_STATUS = frozenset(Status)
COMPANY = frozenset(ROLES_OF[Organisation.Kind.COMPANY])
REGULATOR = frozenset(ROLES_OF[Organisation.Kind.REGULATOR])
ASSOCIATION = frozenset(ROLES_OF[Organisation.Kind.ASSOCIATION])

ANSWERING = frozenset({Role.CONTRIBUTOR, Role.COMPLIANCE_OFFICER})
OFFICER = frozenset({Role.COMPLIANCE_OFFICER})
SIGNATORY = frozenset({Role.SIGNATORY})
REVIEWING = frozenset({Role.REVIEWER, Role.LEAD_REVIEWER})
LEAD = frozenset({Role.LEAD_REVIEWER})
PANEL = frozenset({Role.PANELLIST})


@dataclass(frozen=True)
class Rule:
    """Which roles may do it, while the assessment is in which statuses.

    `administrators`: site administrators may do it too, in any organisation but a company.
    """

    name: str
    roles: AbstractSet[Role]
    statuses: AbstractSet[Status] = ANY_STATUS
    administrators: bool = False

    def has_role(self, roles: AbstractSet[str]) -> bool:
        """Whether someone with these roles may do it, be it in another status."""
        return not self.roles.isdisjoint(roles)

    def allows(self, roles: AbstractSet[str], status: str) -> bool:
        """Whether someone with these roles may do it while the assessment has this status."""
        return self.has_role(roles) and status in self.statuses


# --- what an organisation does on its own

START = Rule("start", OFFICER)
SEE_ORGANISATION = Rule(
    "see the organisation", COMPANY | REGULATOR | ASSOCIATION, administrators=True
)
EDIT_ORGANISATION = Rule("edit the organisation", OFFICER | LEAD, administrators=True)
SET_JURISDICTION = Rule("set the jurisdiction", frozenset(), administrators=True)
MANAGE_PEOPLE = Rule("manage people", OFFICER | LEAD, administrators=True)
TAKE_OVER = Rule("take over open work", ANSWERING | REVIEWING | PANEL)
EDIT_SUBJECT = Rule("edit a subject", OFFICER)
READ_ORGANISATION_RECORD = Rule(
    "read the record of the organisation",
    (COMPANY | REGULATOR | ASSOCIATION) - {Role.CONTRIBUTOR, Role.REVIEWER, Role.PANELLIST},
    administrators=True,
)

READ_EVIDENCE = Rule("read the company's evidence", COMPANY)
CHANGE_EVIDENCE = Rule("change what is said of evidence", ANSWERING)
REMOVE_EVIDENCE = Rule("remove evidence", ANSWERING)
CHANGE_OTHERS_EVIDENCE = Rule("change or remove evidence that others have added", OFFICER)

# --- an assessment, inside its company

READ = Rule("read", COMPANY)
ANSWER = Rule("answer", ANSWERING, OPEN_FOR_ANSWERS)
ANSWER_ANY_SECTION = Rule("answer sections that others have", OFFICER, OPEN_FOR_ANSWERS)
FINISH = Rule("finish", OFFICER, {Status.DRAFT})
REOPEN = Rule("reopen", OFFICER, {Status.FINISHED, Status.WITHDRAWN})
UPGRADE = Rule("upgrade", OFFICER, {Status.DRAFT, Status.FINISHED, Status.WITHDRAWN})
ASSIGN = Rule("assign", OFFICER, OPEN_FOR_ANSWERS)
DISCUSS = Rule("discuss", COMPANY - {Role.AUDITOR})
REQUEST_SIGNATURE = Rule("request signature", OFFICER, {Status.FINISHED, Status.RETURNED})
RECALL = Rule("recall", OFFICER | SIGNATORY, {Status.AWAITING_SIGNATURE})
APPROVE = Rule("approve", SIGNATORY, {Status.AWAITING_SIGNATURE})
SUBMIT = Rule("submit", OFFICER, {Status.AWAITING_SIGNATURE})
WITHDRAW = Rule("withdraw", OFFICER, {Status.SUBMITTED})
SEAL = Rule("add the sealed page", OFFICER)
ARCHIVE = Rule("archive", OFFICER, {Status.PASSED, Status.CLOSED})
READ_RECORD = Rule("read the record", COMPANY - {Role.CONTRIBUTOR})

# --- a submission, at the regulator in whose jurisdiction it lies

READ_SUBMISSION = Rule("read a submission", REGULATOR)
READ_REVIEW_RECORD = Rule("read the record of a review", LEAD | {Role.AUDITOR})
TAKE_UP = Rule("take up", REVIEWING, {Status.SUBMITTED})
ASSIGN_REVIEW = Rule("assign a review", LEAD, {Status.UNDER_REVIEW})
REVIEW = Rule("review", REVIEWING, {Status.UNDER_REVIEW})
CONFIRM = Rule("confirm an adjustment", LEAD, {Status.UNDER_REVIEW})
DECIDE = Rule("decide", LEAD, {Status.UNDER_REVIEW})
KEEP_TEXTS = Rule("keep reusable texts", REVIEWING)

RUN_CAMPAIGN = Rule("run a campaign", LEAD)

# --- what the company does about a review

REPLY = Rule("reply", OFFICER, {Status.RETURNED, Status.REMEDIATION_DEMANDED})
DISPUTE = Rule(
    "dispute",
    OFFICER,
    {Status.RETURNED, Status.REMEDIATION_DEMANDED, Status.REPORTED, Status.PASSED},
)
GIVE_OPINION = Rule("give an opinion", PANEL)
DECIDE_DISPUTE = Rule("decide a dispute", LEAD)
REMEDY = Rule("plan remediation", OFFICER, ANY_STATUS - {Status.DRAFT, Status.ARCHIVED})
CLOSE_OWN = Rule("close remediation of one's own accord", OFFICER | SIGNATORY)
ANSWER_EXTENSION = Rule("answer a request for more time", LEAD)
REPORT = Rule("report remediation", OFFICER, {Status.REMEDIATION_DEMANDED})
REINSPECT = Rule("re-inspect", REVIEWING, {Status.REMEDIATION_DEMANDED, Status.REPORTED})
CLOSE = Rule("close", LEAD, {Status.REPORTED})
