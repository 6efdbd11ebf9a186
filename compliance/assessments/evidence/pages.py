"""Evidence as pages show it."""

import datetime
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.urls import reverse

from compliance.assessments.models import AnswerEvidence, Assessment, Evidence

Data = dict[str, Any]
LONGEST_SHOWN = 60
"""How many characters of a name a page shows; the rest is in its middle."""


def shown_name(name: str) -> str:
    """Return a name, its middle left out where it is long: the ending says what it is."""
    if len(name) <= LONGEST_SHOWN:
        return name
    return f"{name[: LONGEST_SHOWN - 21]}…{name[-20:]}"


def shown(assessment: Assessment, evidence: Evidence) -> Data:
    """Return what a page says of evidence, seen from an assessment."""
    own = reverse("assessments:evidence_file", args=[assessment.pk, evidence.pk])
    return _facts(evidence, own, assessment.reference_date)


def _facts(evidence: Evidence, own: str, day: datetime.date) -> Data:
    """Return what is known of evidence; `own` is where its file is handed out."""
    return {
        "id": evidence.pk,
        "key": str(evidence.pk),
        "name": shown_name(str(evidence)),
        "file": shown_name(evidence.name) if evidence.title else "",
        "host": "" if evidence.is_file else urlsplit(evidence.address).netloc,
        "url": own if evidence.is_file else evidence.address,
        "is_file": evidence.is_file,
        "size": evidence.size,
        "issued_on": evidence.issued_on,
        "expires_on": evidence.expires_on,
        "expired": evidence.has_expired(day),
    }


def uses_shown(assessment: Assessment, uses: Iterable[AnswerEvidence]) -> list[Data]:
    """Return what stands behind an answer, with who put it there and when."""
    return [
        {
            **shown(assessment, use.evidence),
            "by": use.by,
            "at": use.at,
            "added_by": use.evidence.added_by_id,
        }
        for use in uses
    ]


def in_library(evidence: Evidence, today: datetime.date, may_remove: bool) -> Data:
    """Return what the list of a company's evidence says of it; `answers` is how many it is for."""
    own = reverse("assessments:library_file", args=[evidence.pk])
    return {
        **_facts(evidence, own, today),
        "company": evidence.organisation,
        "by": evidence.added_by,
        "at": evidence.added_at,
        "answers": evidence.answers,  # type: ignore[attr-defined]
        "removed_at": evidence.removed_at,
        "may_remove": may_remove,
    }
