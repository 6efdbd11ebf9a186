"""Who is told that something was handed in, or taken back."""

from django.urls import reverse

from compliance.accounts.models import User
from compliance.assessments.models import Submission
from compliance.notices.events import Event
from compliance.notices.sending import notify
from compliance.organisations.models import Organisation
from compliance.organisations.people import colleagues
from compliance.permissions import LEAD, OFFICER, SIGNATORY


def tell_submitted(submission: Submission, by: User) -> None:
    """Tell the company's officers and signatories, and those who assign reviews."""
    notify(
        Event.SUBMITTED,
        colleagues(submission.organisation, OFFICER | SIGNATORY),
        about=str(submission.assessment.subject),
        url=reverse("assessments:receipt", args=[submission.pk]),
        organisation=submission.organisation,
        by=by,
        number=submission.number,
    )
    event = Event.SUBMISSION_RECEIVED if submission.round == 1 else Event.RESUBMITTED
    _tell_regulators(event, submission)


def tell_withdrawn(submission: Submission) -> None:
    """Tell those who assign reviews."""
    _tell_regulators(Event.WITHDRAWN, submission)


def nearest_regulators(region: str) -> list[Organisation]:
    """Return the regulators whose jurisdiction names the region most closely."""
    found = list(Organisation.objects.regulators_for(region))
    return [each for each in found if each.nearest == found[0].nearest]  # type: ignore[attr-defined]


def _tell_regulators(event: Event, submission: Submission) -> None:
    for regulator in nearest_regulators(submission.region):
        notify(
            event,
            colleagues(regulator, LEAD),
            about=str(submission.assessment.subject),
            url=reverse("reviews:review", args=[submission.pk]),
            organisation=regulator,
            company=submission.organisation,
            number=submission.number,
        )
