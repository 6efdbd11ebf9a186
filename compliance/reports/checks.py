"""Warnings where the site would run but could not print a report, or not sign it."""

from typing import Any

from django.conf import settings
from django.core import checks

from compliance.reports.pdf import fonts


@checks.register
def printing_check(**kwargs: Any) -> list[checks.CheckMessage]:
    """Return one warning for each thing that is missing."""
    return [
        checks.Warning(
            f"Reports cannot be printed without {thing}.",
            hint="deploy/system-packages.txt lists everything that a machine needs.",
            id=f"reports.W{number:03}",
        )
        for number, thing in enumerate(fonts.missing(), start=1)
    ]


@checks.register
def signing_check(**kwargs: Any) -> list[checks.CheckMessage]:
    """Return an error where the site is to sign PDFs with a key that it cannot use."""
    if not settings.PDF_SIGNING_KEY:
        return []
    from compliance.reports.pdf_signature import NoSigningKeyError, signer

    try:
        signer(settings.PDF_SIGNING_KEY, settings.PDF_SIGNING_PASSPHRASE)
    except NoSigningKeyError as error:
        return [checks.Error(str(error), id="reports.E001")]
    return []
