"""Checking a report that someone holds: whether it is genuine, and whether it still stands.

What this tells reveals nothing of what was submitted: whoever does not hold the number and the
whole hash learns nothing at all, not even that there is such a number.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from enum import StrEnum

from compliance.assessments.models import Submission
from compliance.assessments.submissions.numbers import is_number
from compliance.reports.models import ReportCopy

_KEYWORDS = re.compile(rb"(ZP-[0-9A-Z-]{10,40}), sha256:([0-9a-f]{64})")


class Verdict(StrEnum):
    """What is found."""

    CURRENT = "current"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"
    ALTERED = "altered"
    """A file that names a genuine submission but is none of those that were given out."""


@dataclass(frozen=True)
class Checked:
    """What is found, with the submission where there is one."""

    verdict: Verdict
    submission: Submission | None = None
    copy: ReportCopy | None = None


def check_numbers(number: str, sha256: str) -> Checked:
    """Check a number with the whole SHA-256 of the frozen document."""
    found = Submission.objects.without_document().filter(number=number).first()
    if found is None or not hmac.compare_digest(found.sha256, sha256):
        return Checked(Verdict.UNKNOWN)
    return Checked(Verdict(found.status), found)


def check_file(data: bytes) -> Checked:
    """Check a PDF: genuine where it is, byte for byte, one that was given out."""
    sha256 = hashlib.sha256(data).hexdigest()
    copy = ReportCopy.objects.filter(sha256=sha256).first()
    if copy is not None:
        submission = Submission.objects.without_document().get(pk=copy.submission_id)
        return Checked(Verdict(submission.status), submission, copy)
    named = _KEYWORDS.search(data)
    if named is None or not is_number(number := named[1].decode()):
        return Checked(Verdict.UNKNOWN)
    found = check_numbers(number, named[2].decode())
    return Checked(Verdict.ALTERED, found.submission) if found.submission else found
