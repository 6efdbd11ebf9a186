"""A company and its regulator act in one chain; each reads its own side, and what both share."""

from compliance.audit.actions import Action

OF_REVIEWERS = frozenset(
    {
        Action.REVIEW_ASSIGNED,
        Action.FINDING_CHANGED,
        Action.FINDING_KEPT_BESIDE,
        Action.FINDING_SETTLED,
        Action.FINDING_LOOKED_AT,
    }
)
"""What reviewers do among themselves before they decide: no matter of the company."""

SEEN_BY_REGULATORS = OF_REVIEWERS | {
    Action.SUBMITTED,
    Action.SUBMISSION_WITHDRAWN,
    Action.SEALED_PAGE_ADDED,
    Action.REVIEW_TAKEN_UP,
    Action.REVIEW_DECIDED,
    Action.REPLIED,
    Action.DISPUTE_OPENED,
    Action.OPINION_GIVEN,
    Action.DISPUTE_DECIDED,
    Action.DISPUTE_WITHDRAWN,
    Action.ACTION_REPORTED,
    Action.ACTION_INSPECTED,
    Action.EXTENSION_ASKED,
    Action.EXTENSION_ANSWERED,
    Action.REMEDIATION_REPORTED,
    Action.REMEDIATION_ENDED,
}
"""What the record of an assessment says to the regulator: of the review, not of the answering."""
