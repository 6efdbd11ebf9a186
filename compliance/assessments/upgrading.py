"""A newer version of the questionnaire: what carries over, and the assessment made by it.

A new version never moves an assessment. Upgrading makes a new one, and the old one stays as it is.
"""

import datetime
from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import F

from compliance.accounts.models import User
from compliance.assessments.access import UPGRADE
from compliance.assessments.draft import Draft
from compliance.assessments.models import (
    Answer,
    Assessment,
    ConflictingAnswer,
    ConflictingClaim,
    Entry,
    NotApplicableClaim,
)
from compliance.library.models import QuestionnaireVersion
from compliance.library.versions import scorer_of, versions_between
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
        superseded = Assessment.objects.filter(pk=old.pk, status__in=UPGRADE.states).update(
            status_before=F("status"), status=Assessment.Status.SUPERSEDED
        )
        if not superseded:
            return Assessment.objects.filter(supersedes=old).first(), False
        new = Assessment.objects.create(
            subject=old.subject,
            version=succession.version,
            situation=old.situation,
            reference_date=reference_date,
            created_by=by,
            supersedes=old,
        )
        _copy(Answer, old, new, "question", succession.questions)
        _copy(ConflictingAnswer, old, new, "question", succession.questions)
        _copy(NotApplicableClaim, old, new, "criterion", succession.claims)
        _copy(ConflictingClaim, old, new, "criterion", succession.claims)
    return new, True


def _copy(
    rows: type[Entry], old: Assessment, new: Assessment, key: str, names: dict[str, str]
) -> None:
    """Copy the rows whose key has a new name, as they stand in the database now."""
    left_out = {"id", "assessment", "revision", key}
    copied = [f.attname for f in rows._meta.fields if f.name not in left_out]
    manager: Any = rows._default_manager
    manager.bulk_create(
        manager.model(
            assessment=new,
            **{key: names[getattr(row, key)]},
            **{name: getattr(row, name) for name in copied},
        )
        for row in manager.filter(assessment=old, **{f"{key}__in": list(names)})
    )
