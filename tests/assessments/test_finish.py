"""An officer finishes a draft, and takes it up again."""

import pytest
from django.urls import reverse

from compliance.assessments.models import Assessment, ConflictingAnswer
from tests.cast import make_answer

pytestmark = pytest.mark.django_db

SCOPE = {"functions": ["live"], "minors": "no", "users": 3}


@pytest.fixture
def scoped(assessment):
    for question, value in SCOPE.items():
        make_answer(assessment, question, value)
    return assessment


def address(name, assessment):
    return reverse(f"assessments:{name}", args=[assessment.pk])


def status(assessment):
    assessment.refresh_from_db()
    return assessment.status


def test_it_works(client, cast, scoped):
    client.force_login(cast.officer)
    page = client.get(address("finish", scoped))
    assert page.status_code == 200
    assert "未作答" in page.content.decode()  # says what the open questions will count for
    done = client.post(address("finish", scoped))
    assert done.status_code == 302
    assert done["Location"] == address("result", scoped)
    assert status(scoped) == Assessment.Status.FINISHED


def test_a_finished_assessment_takes_no_answers(client, cast, scoped):
    client.force_login(cast.officer)
    client.post(address("finish", scoped))
    refused = client.post(address("autosave", scoped), {})
    assert refused.status_code == 403


def test_it_is_taken_up_again(client, cast, scoped):
    client.force_login(cast.officer)
    client.post(address("finish", scoped))
    assert client.get(address("reopen", scoped)).status_code == 200
    client.post(address("reopen", scoped))
    assert status(scoped) == Assessment.Status.DRAFT


def test_without_the_scope_nobody_can_finish(client, cast, assessment):
    make_answer(assessment, "users", 3)
    client.force_login(cast.officer)
    back = client.post(address("finish", assessment), follow=True)
    assert back.redirect_chain[-1][0] == address("check", assessment)
    assert "2" in back.content.decode()
    assert status(assessment) == Assessment.Status.DRAFT


def test_a_conflict_has_to_be_settled_first(client, cast, scoped):
    ConflictingAnswer.objects.create(
        assessment=scoped,
        question="users",
        value=4,
        by=cast.colleague,
        at=scoped.created_at,
    )
    client.force_login(cast.officer)
    client.post(address("finish", scoped))
    assert status(scoped) == Assessment.Status.DRAFT


def test_a_conflict_that_no_page_shows_holds_nobody_back(client, cast, scoped):
    """Scoping has left out the mode for minors, and voice cloning; nobody could choose there."""
    for question in ("mode", "clone-source"):
        ConflictingAnswer.objects.create(
            assessment=scoped,
            question=question,
            value="yes",
            by=cast.colleague,
            at=scoped.created_at,
        )
    client.force_login(cast.officer)
    tasks = client.get(address("tasks", scoped))
    assert "needs_attention" not in [task["state"] for task in tasks.context["tasks"]]
    client.post(address("finish", scoped))
    assert status(scoped) == Assessment.Status.FINISHED


def test_a_contributor_cannot(client, cast, scoped):
    client.force_login(cast.colleague)
    assert client.get(address("finish", scoped)).status_code == 403
    assert client.post(address("finish", scoped)).status_code == 403
    assert client.post(address("reopen", scoped)).status_code == 403
    assert status(scoped) == Assessment.Status.DRAFT


@pytest.mark.parametrize("method", ["get", "post"])
def test_finishing_twice_leads_to_the_result(client, cast, scoped, method):
    client.force_login(cast.officer)
    client.post(address("finish", scoped))
    again = getattr(client, method)(address("finish", scoped))
    assert (again.status_code, again["Location"]) == (302, address("result", scoped))
    assert status(scoped) == Assessment.Status.FINISHED


def test_taking_up_again_twice_leads_to_the_task_list(client, cast, scoped):
    client.force_login(cast.officer)
    client.post(address("finish", scoped))
    for _ in range(2):
        done = client.post(address("reopen", scoped))
        assert (done.status_code, done["Location"]) == (302, address("tasks", scoped))
        assert status(scoped) == Assessment.Status.DRAFT
