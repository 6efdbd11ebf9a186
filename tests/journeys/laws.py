"""What holds at every moment of every journey."""

import hashlib
from collections.abc import Iterable

from compliance.assessments.models import Assessment, Submission
from compliance.audit.verifying import Verification
from compliance.lifecycle import TRANSITIONS, Status, Step
from compliance.organisations.models import Organisation
from compliance.remediation.models import Report
from compliance.reviews.models import Decision, Dispute, Finding
from compliance.reviews.verifying import verified
from tests.journeys.stage import LEADS, OFFICERS, REVIEWING, SIGNATORY, Stage

MAY: dict[Step, tuple[str, ...]] = {
    Step.FINISH: OFFICERS,
    Step.REOPEN: OFFICERS,
    Step.REQUEST_SIGNATURE: OFFICERS,
    Step.RECALL: OFFICERS + SIGNATORY,
    Step.SUBMIT: OFFICERS,
    Step.WITHDRAW: OFFICERS,
    Step.TAKE_UP: REVIEWING,
    Step.RETURN: LEADS,
    Step.DEMAND: LEADS,
    Step.PASS: LEADS,
    Step.REPORT: OFFICERS,
    Step.REJECT_REPORT: LEADS,
    Step.CLOSE: LEADS,
    Step.SUPERSEDE: OFFICERS,
    Step.ARCHIVE: OFFICERS,
}
"""Who takes which step: written out here, so that it does not follow a rule that is loosened."""


def check_step(step: Step | None, by: str, before: str, after: str, *, handed_in: bool) -> None:
    """Fail unless the table has this transition, it is the one asked for, and theirs to take.

    `handed_in`: whether a submission stands; what is recalled then goes back to "returned".
    """
    assert step is not None, f"{by} moved it from {before} to {after} by nothing"
    assert by in MAY[step], f"{by} may not {step}"
    expected = TRANSITIONS[step].get(Status(before))
    if step is Step.RECALL and handed_in:
        expected = Status.RETURNED
    assert after == expected, f"{step} leads from {before} to {after}"


def check_submissions(
    known: dict[object, tuple[str, str]], assessments: Iterable[Assessment]
) -> dict[object, tuple[str, str]]:
    """Fail where a submission has changed or its place is wrong; return the known ones, and new."""
    rows = Submission.objects.filter(assessment__in=assessments).order_by("assessment", "round")
    found: dict[object, tuple[str, str]] = {}
    rounds: dict[object, list[int]] = {}
    current: dict[object, int] = {}
    for row in rows.defer("document"):
        found[row.pk] = (row.number, row.sha256)
        rounds.setdefault(row.assessment_id, []).append(row.round)
        current[row.assessment_id] = current.get(row.assessment_id, 0) + row.is_current
        if row.pk not in known:
            check_document(row)
    assert known.items() <= found.items()
    assert len({number for number, _hash in found.values()}) == len(found)
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in rounds.values())
    assert all(number <= 1 for number in current.values())
    return found


def check_document(submission: Submission) -> None:
    """Fail unless the document is the one of its hash."""
    document = Submission.objects.values_list("document", flat=True).get(pk=submission.pk)
    assert hashlib.sha256(document.encode()).hexdigest() == submission.sha256


def check_disputes(assessments: Iterable[Assessment]) -> None:
    """Fail where a review has ended while somebody still waits for the decision of a dispute.

    What a review that passed says of a criterion is known, and contested, only after it has ended.
    """
    ended = Status.PASSED, Status.CLOSED, Status.ARCHIVED
    rows = Dispute.objects.filter(finding__review__submission__assessment__in=assessments)
    rows = rows.filter(finding__review__submission__assessment__status__in=ended)
    before = rows.exclude(finding__review__decision=Decision.PASS)
    archived = rows.filter(finding__review__submission__assessment__status=Status.ARCHIVED)
    for over in (before, archived):
        assert set(over.values_list("status", flat=True)) <= {"decided", "withdrawn"}
    hasty = rows.filter(outcome="without_opinion")
    assert all(dispute.opinion_by.at <= dispute.decided_at for dispute in hasty)


def check_scores(submission: Submission, self_assessed: str) -> None:
    """Fail where a verified score lies outside of 0 to 100, or the self-assessed one changed."""
    score = verified(submission).score.score
    assert score is None or 0 <= score <= 100
    assert Submission.objects.values_list("score", flat=True).get(pk=submission.pk) == self_assessed


def check_second_looks(stage: Stage) -> None:
    """Fail where a company can see an adjustment that only one person has seen before."""
    leads = {stage.people[name].pk for name in LEADS}
    decided = Finding.objects.exclude(review__decision="")
    for finding in decided.filter(kind__in=Finding.SECOND_LOOK):
        assert finding.look == Finding.Look.CONFIRMED
        assert finding.looked_by_id in leads - {finding.by_id}


def check_closed_gaps(stage: Stage) -> None:
    """Fail where somebody has closed their own gap, or a company what a regulator demands."""
    regulator = {stage.people[name].pk for name in REVIEWING}
    company = {stage.people[name].pk for name in OFFICERS + SIGNATORY}
    for report in Report.objects.filter(closes=True).select_related("action"):
        others = regulator if report.action.is_demanded else company - {report.action.owner_id}
        assert report.inspected_by_id in others - {report.by_id}


def check_record(assessments: Iterable[Assessment], organisations: Iterable[Organisation]) -> None:
    """Fail where a chain of events does not hold together."""
    from compliance.audit.models import Chain

    things = [*assessments, *organisations]
    for pk in Chain.objects.filter(pk__in=[thing.pk for thing in things]).values_list(
        "pk", flat=True
    ):
        assert list(Verification(pk).faults()) == []
