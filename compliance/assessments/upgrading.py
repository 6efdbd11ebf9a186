"""A newer version of the questionnaire: what carries over, and the assessment made by it.

A new version never moves an assessment. Upgrading makes a new one, and the old one stays as it is.
"""

import datetime
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db import transaction

from compliance.accounts.models import User
from compliance.assessments.adopting import adopt
from compliance.assessments.collaboration.carrying import carry_over
from compliance.assessments.companywide import bring_evidence
from compliance.assessments.draft import Draft
from compliance.assessments.models import (
    Answer,
    AnswerEvidence,
    Assessment,
    ConflictingAnswer,
    ConflictingClaim,
    Entry,
    NotApplicableClaim,
)
from compliance.assessments.moving import move
from compliance.assessments.outline import outline_of
from compliance.assessments.saving import taken_over
from compliance.audit import recording
from compliance.audit.actions import Action
from compliance.audit.recording import record, record_all
from compliance.library.models import QuestionnaireVersion
from compliance.library.versions import scorer_of, versions_between
from compliance.lifecycle import NotAllowed, Step
from questionnaires.succession import Passage, carried_claims, passages


def newer_version(assessment: Assessment) -> QuestionnaireVersion | None:
    """Return the version that has replaced the assessment's; None while that is current."""
    if assessment.version.is_current:
        return None
    current = QuestionnaireVersion.objects.open_for_new()
    return current.filter(key=assessment.version.key).first()


def successor(assessment: Assessment) -> Assessment | None:
    """Return the assessment that supersedes this one."""
    if assessment.status != Assessment.Status.SUPERSEDED:
        return None
    found = Assessment.objects.select_related("version").defer("version__document")
    return found.filter(supersedes=assessment).first()


def predecessor(assessment: Assessment) -> Draft | None:
    """Return the assessment that this one supersedes, with what was answered in it."""
    if assessment.supersedes_id is None:
        return None
    found = Assessment.objects.select_related("version").defer("version__document")
    return Draft(found.get(pk=assessment.supersedes_id))


class Succession:
    """The way of an assessment's answers and claims into another version."""

    def __init__(self, draft: Draft, version: QuestionnaireVersion) -> None:
        self.draft = draft
        self.version = version
        self._before = draft.outline.scorer.questionnaire
        self.after = scorer_of(version).questionnaire
        self._between = versions_between(draft.assessment.version, version)

    @cached_property
    def passages(self) -> list[Passage]:
        """The way of every question, in the new order, the gone ones last."""
        return passages(self._before, self.after, self._between)

    @cached_property
    def questions(self) -> dict[str, str]:
        """The questions whose answers carry over: former id to new id."""
        return {
            way.before.id: way.after.id
            for way in self.passages
            if way.carries and way.before and way.after
        }

    @cached_property
    def claims(self) -> dict[str, str]:
        """The criteria whose claims carry over: former id to new id."""
        return carried_claims(self._before, self.after, self._between)

    @cached_property
    def ways(self) -> dict[str, str]:
        """The questions that both versions ask, worded anew or not: former id to new id."""
        return {way.before.id: way.after.id for way in self.passages if way.before and way.after}

    def for_subject(self, names: dict[str, str]) -> dict[str, str]:
        """Return those of the names that lead to what is answered for the subject."""
        company = outline_of(self.version)
        known = company.company_questions | company.company_criteria
        return {former: name for former, name in names.items() if name not in known}

    def for_company(self, names: dict[str, str]) -> dict[str, str]:
        """Return those that lead to what is answered for the company, where it was not before."""
        there, here = outline_of(self.version), self.draft.outline
        known = there.company_questions | there.company_criteria
        before = here.company_questions | here.company_criteria
        return {
            former: name
            for former, name in names.items()
            if name in known and before.get(former) != known[name]
        }


def upgrade(
    succession: Succession, reference_date: datetime.date, by: User
) -> tuple[Assessment | None, bool]:
    """Make the assessment that supersedes this one; return it, and whether it is new.

    Answers and claims that carry over keep who gave them and when; so do those that wait for a
    choice. Done twice, even at the same moment, it makes one. None, False: nothing may supersede
    the assessment any more.
    """
    old = succession.draft.assessment
    with transaction.atomic():
        try:
            move(old, Step.SUPERSEDE)
        except NotAllowed:
            return Assessment.objects.filter(supersedes=old).first(), False
        new = Assessment.objects.create(
            subject=old.subject,
            version=succession.version,
            situation=old.situation,
            reference_date=reference_date,
            created_by=by,
            supersedes=old,
        )
        own = succession.for_subject
        answers = _copy(Answer, old, new, "question", own(succession.questions))
        _copy(ConflictingAnswer, old, new, "question", own(succession.questions))
        claims = _copy(NotApplicableClaim, old, new, "criterion", own(succession.claims))
        _copy(ConflictingClaim, old, new, "criterion", own(succession.claims))
        company = succession.for_company
        said = [*old.answers.all(), *old.conflicting_answers.all()]
        claimed = [*old.claims.all(), *old.conflicting_claims.all()]
        adopted = [
            *adopt(new, "answer", said, company(succession.questions)),
            *adopt(new, "claim", claimed, company(succession.claims)),
        ]
        _copy(AnswerEvidence, old, new, "question", succession.questions)
        bring_evidence(new)
        carry_over(old, new, outline_of(new.version).sections, succession.ways)
        _record(old, new, [*answers, *claims], adopted, by)
    return new, True


def _record(
    old: Assessment, new: Assessment, copied: Iterable[Any], adopted: Iterable[Any], by: User
) -> None:
    """Record the upgrade in both chains, in that of the new one with all that it begins with.

    What was adopted for the company goes into the chain of the company too.
    """
    details = {"step": Step.SUPERSEDE.value, "from": old.status_before, "to": old.status}
    record(Action.ASSESSMENT_MOVED, by=by, chain=old, about=new, details=details)
    version = {"from": str(old.pk), "version": str(new.version_id)}
    begun = recording.Entry(Action.ASSESSMENT_UPGRADED, old, details=version)
    carried = [taken_over(row, {"from": str(old.pk)}) for row in (*copied, *adopted)]
    record_all([begun, *carried], by=by, chain=new)
    told = [
        taken_over(row, {"from": str(old.pk), "assessment": str(new.pk), "meaning": row.meaning})
        for row in adopted
    ]
    record_all(told, by=by, chain=new.subject.organisation)


def _copy(
    rows: type[Entry] | type[AnswerEvidence],
    old: Assessment,
    new: Assessment,
    key: str,
    names: dict[str, str],
) -> list[Any]:
    """Copy the rows whose key has a new name, as they stand in the database now; return the new."""
    left_out = {"id", "assessment", "revision", key}
    copied = [f.attname for f in rows._meta.fields if f.name not in left_out]
    manager: Any = rows._default_manager
    created: list[Any] = manager.bulk_create(
        manager.model(
            assessment=new,
            **{key: names[getattr(row, key)]},
            **{name: getattr(row, name) for name in copied},
        )
        for row in manager.filter(assessment=old, **{f"{key}__in": list(names)})
    )
    return created
