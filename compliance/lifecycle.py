"""The life of an assessment: its statuses, and the one table of what leads from one to another.

Knows no models, so that every app may ask it. The statuses and their order are those of the design
(draft, awaiting signature, submitted, under review, returned or remediation demanded, passed or
closed); "finished" is between draft and signature: the company has its rating, nobody else has.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Where an assessment stands."""

    DRAFT = "draft", _("Draft")
    FINISHED = "finished", _("Finished, not submitted")
    AWAITING_SIGNATURE = "awaiting_signature", _("Awaiting signature")
    SUBMITTED = "submitted", _("Submitted")
    UNDER_REVIEW = "under_review", _("Under review")
    RETURNED = "returned", _("Returned for materials")
    REMEDIATION_DEMANDED = "remediation_demanded", _("Remediation demanded")
    REPORTED = "reported", _("Remediation reported")
    CLOSED = "closed", _("Remediation closed")
    PASSED = "passed", _("Review passed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    SUPERSEDED = "superseded", _("Superseded")
    ARCHIVED = "archived", _("Archived")


OPEN_FOR_ANSWERS = frozenset({Status.DRAFT, Status.RETURNED})
"""Answers can be changed: before the first submission, and where a reviewer asked for more."""

HANDED_IN = frozenset(
    {
        Status.SUBMITTED,
        Status.UNDER_REVIEW,
        Status.RETURNED,
        Status.REMEDIATION_DEMANDED,
        Status.REPORTED,
        Status.CLOSED,
        Status.PASSED,
    }
)
"""A regulator has a submission of it and has not given it back for good."""

ENDED = frozenset({Status.CLOSED, Status.PASSED, Status.SUPERSEDED, Status.ARCHIVED})


class Step(models.TextChoices):
    """What may happen to an assessment."""

    FINISH = "finish", _("Finish")
    REOPEN = "reopen", _("Take up again")
    REQUEST_SIGNATURE = "request_signature", _("Ask for signature")
    RECALL = "recall", _("Recall from signature")
    SUBMIT = "submit", _("Submit")
    WITHDRAW = "withdraw", _("Withdraw")
    TAKE_UP = "take_up", _("Take up for review")
    RETURN = "return", _("Return for materials")
    DEMAND = "demand", _("Demand remediation")
    PASS = "pass", _("Pass")
    REPORT = "report", _("Report remediation")
    REJECT_REPORT = "reject_report", _("Send back the remediation report")
    CLOSE = "close", _("Close remediation")
    SUPERSEDE = "supersede", _("Supersede")
    ARCHIVE = "archive", _("Archive")


ENDS_REVIEW = frozenset({Step.PASS, Step.CLOSE})
"""With them everything is settled: none is taken while a dispute is open."""


def _from(after: Status, *before: Status) -> Mapping[Status, Status]:
    return MappingProxyType(dict.fromkeys(before, after))


TRANSITIONS: Mapping[Step, Mapping[Status, Status]] = MappingProxyType(
    {
        Step.FINISH: _from(Status.FINISHED, Status.DRAFT),
        Step.REOPEN: _from(Status.DRAFT, Status.FINISHED, Status.WITHDRAWN),
        Step.REQUEST_SIGNATURE: _from(Status.AWAITING_SIGNATURE, Status.FINISHED, Status.RETURNED),
        # Back to where it came from: `assessments.moving` knows whether it was handed in before.
        Step.RECALL: _from(Status.FINISHED, Status.AWAITING_SIGNATURE),
        Step.SUBMIT: _from(Status.SUBMITTED, Status.AWAITING_SIGNATURE),
        Step.WITHDRAW: _from(Status.WITHDRAWN, Status.SUBMITTED),
        Step.TAKE_UP: _from(Status.UNDER_REVIEW, Status.SUBMITTED),
        Step.RETURN: _from(Status.RETURNED, Status.UNDER_REVIEW),
        Step.DEMAND: _from(Status.REMEDIATION_DEMANDED, Status.UNDER_REVIEW),
        Step.PASS: _from(Status.PASSED, Status.UNDER_REVIEW),
        Step.REPORT: _from(Status.REPORTED, Status.REMEDIATION_DEMANDED),
        Step.REJECT_REPORT: _from(Status.REMEDIATION_DEMANDED, Status.REPORTED),
        Step.CLOSE: _from(Status.CLOSED, Status.REPORTED),
        Step.SUPERSEDE: _from(Status.SUPERSEDED, Status.DRAFT, Status.FINISHED, Status.WITHDRAWN),
        Step.ARCHIVE: _from(Status.ARCHIVED, Status.PASSED, Status.CLOSED),
    }
)


@dataclass
class NotAllowed(Exception):
    """A step that the present status does not allow; its page is a 409 with the reason."""

    step: Step
    status: Status

    def __str__(self) -> str:
        return _("“%(step)s” is not possible: the assessment is in status “%(status)s”.") % {
            "step": self.step.label,
            "status": self.status.label,
        }


@dataclass
class NotReady(Exception):
    """A step that something stands in the way of; `reasons` says what, in words."""

    reasons: list[str]

    def __str__(self) -> str:
        return " ".join(self.reasons)


def after(step: Step, status: Status, *, round_: int = 1) -> Status:
    """Return the status to which the step leads; NotAllowed where it leads nowhere.

    `round_` is 1 where no submission stands. From 2 on one does, which the reviewer returned: that
    is what an assessment is again when it is recalled from signature.
    """
    try:
        reached = TRANSITIONS[step][status]
    except KeyError:
        raise NotAllowed(step, status) from None
    return Status.RETURNED if step is Step.RECALL and round_ > 1 else reached
