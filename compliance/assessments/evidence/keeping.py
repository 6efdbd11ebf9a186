"""Putting evidence behind answers, and taking it away: every change with its record.

What stands behind an answer about the company as a whole does so in each of its assessments that
takes answers.

Each function has a transaction of its own. A file that was stored in one that fails is deleted
again: the row and the file stand and fall together.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.db.models import QuerySet
from django.forms import ModelForm
from django.utils import timezone

from compliance.accounts.models import User
from compliance.assessments.access import Access
from compliance.assessments.companywide import companions
from compliance.assessments.evidence.inspecting import inspect
from compliance.assessments.evidence.names import clean_name
from compliance.assessments.evidence.refusals import Refused
from compliance.assessments.evidence.serving import deleted_on_failure
from compliance.assessments.models import AnswerEvidence, Assessment, Evidence
from compliance.assessments.moving import lock
from compliance.audit.actions import Action
from compliance.audit.recording import record
from compliance.organisations.changes import save_and_record
from compliance.organisations.models import Organisation
from compliance.permissions import ANSWER
from compliance.row_locks import lock_row


@dataclass(frozen=True)
class Place:
    """The answer behind which evidence is put."""

    access: Access
    question: str

    @property
    def assessment(self) -> Assessment:
        return self.access.assessment

    @property
    def organisation(self) -> Organisation:
        """The company whose evidence it is."""
        return self.assessment.subject.organisation

    def uses(self) -> QuerySet[AnswerEvidence]:
        """Return what stands behind the answer, the oldest first."""
        mine = self.assessment.answer_evidence.filter(question=self.question)
        return mine.select_related("evidence", "by")


def add_file(place: Place, evidence: Evidence, file: "File[bytes]", by: User) -> Evidence:
    """Keep a file as new evidence behind an answer; return it.

    `evidence` has its title and dates and nothing else. Where the company has the same file
    already, that one is returned, with what is said of it now. Raises Refused where the file is
    not taken.
    """
    name, size = clean_name(file.name or ""), file.size
    if size > settings.EVIDENCE_LARGEST_FILE:
        raise Refused("too_large", limit=settings.EVIDENCE_LARGEST_FILE // 1024**2)
    file.seek(0)
    data = file.read()
    kind = inspect(data, name)
    with deleted_on_failure(evidence), transaction.atomic():
        _lock(place)
        evidence.sha256 = hashlib.sha256(data).hexdigest()
        kept = Evidence.objects.of_company(place.organisation).at_hand()
        same = kept.filter(sha256=evidence.sha256).first()
        if same is None:
            if kept.bytes_stored() + size > settings.EVIDENCE_MOST_BYTES:
                raise Refused("quota", limit=settings.EVIDENCE_MOST_BYTES // 1024**3)
            evidence.kind, evidence.name, evidence.size = Evidence.Kind.FILE, name, size
            evidence.media_type = kind.media_type
            _add(place, evidence, by, file)
        else:
            _say_anew(same, evidence, by)
        _attach(place, same or evidence, by)
    return same or evidence


def add_link(place: Place, evidence: Evidence, by: User) -> Evidence:
    """Keep an address as new evidence behind an answer; return it. Nothing is fetched from it.

    `evidence` has its address, title and dates. Raises Refused where the answer has too much.
    """
    evidence.kind = Evidence.Kind.LINK
    with transaction.atomic():
        _lock(place)
        _add(place, evidence, by, None)
        _attach(place, evidence, by)
    return evidence


def attach(place: Place, chosen: Iterable[Evidence], by: User) -> None:
    """Put what the company has already behind an answer; what stands there stays.

    Raises Refused, with nothing done, where that makes too much.
    """
    with transaction.atomic():
        _lock(place)
        ids = [evidence.pk for evidence in chosen]  # someone may have removed it meanwhile
        for evidence in Evidence.objects.at_hand().filter(pk__in=ids):
            _attach(place, evidence, by)


def detach(place: Place, evidence: Evidence, by: User) -> None:
    """Take evidence from an answer; it stays at hand for this one and others."""
    with transaction.atomic():
        _lock(place)
        everywhere = (place.assessment, *companions(place.assessment, place.question))
        gone, _each = AnswerEvidence.objects.filter(
            assessment__in=everywhere, question=place.question, evidence=evidence
        ).delete()
        if gone:
            _record(Action.EVIDENCE_DETACHED, place, evidence, by)


def change(form: ModelForm, by: User) -> None:
    """Keep what a valid form says anew of evidence, wherever it stands; nothing if nothing."""
    with transaction.atomic():
        _lock_company(form.instance.organisation)
        save_and_record(form, Action.EVIDENCE_CHANGED, by=by, chain=form.instance.organisation)


def remove(evidence: Evidence, by: User) -> None:
    """Remove evidence that stands behind no answer from what is at hand; Refused if it does."""
    with transaction.atomic():
        _lock_company(evidence.organisation)
        row = Evidence.objects.get(pk=evidence.pk)
        if row.uses.exists():
            raise Refused("in_use")
        if row.removed_at is None:
            row.removed_at = timezone.now()
            row.save(update_fields=["removed_at"])
            record(Action.EVIDENCE_REMOVED, by=by, chain=row.organisation, about=row)


def restore(evidence: Evidence, by: User) -> None:
    """Bring removed evidence back; Refused where the same file has been added since."""
    with transaction.atomic():
        _lock_company(evidence.organisation)
        row = Evidence.objects.get(pk=evidence.pk)
        kept = Evidence.objects.of_company(row.organisation).at_hand()
        if row.is_file and kept.filter(sha256=row.sha256).exclude(pk=row.pk).exists():
            raise Refused("there_already")
        if row.removed_at is not None:
            row.removed_at = None
            row.save(update_fields=["removed_at"])
            record(Action.EVIDENCE_RESTORED, by=by, chain=row.organisation, about=row)


def _lock(place: Place) -> None:
    """Make others wait, and make sure that the answers may still be changed."""
    lock(place.assessment)
    place.access.require(ANSWER)
    _lock_company(place.organisation)


def _lock_company(organisation: Organisation) -> None:
    lock_row(Organisation, organisation.pk)


def _add(place: Place, evidence: Evidence, by: User, file: "File[bytes] | None") -> None:
    evidence.organisation, evidence.added_by = place.organisation, by
    if file is not None:
        file.seek(0)
        evidence.file.save(evidence.name, file, save=False)
    evidence.save()
    record(
        Action.EVIDENCE_ADDED,
        by=by,
        chain=place.organisation,
        about=evidence,
        new={"title": evidence.title, "name": evidence.name, "address": evidence.address},
        details={"kind": evidence.kind, "sha256": evidence.sha256, "size": evidence.size},
    )


SAID = ("title", "issued_on", "expires_on")


def _said(evidence: Evidence) -> dict[str, str]:
    return {name: str(getattr(evidence, name) or "") for name in SAID}


def _say_anew(kept: Evidence, given: Evidence, by: User) -> None:
    """Take over what someone says who sends a file anew; what they leave out stays."""
    before = _said(kept)
    for name in SAID:
        setattr(kept, name, getattr(given, name) or getattr(kept, name))
    if (now := _said(kept)) != before:
        kept.save(update_fields=SAID)
        record(
            Action.EVIDENCE_CHANGED,
            by=by,
            chain=kept.organisation,
            about=kept,
            old=before,
            new=now,
        )


def _attach(place: Place, evidence: Evidence, by: User) -> None:
    if place.assessment.answer_evidence.filter(question=place.question, evidence=evidence).exists():
        return
    most = settings.EVIDENCE_MOST_PER_ANSWER
    if place.assessment.answer_evidence.filter(question=place.question).count() >= most:
        raise Refused("too_many", limit=most)
    for assessment in (place.assessment, *companions(place.assessment, place.question)):
        assessment.answer_evidence.get_or_create(
            question=place.question, evidence=evidence, defaults={"by": by}
        )
    _record(Action.EVIDENCE_ATTACHED, place, evidence, by)


def _record(action: Action, place: Place, evidence: Evidence, by: User) -> None:
    record(
        action,
        by=by,
        chain=place.assessment,
        about=evidence,
        key=place.question,
        new=str(evidence),
        details={"sha256": evidence.sha256},
    )
