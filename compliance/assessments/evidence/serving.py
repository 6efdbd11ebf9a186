"""Files that people handed in: stored with their row or not at all, and handed out to be kept."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.http import FileResponse, Http404

from compliance.assessments.models import Evidence, SealedPage

SANDBOX = "default-src 'none'; sandbox"

log = logging.getLogger(__name__)


def evidence_response(evidence: Evidence) -> FileResponse:
    """Return a file of evidence for download; Http404 for a link, or where the file is missing.

    Whether the visitor may have it, and that it goes into the record, is the caller's matter.
    """
    if not evidence.is_file:
        raise Http404
    return file_response(evidence)


def file_response(row: Evidence | SealedPage) -> FileResponse:
    """Return a row's file for download, never to be shown inside the site.

    Whether the visitor may have it is the caller's matter. Http404 where the file is missing.
    """
    try:
        content = row.file.open("rb")
    except FileNotFoundError as error:
        log.error("The file of %s %s is missing in the storage.", row._meta.label_lower, row.pk)
        raise Http404 from error
    return FileResponse(
        content,
        as_attachment=True,
        filename=row.name,
        content_type=row.media_type,
        headers={"Content-Security-Policy": SANDBOX, "X-Content-Type-Options": "nosniff"},
    )


@contextmanager
def deleted_on_failure(row: Evidence | SealedPage) -> Iterator[None]:
    """Delete the row's file again where the transaction inside fails: both are kept, or neither."""
    try:
        yield
    except BaseException:
        if row.file.name:
            row.file.storage.delete(row.file.name)
        raise
