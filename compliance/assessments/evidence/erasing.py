"""Erasing files that nobody needs any more: removed evidence, and files that no row knows."""

import datetime
from collections.abc import Iterator

from django.core.files.storage import default_storage
from django.db import transaction

from compliance.assessments.models import Evidence
from compliance.assessments.models.evidence import FOLDER
from compliance.audit.actions import Action
from compliance.audit.recording import record

KEPT = datetime.timedelta(days=30)
"""How long removed evidence can be brought back."""
STRAY = datetime.timedelta(days=1)
"""How old a file is that no row knows before it counts as left behind, and not as on its way."""


def erase_forgotten(now: datetime.datetime) -> int:
    """Erase evidence that was removed 30 days ago and never submitted; return how much it was."""
    erased = 0
    for evidence in Evidence.objects.forgotten(now - KEPT).select_related("organisation"):
        with transaction.atomic():
            row = Evidence.objects.filter(pk=evidence.pk)
            locked = row.select_for_update().first()
            if not (locked and row.forgotten(now - KEPT).exists()):
                continue
            details = {"sha256": evidence.sha256, "size": evidence.size}
            chain = evidence.organisation
            record(Action.EVIDENCE_ERASED, by=None, chain=chain, about=evidence, details=details)
            row.delete()
        if evidence.file.name:
            evidence.file.storage.delete(evidence.file.name)
        erased += 1
    return erased


def erase_strays(now: datetime.datetime) -> int:
    """Erase files that no row knows, as a process that was killed leaves them; return how many."""
    erased = 0
    for name in _stored():
        if now - default_storage.get_modified_time(name) < STRAY:
            continue
        if not Evidence.objects.filter(file=name).exists():
            default_storage.delete(name)
            erased += 1
    return erased


def _stored() -> Iterator[str]:
    try:
        companies, _none = default_storage.listdir(FOLDER)
    except FileNotFoundError:  # nobody has added a file yet
        return
    for company in companies:
        _none, files = default_storage.listdir(f"{FOLDER}/{company}")
        yield from (f"{FOLDER}/{company}/{file}" for file in files)
