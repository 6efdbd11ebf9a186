"""The PDFs of a submission as they are given out: noted, and kept where they are signed.

A signature carries its moment, so that signing twice gives two files. What has been signed once is
therefore handed out again as it is, until the site signs with another certificate.
"""

import hashlib
import logging
from collections.abc import Callable

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from compliance.assessments.models import Submission
from compliance.reports.models import ReportCopy
from compliance.row_locks import lock_row
from questionnaires.parts import Language

log = logging.getLogger(__name__)


def given_out(
    submission: Submission, kind: str, language: Language, make: Callable[[], bytes]
) -> bytes:
    """Return what `make` prints, signed where the site has a key; note how it can be recognised."""
    if settings.PDF_SIGNING_KEY:
        return _signed(submission, kind, language, make)
    content = make()
    sha256 = hashlib.sha256(content).hexdigest()
    noted = {"submission": submission, "kind": kind, "language": language, "size": len(content)}
    ReportCopy.objects.get_or_create(sha256=sha256, defaults=noted)
    return content


def _signed(
    submission: Submission, kind: str, language: Language, make: Callable[[], bytes]
) -> bytes:
    """Return the signed PDF: the one that was given out before, or a new one, which is kept."""
    from compliance.reports.pdf_signature import certificate, signed  # half a second to load

    copies = ReportCopy.objects.filter(
        submission=submission, kind=kind, language=language, certificate=certificate()
    ).order_by("given_out_at")
    kept = _read(copies.last())
    if kept is not None:
        return kept
    content = signed(make())
    copy = ReportCopy(
        submission=submission,
        kind=kind,
        language=language,
        certificate=certificate(),
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
    )
    try:
        with transaction.atomic():
            # Of many who ask at once, all get what the first of them had signed.
            lock_row(Submission, submission.pk)
            kept = _read(copies.last())
            if kept is not None:
                return kept
            copy.file.save("", ContentFile(content), save=False)
            copy.save()
    except BaseException:
        if copy.file.name:
            copy.file.storage.delete(copy.file.name)
        raise
    return content


def _read(copy: ReportCopy | None) -> bytes | None:
    """Return the bytes of a kept copy; None where there is none, or not what was given out."""
    if copy is None:
        return None
    try:
        with copy.file.open("rb") as file:
            content: bytes = file.read()
    except (FileNotFoundError, ValueError):
        content = b""
    if hashlib.sha256(content).hexdigest() == copy.sha256:
        return content
    log.error("The file of the signed copy %s is missing or damaged: it is signed anew.", copy.pk)
    return None
