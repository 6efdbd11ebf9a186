"""Who is told that something was handed in, or taken back."""

import pytest
from django.db import transaction

from compliance.assessments.models import Answer
from compliance.assessments.moving import move
from compliance.assessments.submissions.withdrawing import withdraw
from compliance.lifecycle import Step
from compliance.notices.models import Notice
from compliance.organisations.models import Role
from tests.cast import make_member, make_regulator
from tests.submissions.world import submitted

pytestmark = pytest.mark.django_db


def told(user):
    return list(
        Notice.objects.filter(recipient=user).order_by("at").values_list("event", flat=True)
    )


def test_the_company_and_those_who_assign_reviews_are_told(world):
    reviewer = make_member(world.regulator, Role.REVIEWER)
    submission = submitted(world)
    assert told(world.signatory)[-1] == "submitted"
    assert told(world.lead) == ["submission_received"]
    assert told(reviewer) == told(world.stranger) == []
    notice = Notice.objects.get(recipient=world.lead)
    assert submission.number in notice.text
    assert str(submission.pk) in notice.address


def test_the_regulator_that_is_nearest_is_told(world):
    near = make_member(make_regulator("110105"), Role.LEAD_REVIEWER)
    elsewhere = make_member(make_regulator("310000"), Role.LEAD_REVIEWER)
    submitted(world)
    assert told(near) == ["submission_received"]
    assert told(world.lead) == told(elsewhere) == []


def test_a_later_round_is_called_that(world):
    submitted(world)
    with transaction.atomic():
        move(world.assessment, Step.TAKE_UP)
        move(world.assessment, Step.RETURN)
    Answer.objects.filter(question="users").update(value="5")
    submitted(world)
    assert told(world.lead) == ["submission_received", "resubmitted"]


def test_a_withdrawal_is_told(world):
    withdraw(submitted(world), world.officer, "填错")
    assert told(world.lead) == ["submission_received", "withdrawn"]
