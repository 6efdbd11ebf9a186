"""Scans of the sealed page (盖章扫描件): taken, and kept beside the frozen record."""

import hashlib
from dataclasses import dataclass

from django.core.files.base import File
from django.db import transaction

from compliance.accounts.models import User
from compliance.assessments.evidence.inspecting import inspect
from compliance.assessments.evidence.kinds import JPEG, PDF, PNG
from compliance.assessments.evidence.names import clean_name
from compliance.assessments.evidence.refusals import Refused
from compliance.assessments.evidence.serving import deleted_on_failure
from compliance.assessments.models import SealedPage, Submission
from compliance.assessments.moving import lock
from compliance.audit.actions import Action
from compliance.audit.recording import record

TAKEN = (PDF, PNG, JPEG)
EXTENSIONS = tuple(extension for kind in TAKEN for extension in kind.extensions)
LARGEST = 20
"""MB of a scan."""
MOST = 10
"""How many scans a submission takes."""


@dataclass(frozen=True)
class Scan:
    """A file that passed every check."""

    name: str
    media_type: str
    data: bytes


def read_scan(file: "File[bytes]") -> Scan:
    """Return what was sent; raise Refused where it is no PDF, PNG or JPEG that can be taken."""
    if file.size > LARGEST * 1024**2:
        raise Refused("too_large", limit=LARGEST)
    name = clean_name(file.name or "")
    if not name.lower().endswith(EXTENSIONS):
        raise Refused("no_scan")
    file.seek(0)
    data = file.read()
    kind = inspect(data, name)
    if kind not in TAKEN:
        raise Refused("no_scan")
    return Scan(name, kind.media_type, data)


def add_scan(submission: Submission, file: "File[bytes]", by: User) -> SealedPage:
    """Keep a scan beside the submission; the same one twice is kept once. Raises Refused."""
    scan = read_scan(file)
    sha256 = hashlib.sha256(scan.data).hexdigest()
    page = SealedPage(
        submission=submission,
        name=scan.name,
        media_type=scan.media_type,
        size=len(scan.data),
        sha256=sha256,
        added_by=by,
    )
    with deleted_on_failure(page), transaction.atomic():
        lock(submission.assessment)
        pages = submission.sealed_pages.all()
        if same := pages.filter(sha256=sha256).first():
            return same
        if pages.count() >= MOST:
            raise Refused("too_many_scans", limit=MOST)
        file.seek(0)
        page.file.save(scan.name, file, save=False)
        page.save()
        details = {"number": submission.number, "sha256": sha256, "size": page.size}
        record(
            Action.SEALED_PAGE_ADDED,
            by=by,
            chain=submission.assessment,
            about=page,
            new=scan.name,
            details=details,
        )
    return page
