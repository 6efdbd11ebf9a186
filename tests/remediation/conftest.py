import datetime as dt
from fractions import Fraction

import pytest
from django.utils import timezone

from compliance.organisations.models import Role
from compliance.remediation.acting import plan_action
from compliance.reviews.deciding import decide, look
from compliance.reviews.findings import Word, store
from compliance.reviews.models import Decision, Finding
from compliance.reviews.taking_up import take_up
from tests.cast import make_member, make_regulator, make_submission

Kind = Finding.Kind


class Demand:
    """A review that demands remediation for one criterion, and those who have to do with it."""

    def __init__(self) -> None:
        self.regulator = make_regulator()
        self.reviewer = make_member(self.regulator, Role.REVIEWER)
        self.lead = make_member(self.regulator, Role.LEAD_REVIEWER)
        self.submission = make_submission()
        self.assessment = self.submission.assessment
        self.company = self.submission.organisation
        self.officer = self.submission.submitted_by
        self.colleague = make_member(self.company, Role.CONTRIBUTOR)
        self.other_officer = make_member(self.company, Role.COMPLIANCE_OFFICER)
        self.review = take_up(self.submission, self.regulator, self.reviewer)
        word = Word("fraud", Kind.ADJUST, Fraction(1, 2), "报告无签批")
        _outcome, self.finding = store(self.review, word, 0, self.reviewer)
        look(self.finding, confirms=True, note="", by=self.lead)
        store(self.review, Word("labels", Kind.AGREE), 0, self.reviewer)
        asked = {"statement": "整改", "demanded": ["fraud"]}
        decide(self.review, Decision.DEMAND, respond_by=None, by=self.lead, **asked)
        self.assessment.refresh_from_db()

    def plan(self, **planned):
        """An action against the demanded gap; `finding=None` for one of the company's own."""
        finding = planned.pop("finding", self.finding)
        criterion = finding.criterion if finding else "labels"
        fields = {
            "title": "补签批",
            "detail": "",
            "department": "法务部",
            "owner": self.colleague,
            "means": "law",
            "cost": "low",
            "due_on": timezone.localdate() + dt.timedelta(days=30),
            "target": "1",
        }
        return plan_action(self.assessment, criterion, finding, fields | planned, self.officer)


@pytest.fixture
def demand(db) -> Demand:
    return Demand()
