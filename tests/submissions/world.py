"""A company that can submit, and its people; say only what the test is about."""

import datetime as dt

from django.db import transaction

from compliance.accounts.models import User
from compliance.assessments.models import Assessment, SignOff, Submission
from compliance.assessments.moving import move
from compliance.assessments.submissions.freezing import submit
from compliance.assessments.submissions.signing import approve, request_signature
from compliance.library.models import QuestionnaireVersion
from compliance.lifecycle import Step
from compliance.organisations.models import Organisation, Role
from tests.cast import (
    Cast,
    make_answer,
    make_assessment,
    make_claim,
    make_member,
    make_regulator,
    make_subject,
)

COMPLETE = {
    "region": "110105",
    "industry": "I",
    "address": "北京市朝阳区某路1号",
    "contact_name": "李四",
    "contact_phone": "010-12345678",
}
ANSWERS = {
    "functions": ["live"],
    "minors": "no",
    "users": 3,
    "assessed": "closed",
    "assessed-on": "2026-05-01",
    "label-places": ["start"],
    "reviewers": 2,
    "maturity": 2,
}
HIDDEN = {"clone-source": "录音棚"}
"""Not asked, for no voice is cloned: kept, but no part of a submission."""


class World(Cast):
    """A complete company with three people, a finished assessment, and its regulator."""

    def __init__(self) -> None:
        super().__init__()
        Organisation.objects.filter(pk=self.company.pk).update(**COMPLETE)  # all but its code
        self.company.refresh_from_db()
        self.regulator = make_regulator()
        self.lead = make_member(self.regulator, Role.LEAD_REVIEWER)
        self.assessment = finished(self.company, self.colleague)


def finished(
    company: Organisation, by: User, version: QuestionnaireVersion | None = None
) -> Assessment:
    """A finished assessment whose questions were answered by one person."""
    assessment = make_assessment(
        make_subject(company),
        created_by=by,
        reference_date=dt.date(2026, 11, 1),
        version=version,
    )
    for question, value in (ANSWERS | HIDDEN).items():
        make_answer(assessment, question, value)
    make_claim(assessment, "consent", "不处理个人信息")
    with transaction.atomic():
        move(assessment, Step.FINISH)
    return assessment


def requested(world: World) -> SignOff:
    """Signature is asked for: prepared by the colleague, checked by the officer."""
    return request_signature(world.assessment, world.officer, world.colleague)


def approved(world: World) -> SignOff:
    """The signatory has approved it."""
    return approve(requested(world), world.signatory, "赵代表", SignOff.Capacity.LEGAL)


def submitted(world: World) -> Submission:
    """It is handed in."""
    return submit(approved(world), world.officer)
