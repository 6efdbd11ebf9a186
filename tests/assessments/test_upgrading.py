"""What carries over into a newer version, and what stays as it was."""

import datetime as dt
import json
from threading import Barrier, Thread

import pytest
from django.db import connection

from compliance.assessments.draft import Draft
from compliance.assessments.models import Answer, Assessment, ConflictingAnswer
from compliance.assessments.upgrading import Succession, newer_version, upgrade
from questionnaires.figures import figures
from tests.cast import (
    Cast,
    make_answer,
    make_assessment,
    make_claim,
    make_subject,
    make_user,
    make_version,
    publish_next,
)

pytestmark = pytest.mark.django_db

ANSWERS = {
    "functions": ["live"],
    "minors": "no",
    "users": 1200,
    "assessed": "late",
    "assessed-on": "2026-03-05",
    "label-places": ["start"],
    "maturity": 2,
}


@pytest.fixture
def answered(assessment):
    for question, value in ANSWERS.items():
        make_answer(assessment, question, value)
    make_claim(assessment, "consent", "不处理真人数据")
    return assessment


def upgraded(assessment, by=None, reference_date=None):
    version = newer_version(assessment) or publish_next(assessment.version)
    succession = Succession(Draft(assessment), version)
    return upgrade(
        succession, reference_date or assessment.reference_date, by or assessment.created_by
    )


def answers(assessment):
    return {row.question: row.value for row in assessment.answers.all()}


def test_answers_carry_over_under_their_new_names(answered):
    new, made = upgraded(answered)
    assert made
    assert answers(new) == {
        "minors": "no",
        "user-count": 1200,
        "assessed-on": "2026-03-05",
        "label-places": ["start"],
    }
    assert [(row.criterion, row.justification) for row in new.claims.all()] == [
        ("consent", "不处理真人数据")
    ]


def test_it_is_about_the_same_thing(answered, cast):
    new, _ = upgraded(answered, cast.officer, dt.date(2026, 12, 1))
    assert (new.subject, new.situation) == (answered.subject, answered.situation)
    assert (new.reference_date, new.status) == (dt.date(2026, 12, 1), Assessment.Status.DRAFT)
    assert (new.supersedes, new.created_by) == (answered, cast.officer)
    assert new.version.version == "2"


def test_who_answered_and_when_is_kept(assessment, cast):
    row = make_answer(assessment, "minors", "no", by=cast.colleague, comment="附说明", revision=7)
    new, _ = upgraded(assessment, cast.officer)
    copy = new.answers.get()
    assert (copy.by, copy.at, copy.comment) == (cast.colleague, row.at, "附说明")
    assert copy.revision == 1


def test_what_cannot_be_read_and_what_waits_for_a_choice_comes_along(assessment, cast):
    make_answer(assessment, "users", None, typed="很多")
    ConflictingAnswer.objects.create(
        assessment=assessment,
        question="users",
        value=5,
        by=cast.colleague,
        at=dt.datetime.now(dt.UTC),
    )
    new, _ = upgraded(assessment)
    assert new.answers.get().typed == "很多"
    waiting = new.conflicting_answers.get()
    assert (waiting.question, waiting.value, waiting.by) == ("user-count", 5, cast.colleague)


def test_the_old_one_recomputes_to_the_same_bytes(answered):
    def recomputed():
        return json.dumps(figures(Draft(Assessment.objects.get(pk=answered.pk)).score)).encode()

    before, stored = recomputed(), answers(answered)
    upgraded(answered)
    assert recomputed() == before
    assert answers(answered) == stored
    answered.refresh_from_db()
    assert answered.status == Assessment.Status.SUPERSEDED
    assert answered.version.version == "1"


@pytest.mark.parametrize(
    ("status", "provisional"),
    [(Assessment.Status.DRAFT, True), (Assessment.Status.FINISHED, False)],
)
def test_it_keeps_the_rating_that_it_had_or_had_not(answered, status, provisional):
    answered.status = status
    answered.save()
    upgraded(answered)
    answered.refresh_from_db()
    assert answered.is_provisional is provisional


def test_done_twice_it_makes_one(answered):
    first, made = upgraded(answered)
    second, made_again = upgraded(answered)
    assert (made, made_again) == (True, False)
    assert first == second
    assert Assessment.objects.count() == 2


def test_what_was_submitted_is_never_superseded(answered):
    answered.status = Assessment.Status.SUBMITTED
    answered.save()
    assert upgraded(answered) == (None, False)
    assert Assessment.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_done_at_the_same_moment_it_makes_one():
    cast = Cast()
    assessment = make_assessment(make_subject(cast.company), created_by=cast.officer)
    make_answer(assessment, "minors", "no")
    publish_next(assessment.version)
    together, found = Barrier(4), []

    def run():
        try:
            together.wait()
            found.append(upgraded(Assessment.objects.get(pk=assessment.pk), make_user()))
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made for _, made in found) == [False, False, False, True]
    assert len({new for new, _ in found}) == 1
    assert Assessment.objects.count() == 2
    assert Answer.objects.count() == 2


def test_a_current_version_has_no_newer_one(assessment):
    assert newer_version(assessment) is None
    newer = publish_next(assessment.version)
    make_version()  # another questionnaire
    assert newer_version(assessment) == newer
