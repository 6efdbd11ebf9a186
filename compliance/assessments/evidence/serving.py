"""Handing out files: to be kept, never to be shown inside the site."""

import logging

from django.http import FileResponse, Http404

from compliance.assessments.models import Evidence

SANDBOX = "default-src 'none'; sandbox"

log = logging.getLogger(__name__)


def evidence_response(evidence: Evidence) -> FileResponse:
    """Return a file of evidence for download; Http404 for a link, or where the file is missing.

    Whether the visitor may have it, and that it goes into the record, is the caller's matter.
    """
    if not evidence.is_file:
        raise Http404
    try:
        content = evidence.file.open("rb")
    except FileNotFoundError as error:
        log.error("The file of evidence %s is missing in the storage.", evidence.pk)
        raise Http404 from error
    return FileResponse(
        content,
        as_attachment=True,
        filename=evidence.name,
        content_type=evidence.media_type,
        headers={"Content-Security-Policy": SANDBOX, "X-Content-Type-Options": "nosniff"},
    )
