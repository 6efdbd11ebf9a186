"""Putting a subject away, and taking it out again."""

from django.db import transaction
from django.utils import timezone

from compliance.audit.actions import Action
from compliance.audit.recording import Actor, record
from compliance.organisations.models import Subject


def archive(subject: Subject, *, by: Actor) -> None:
    """Put a subject away; nothing where it is archived already."""
    if subject.archived_at is None:
        with transaction.atomic():
            subject.archived_at = timezone.now()
            subject.save(update_fields=["archived_at"])
            record(Action.SUBJECT_ARCHIVED, by=by, chain=subject.organisation, about=subject)


def restore(subject: Subject, *, by: Actor) -> None:
    """Take a subject out of the archive; nothing where it is not in it."""
    if subject.archived_at is not None:
        with transaction.atomic():
            subject.archived_at = None
            subject.save(update_fields=["archived_at"])
            record(Action.SUBJECT_RESTORED, by=by, chain=subject.organisation, about=subject)
