"""Moving an assessment from one status to another, and nothing else moves it."""

import uuid

from compliance import lifecycle
from compliance.assessments import companywide
from compliance.assessments.models import Assessment
from compliance.audit.actions import Action
from compliance.audit.recording import record
from compliance.lifecycle import OPEN_FOR_ANSWERS, Status, Step
from compliance.organisations.models import Visitor
from compliance.row_locks import lock_row


def lock(assessment: Assessment) -> Assessment:
    """Lock the row until the transaction ends, and bring its status up to date.

    Whoever stores something that the status must allow locks first: a step that comes at the
    same time waits, and is then seen. Raises RuntimeError outside of a transaction, and
    Assessment.DoesNotExist where there is none.
    """
    found = lock_row(Assessment, assessment.pk, "status")
    if found is None:
        raise Assessment.DoesNotExist
    [assessment.status] = found
    return assessment


def lock_anew(assessment_id: uuid.UUID) -> Assessment:
    """Lock the row until the transaction ends; return the assessment with all that names it.

    What the caller knew of it may be older than the lock; what this returns is not.
    """
    lock(Assessment(pk=assessment_id))
    return (
        Assessment.objects.select_related("subject__organisation", "version")
        .defer("version__document")
        .get(pk=assessment_id)
    )


def move(assessment: Assessment, step: Step, *, round_: int = 1) -> Status:
    """Take a step in the caller's transaction; return the status before it.

    `round_`: see `lifecycle.after`. Raises NotAllowed where the status, as it is in the database
    now, does not allow the step. What was answered for the company is kept in an assessment that
    no longer takes answers.
    """
    lock(assessment)
    before = Status(assessment.status)
    reached = lifecycle.after(step, before, round_=round_)
    if before in OPEN_FOR_ANSWERS and reached not in OPEN_FOR_ANSWERS:
        companywide.freeze(assessment)
    assessment.status = reached
    if before not in OPEN_FOR_ANSWERS and reached in OPEN_FOR_ANSWERS:
        companywide.thaw(assessment)
    fields = ["status"]
    if step is Step.SUPERSEDE:
        assessment.status_before = before
        fields.append("status_before")
    assessment.save(update_fields=fields)
    return before


def take(assessment: Assessment, step: Step, by: Visitor) -> None:
    """Take a step that has nothing of its own to record, and record it as a step."""
    before = move(assessment, step)
    details = {"step": step.value, "from": before.value, "to": str(assessment.status)}
    record(Action.ASSESSMENT_MOVED, by=by, chain=assessment, about=assessment, details=details)
