"""Evidence comes along with an answer that is taken over from another assessment."""

import pytest

from compliance.audit.models import Event
from tests.cast import make_answer, make_assessment, make_link, make_subject
from tests.page import Form

pytestmark = pytest.mark.django_db


@pytest.fixture
def earlier(cast, assessment):
    """Another assessment, where two questions are answered and have something behind them."""
    found = make_assessment(make_subject(cast.company), version=assessment.version)
    for question, value in {"users": 7, "minors": "no"}.items():
        make_answer(found, question, value)
        link = make_link(cast.company, title=question, added_by=cast.officer)
        link.uses.create(assessment=found, question=question, by=cast.officer)
    return found


def take(client, assessment, *questions):
    address = f"/assessments/{assessment.pk}/reuse/"
    form = Form(client.get(address))
    return client.post(address, form.fields | {"take": list(questions)})


def behind(assessment):
    uses = assessment.answer_evidence.select_related("evidence")
    return [(use.question, use.evidence.title) for use in uses]


@pytest.mark.usefixtures("earlier")
def test_it_comes_along_with_what_is_taken_and_no_more(officer, assessment):
    take(officer, assessment, "users")
    assert behind(assessment) == [("users", "users")]
    event = Event.objects.get(action="evidence_attached")
    assert (event.key, event.details["through"]) == ("users", "reuse")
    take(officer, assessment, "users")
    assert behind(assessment) == [("users", "users")]


def test_it_stays_where_another_answer_came_first(officer, assessment, earlier):
    address = f"/assessments/{assessment.pk}/reuse/"
    form = Form(officer.get(address))
    make_answer(assessment, "users", 9)
    officer.post(address, form.fields | {"take": ["users"]})
    assert behind(assessment) == []


def test_no_answer_gets_more_than_it_may_have(officer, assessment, cast, earlier, settings):
    settings.EVIDENCE_MOST_PER_ANSWER = 1
    own = make_link(cast.company, title="own", added_by=cast.officer)
    own.uses.create(assessment=assessment, question="users", by=cast.officer)
    take(officer, assessment, "users", "minors")
    assert set(behind(assessment)) == {("users", "own"), ("minors", "minors")}


def test_what_was_removed_does_not_come_along(officer, assessment, earlier):
    evidence = earlier.answer_evidence.get(question="users").evidence
    evidence.removed_at = evidence.added_at
    evidence.save()
    take(officer, assessment, "users")
    assert behind(assessment) == []
