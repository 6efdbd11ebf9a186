"""Asking for signature, approving, declining, recalling: what comes before the freeze."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from compliance import lifecycle
from compliance.accounts.models import User
from compliance.assessments.draft import Draft
from compliance.assessments.models import Assessment, SignOff
from compliance.assessments.moving import lock_anew, move
from compliance.assessments.submissions.commitments import current_commitment
from compliance.assessments.submissions.content import content_of, digest
from compliance.assessments.submissions.people import team_of
from compliance.assessments.submissions.readiness import NotOpen, obstacles, outdated
from compliance.audit.actions import Action
from compliance.audit.recording import record
from compliance.lifecycle import NotReady, Status, Step
from compliance.notices.events import Event
from compliance.notices.sending import notify


def request_signature(
    assessment: Assessment, by: User, prepared_by: User, third_party: dict[str, str] | None = None
) -> SignOff:
    """Freeze the answers for signature and ask the company's signatories; `by` has checked them.

    `third_party` holds the fields of the sign-off about an assessor from outside. Raises
    NotAllowed where the status does not allow it, NotReady where something stands in the way.
    """
    with transaction.atomic():
        assessment = lock_anew(assessment.pk)
        lifecycle.after(Step.REQUEST_SIGNATURE, Status(assessment.status))
        team = team_of(assessment)
        found = [*obstacles(Draft(assessment)), *team.objections_to_asking(prepared_by, by)]
        if found:
            raise NotReady(found)
        move(assessment, Step.REQUEST_SIGNATURE)
        sign_off = SignOff.objects.create(
            assessment=assessment,
            round=assessment.submissions.count() + 1,
            content_sha256=digest(content_of(Draft(assessment))),
            commitment=current_commitment().version,
            prepared_by=prepared_by,
            checked_by=by,
            checked_at=timezone.now(),
            **(third_party or {}),
        )
        _record(Action.SIGNATURE_REQUESTED, sign_off, by)
        asked = [
            user
            for user in team.signatories
            if not team.objections_to_approving(user, prepared_by, by)
        ]
        _tell(Event.SIGNATURE_REQUESTED, sign_off, asked, by)
    return sign_off


def approve(sign_off: SignOff, by: User, representative: str, capacity: str) -> SignOff:
    """Take the representative's word for the commitment.

    Raises NotOpen where it awaits no approval any more, NotReady where this person cannot approve
    it or it is no longer what was checked.
    """
    with transaction.atomic():
        sign_off = _open(sign_off, SignOff.State.REQUESTED)
        assessment = sign_off.assessment
        found = team_of(assessment).objections_to_approving(
            by, sign_off.prepared_by, sign_off.checked_by
        )
        if digest(content_of(Draft(assessment))) != sign_off.content_sha256:
            found.append(outdated())
        if found:
            raise NotReady(found)
        sign_off.state = SignOff.State.APPROVED
        sign_off.approved_by, sign_off.approved_at = by, timezone.now()
        sign_off.representative, sign_off.capacity = representative, capacity
        sign_off.save(
            update_fields=["state", "approved_by", "approved_at", "representative", "capacity"]
        )
        _record(Action.SIGNATURE_GIVEN, sign_off, by, new={"representative": representative})
        _tell(Event.SIGNATURE_GIVEN, sign_off, [sign_off.checked_by], by)
    return sign_off


def decline(sign_off: SignOff, by: User, reason: str) -> SignOff:
    """Refuse to approve, and give the assessment back to its officers.

    Raises NotOpen where it awaits no approval any more.
    """
    with transaction.atomic():
        sign_off = _open(sign_off, SignOff.State.REQUESTED)
        _end(sign_off, SignOff.State.DECLINED, by, reason)
        _record(Action.SIGNATURE_DECLINED, sign_off, by, new={"reason": reason})
        _tell(Event.SIGNATURE_DECLINED, sign_off, [sign_off.checked_by], by)
    return sign_off


def recall(sign_off: SignOff, by: User, reason: str = "") -> SignOff:
    """Take the assessment back from signature, be it approved or not.

    Raises NotOpen where it has been submitted or taken back already.
    """
    with transaction.atomic():
        sign_off = _open(sign_off, *SignOff.OPEN)
        _end(sign_off, SignOff.State.RECALLED, by, reason)
        _record(Action.SIGNATURE_RECALLED, sign_off, by, new={"reason": reason})
    return sign_off


def _open(sign_off: SignOff, *states: SignOff.State) -> SignOff:
    """Lock the assessment; return the sign-off read anew, which is in one of these states."""
    assessment = lock_anew(sign_off.assessment_id)
    found = SignOff.objects.select_related("prepared_by", "checked_by").get(pk=sign_off.pk)
    found.assessment = assessment
    if found.state not in states:
        raise NotOpen(found)
    return found


def _end(sign_off: SignOff, state: SignOff.State, by: User, reason: str) -> None:
    """Close the sign-off; the assessment goes back to where signature was asked for.

    With a submission that stands, that is in the hands of a reviewer who returned it.
    """
    sign_off.state, sign_off.reason = state, reason
    sign_off.ended_by, sign_off.ended_at = by, timezone.now()
    sign_off.save(update_fields=["state", "reason", "ended_by", "ended_at"])
    returned = sign_off.assessment.submissions.current().exists()
    move(sign_off.assessment, Step.RECALL, round_=2 if returned else 1)


def _record(action: Action, sign_off: SignOff, by: User, new: Any = None) -> None:
    record(
        action,
        by=by,
        chain=sign_off.assessment,
        about=sign_off,
        new=new,
        details={"content_sha256": sign_off.content_sha256, "round": sign_off.round},
    )


def _tell(event: Event, sign_off: SignOff, people: list[User], by: User) -> None:
    notify(
        event,
        people,
        about=str(sign_off.assessment.subject),
        url=reverse("assessments:signing", args=[sign_off.assessment_id]),
        organisation=sign_off.assessment.subject.organisation,
        by=by,
    )
