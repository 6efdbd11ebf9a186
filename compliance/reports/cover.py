"""What a report says about itself: whom and what it is about, when, by whom, and how final."""

import datetime
from dataclasses import dataclass

from django.utils import translation

from compliance.assessments.models import Assessment
from questionnaires.answers import AnswersFile, Names
from questionnaires.parts import Language
from questionnaires.scoring import Score

TAGS: dict[Language, str] = {"zh": "zh-hans", "en": "en"}
"""The languages of reports, as Django writes them."""


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
    with translation.override(TAGS[language]):
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
        )


def _name(names: Names, language: Language) -> str:
    return (names.en if language == "en" else None) or names.zh
