"""What a report says about itself: whom and what it is about, when, by whom, and how final."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import timezone, translation

from compliance.assessments.models import Assessment, SignOff, Submission
from compliance.assessments.submissions.verifying import verification_address
from compliance.audit.actions import Action
from compliance.audit.heads import Head, head_at, head_of
from compliance.language import DJANGO_CODES
from compliance.organisations.models import Subject
from compliance.reports.answers import Evidence
from questionnaires.answers import AnswersFile, Names
from questionnaires.parts import Language
from questionnaires.scoring import Score


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The submission that a report is of: what anyone needs to check it."""

    number: str
    round: int
    sha256: str
    sm3: str
    submitted_at: datetime.datetime
    address: str
    """Of the page where it can be checked."""


@dataclass(frozen=True, slots=True)
class Cover:
    """The particulars of one report in one language; empty ones are not printed."""

    language: Language
    organisation: str
    subject: str
    generated: datetime.date
    provisional: bool
    """A draft: it says so on every page and carries no rating."""
    credit_code: str = ""
    version: str = ""
    address: str = ""
    launched: datetime.date | None = None
    filing_number: str = ""
    company_role: str = ""
    situation: str = ""
    prepared_by: str = ""
    checked_by: str = ""
    approved_by: str = ""
    third_party: str = ""
    handed_in: HandedIn | None = None
    record: Head | None = None
    """Of who did what: as the report was made, or as the submission was."""
    evidence: Evidence = field(default_factory=dict)
    """The names of what stands behind each answer, by question."""


def cover_of_file(
    file: AnswersFile, score: Score, language: Language, generated: datetime.date
) -> Cover:
    """Return the cover for an answers file; it is provisional unless every question is answered."""
    subject = file.subject
    return Cover(
        language=language,
        organisation=_name(subject.organisation, language),
        subject=_name(subject.name, language),
        generated=generated,
        provisional=bool(score.missing),
        version=subject.version or "",
        address=subject.address or "",
        launched=datetime.date.fromisoformat(subject.launched) if subject.launched else None,
        filing_number=subject.filing_number or "",
    )


def cover_of_assessment(
    assessment: Assessment, language: Language, generated: datetime.date
) -> Cover:
    """Return the cover for an assessment; a draft is provisional, complete or not."""
    subject = assessment.subject
    organisation = subject.organisation
    with translation.override(DJANGO_CODES[language]):
        return Cover(
            language=language,
            organisation=(language == "en" and organisation.name_en) or organisation.name,
            subject=subject.name,
            generated=generated,
            provisional=assessment.is_provisional,
            credit_code=organisation.credit_code,
            version=subject.version,
            address=subject.address,
            launched=subject.launched_on,
            filing_number=subject.filing_number,
            company_role=str(subject.get_company_role_display()),
            situation=str(assessment.get_situation_display()),
            prepared_by=assessment.created_by.name,
            record=head_of(assessment),
            evidence=_evidence(
                (use.question, str(use.evidence), use.evidence.sha256)
                for use in assessment.answer_evidence.select_related("evidence")
            ),
        )


def cover_of_submission(submission: Submission, language: Language) -> Cover:
    """Return the cover of a submission, from its frozen document alone; dated as it was made."""
    document, content = submission.content, submission.content["content"]
    organisation, subject = content["organisation"], content["subject"]
    signers, third_party = document["signers"], document["third_party"]
    with translation.override(DJANGO_CODES[language]):
        capacity = SignOff.Capacity(signers["approved"]["capacity"]).label
        return Cover(
            language=language,
            organisation=(language == "en" and organisation["name_en"]) or organisation["name"],
            subject=subject["name"],
            generated=timezone.localdate(submission.submitted_at),
            provisional=False,
            credit_code=organisation["credit_code"],
            version=subject["version"],
            address=subject["address"],
            launched=_day(subject["launched_on"]),
            filing_number=subject["filing_number"],
            company_role=str(Subject.CompanyRole(subject["company_role"]).label),
            situation=str(Assessment.Situation(content["situation"]).label),
            prepared_by=signers["prepared"]["name"],
            checked_by=signers["checked"]["name"],
            approved_by=f"{signers['approved']['name']} · {capacity}",
            third_party=f"{third_party['name']} · {third_party['scope']}" if third_party else "",
            handed_in=_handed_in(submission),
            record=head_at(Action.SUBMITTED, submission, submission.assessment),
            evidence=_evidence(
                (question, found["title"] or found["name"] or found["address"], found["sha256"])
                for found in content["evidence"]
                for question in found["questions"]
            ),
        )


def _handed_in(submission: Submission) -> HandedIn:
    return HandedIn(
        number=submission.number,
        round=submission.round,
        sha256=submission.sha256,
        sm3=submission.sm3,
        submitted_at=timezone.localtime(submission.submitted_at),
        address=verification_address(submission),
    )


def _evidence(found: Iterable[tuple[str, str, str]]) -> Evidence:
    """Return names by question, each file's with the first eight digits of its SHA-256."""
    named: dict[str, tuple[str, ...]] = {}
    for question, name, sha256 in found:
        shown = f"{name} [{sha256[:8]}]" if sha256 else name
        named[question] = (*named.get(question, ()), shown)
    return named


def _day(written: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(written) if written else None


def _name(names: Names, language: Language) -> str:
    return (names.en if language == "en" else None) or names.zh
