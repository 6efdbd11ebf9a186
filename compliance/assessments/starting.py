"""Starting an assessment: the row, and the first event of its record."""

from django.db import transaction

from compliance.accounts.models import User
from compliance.assessments.companywide import bring_evidence
from compliance.assessments.models import Assessment
from compliance.audit.actions import Action
from compliance.audit.recording import record


def start(assessment: Assessment, by: User) -> Assessment:
    """Keep a new assessment; return it."""
    with transaction.atomic():
        assessment.save(force_insert=True)
        bring_evidence(assessment)
        record(
            Action.ASSESSMENT_STARTED,
            by=by,
            chain=assessment,
            about=assessment,
            new={
                "subject": str(assessment.subject),
                "questionnaire": str(assessment.version),
                "situation": assessment.situation,
                "reference_date": assessment.reference_date.isoformat(),
            },
            details={"subject": str(assessment.subject_id), "version": str(assessment.version_id)},
        )
    return assessment
