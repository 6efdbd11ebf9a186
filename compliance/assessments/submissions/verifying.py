"""Whether a number and a hash are those of a submission: for anyone who holds a report."""

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from compliance.assessments.models import Submission


def verification_address(submission: Submission) -> str:
    """Return the whole address of the page where anyone can check this submission.

    It is the same in every language, so that what is printed is too.
    """
    with translation.override(settings.LANGUAGE_CODE):
        path = reverse("verify")
    query = urlencode({"number": submission.number, "sha256": submission.sha256})
    return f"{settings.SITE_URL}{path}?{query}"
