"""The freeze: from an approved assessment to a submission, in one transaction or not at all."""

import hashlib
from datetime import UTC, datetime

from django.db import transaction
from django.utils import timezone

from compliance import lifecycle
from compliance.accounts.models import User
from compliance.assessments.draft import Draft
from compliance.assessments.models import Assessment, Evidence, SignOff, Submission
from compliance.assessments.moving import lock_anew, move
from compliance.assessments.submissions.commitments import commitment
from compliance.assessments.submissions.content import Data, canonical, content_of, digest
from compliance.assessments.submissions.frozen import sheet_of
from compliance.assessments.submissions.numbers import new_number, number_of_round
from compliance.assessments.submissions.readiness import NotOpen, obstacles, outdated
from compliance.assessments.submissions.telling import tell_submitted
from compliance.audit.actions import Action
from compliance.audit.models import Chain
from compliance.audit.recording import record
from compliance.lifecycle import NotReady, Status, Step

FORMAT = 1
"""Of the document: what it consists of, and how."""
HAS_SM3 = "sm3" in hashlib.algorithms_available
"""Whether this machine's OpenSSL has the Chinese standard hash."""


def submit(sign_off: SignOff, by: User) -> Submission:
    """Hand in what the sign-off approves; done again, it returns the same submission.

    Raises NotAllowed where the assessment does not await a signature or nobody has approved it,
    NotReady where something has come in the way since, or what was approved is no longer what
    stands there.
    """
    with transaction.atomic():
        assessment = lock_anew(sign_off.assessment_id)
        sign_off = _read_anew(sign_off)
        if sign_off.submission is not None:
            return sign_off.submission
        lifecycle.after(Step.SUBMIT, Status(assessment.status))
        if sign_off.state != SignOff.State.APPROVED:
            raise NotOpen(sign_off)
        draft = Draft(assessment)
        content = content_of(draft)
        if found := obstacles(draft):
            raise NotReady(found)
        if digest(content) != sign_off.content_sha256:
            raise NotReady([outdated()])
        assessment.submissions.current().update(status=Submission.Status.REPLACED)
        submission = _freeze(draft, sign_off, content, by)
        _settle(submission, sign_off)
        move(assessment, Step.SUBMIT)
        details = {"number": submission.number, "sha256": submission.sha256}
        record(Action.SUBMITTED, by=by, chain=assessment, about=submission, details=details)
        tell_submitted(submission, by)
    return submission


def _read_anew(sign_off: SignOff) -> SignOff:
    people = ("prepared_by", "checked_by", "approved_by")
    return SignOff.objects.select_related("submission", *people).get(pk=sign_off.pk)


def _freeze(draft: Draft, sign_off: SignOff, content: Data, by: User) -> Submission:
    """Store the document with its number and its hashes."""
    assessment = draft.assessment
    former = assessment.submissions.order_by("-round").first()
    organisation = assessment.subject.organisation
    now = timezone.now().replace(microsecond=0)
    round_ = former.round + 1 if former else 1
    number = _number(former, organisation.region, round_, timezone.localtime(now).year)
    document = {
        "format": FORMAT,
        "number": number,
        "round": round_,
        "submitted_at": _written(now),
        "previous": former and {"number": former.number, "sha256": former.sha256},
        "content": content,
        "content_sha256": sign_off.content_sha256,
        "signers": _signers(sign_off, by),
        "commitment": commitment(sign_off.commitment).model_dump(),
        "third_party": _third_party(sign_off),
        "record": _record(assessment),
    }
    frozen = canonical(document)
    score = draft.score
    as_frozen = draft.outline.scorer.score(sheet_of(content, score.questionnaire))
    if (as_frozen.achievements, as_frozen.rating) != (score.achievements, score.rating):
        raise AssertionError("What would be frozen does not come to what was approved.")
    return Submission.objects.create(
        assessment=assessment,
        round=round_,
        number=number,
        document=frozen.decode(),
        sha256=hashlib.sha256(frozen).hexdigest(),
        sm3=hashlib.new("sm3", frozen).hexdigest() if HAS_SM3 else "",
        submitted_at=now,
        submitted_by=by,
        organisation=organisation,
        region=organisation.region,
        questionnaire=assessment.version.key,
        tier=score.tier or "",
        rating=score.rating,
        score="" if score.score is None else str(score.score),
    )


def _settle(submission: Submission, sign_off: SignOff) -> None:
    """Bring what hangs on a submission into line with it: nothing of it gets lost any more."""
    sign_off.state = SignOff.State.SUBMITTED
    sign_off.submission = submission
    sign_off.save(update_fields=["state", "submission"])
    evidence = [found["id"] for found in submission.content["content"]["evidence"]]
    Evidence.objects.filter(pk__in=evidence).retain()


def _number(former: Submission | None, region: str, round_: int, year: int) -> str:
    """Return a number that no other submission has."""
    if former is not None:
        return number_of_round(former.number, round_)
    while Submission.objects.filter(number=(number := new_number(year, region))).exists():
        pass
    return number


def _signers(sign_off: SignOff, by: User) -> Data:
    assert sign_off.approved_by is not None
    assert sign_off.approved_at is not None
    return {
        "prepared": {"name": sign_off.prepared_by.name},
        "checked": {"name": sign_off.checked_by.name, "at": _written(sign_off.checked_at)},
        "approved": {
            "name": sign_off.representative,
            "capacity": sign_off.capacity,
            "account": sign_off.approved_by.name,
            "at": _written(sign_off.approved_at),
        },
        "submitted": {"name": by.name},
    }


def _third_party(sign_off: SignOff) -> Data | None:
    if not sign_off.third_party:
        return None
    return {
        "name": sign_off.third_party,
        "credit_code": sign_off.third_party_code,
        "scope": sign_off.third_party_scope,
    }


def _record(assessment: Assessment) -> Data | None:
    """Return where the assessment's chain of events stands; None where nothing is recorded."""
    chain = Chain.objects.filter(pk=assessment.pk).first()
    return {"events": chain.sequence, "head": chain.head} if chain else None


def _written(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
