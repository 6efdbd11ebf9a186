import pytest

from compliance.organisations.models import Role
from compliance.reviews.taking_up import take_up
from tests.cast import make_member, make_regulator, make_submission


class Desk:
    """A submission under review, the regulator that reviews it, and its people."""

    def __init__(self) -> None:
        self.regulator = make_regulator()
        self.reviewer = make_member(self.regulator, Role.REVIEWER)
        self.second = make_member(self.regulator, Role.REVIEWER)
        self.lead = make_member(self.regulator, Role.LEAD_REVIEWER)
        self.auditor = make_member(self.regulator, Role.AUDITOR)
        self.submission = make_submission()
        self.assessment = self.submission.assessment
        self.company = self.submission.organisation

    def begin(self):
        """Take the submission up; return the review."""
        self.review = take_up(self.submission, self.regulator, self.reviewer)
        return self.review


@pytest.fixture
def desk(db) -> Desk:
    return Desk()
