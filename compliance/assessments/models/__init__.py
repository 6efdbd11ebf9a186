"""Assessments, what was answered in them, and what hangs on the answers."""

from compliance.assessments.models.answers import (
    Answer,
    AnswerContent,
    ClaimContent,
    ConflictingAnswer,
    ConflictingClaim,
    Entry,
    NotApplicableClaim,
)
from compliance.assessments.models.assessment import Assessment, AssessmentQuerySet
from compliance.assessments.models.collaboration import (
    Message,
    SectionAssignment,
    Thread,
    ThreadReading,
)
from compliance.assessments.models.company import (
    CompanyAnswer,
    CompanyClaim,
    ConflictingCompanyAnswer,
    ConflictingCompanyClaim,
)
from compliance.assessments.models.evidence import AnswerEvidence, Evidence, EvidenceQuerySet
from compliance.assessments.models.sealed_page import SealedPage
from compliance.assessments.models.sign_off import SignOff
from compliance.assessments.models.submission import Submission, SubmissionQuerySet
from compliance.assessments.models.workbook_import import WorkbookImport

__all__ = [
    "Answer",
    "AnswerContent",
    "AnswerEvidence",
    "Assessment",
    "AssessmentQuerySet",
    "ClaimContent",
    "CompanyAnswer",
    "CompanyClaim",
    "ConflictingAnswer",
    "ConflictingClaim",
    "ConflictingCompanyAnswer",
    "ConflictingCompanyClaim",
    "Entry",
    "Evidence",
    "EvidenceQuerySet",
    "Message",
    "NotApplicableClaim",
    "SealedPage",
    "SectionAssignment",
    "SignOff",
    "Submission",
    "SubmissionQuerySet",
    "Thread",
    "ThreadReading",
    "WorkbookImport",
]
