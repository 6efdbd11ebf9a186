"""Marking an answer as a trade secret, which hides it from the association."""

import pytest

from compliance.assessments.models import Answer, ConflictingAnswer
from compliance.assessments.revisions import seen
from compliance.assessments.saving import store
from questionnaires.forms import Entry
from tests.cast import make_answer, make_assessment, make_subject
from tests.page import Form, section_address, section_form

pytestmark = pytest.mark.django_db


def send(client, assessment, form):
    return client.post(section_address(assessment, "scope"), form.fields)


def test_an_answer_is_marked_and_unmarked(officer, assessment):
    make_answer(assessment, "users", 7)
    form = section_form(officer, assessment, "scope")
    send(officer, assessment, form.fill(**{"secret-users": "on"}))
    row = Answer.objects.get(question="users")
    assert (row.value, row.trade_secret, row.revision) == (7, True, 2)
    form = section_form(officer, assessment, "scope")
    assert form.value("secret-users") == "on"
    send(officer, assessment, form.fill(**{"secret-users": None}))
    row.refresh_from_db()
    assert (row.value, row.trade_secret, row.revision) == (7, False, 3)


def test_a_mark_meets_a_newer_answer_as_a_conflict(officer, assessment, cast):
    make_answer(assessment, "users", 7)
    form = section_form(officer, assessment, "scope")
    Answer.objects.filter(question="users").update(value=8, revision=2)
    response = send(officer, assessment, form.fill(**{"secret-users": "on"}))
    assert Answer.objects.get(question="users").value == 8
    assert ConflictingAnswer.objects.get().trade_secret
    assert "商业秘密" in response.content.decode()


def test_saving_one_answer_saves_its_mark(officer, assessment):
    sent = {"question": "users", "answer-users": "7", "secret-users": "on"}
    token = str(seen("answer", None))
    address = f"/assessments/{assessment.pk}/autosave/"
    assert officer.post(address, sent | {"seen-users": token}).status_code == 200
    assert Answer.objects.get(question="users").trade_secret


def test_what_says_nothing_of_it_leaves_the_mark(assessment, cast):
    row = make_answer(assessment, "users", 7, trade_secret=True)
    content = {"value": 8, "typed": None, "comment": ""}
    store(assessment, Entry("answer", "users", str(seen("answer", row)), content), cast.officer)
    row.refresh_from_db()
    assert (row.value, row.trade_secret) == (8, True)


def test_tokens_of_answers_without_the_mark_are_as_before_there_was_one(assessment):
    row = make_answer(assessment, "users", 7, comment="注")
    assert str(seen("answer", row)) == "1.4ba2dc0c2641ffef"
    row.trade_secret = True
    assert str(seen("answer", row)) != "1.4ba2dc0c2641ffef"


def test_an_answer_taken_over_keeps_its_mark(officer, assessment, cast):
    earlier = make_assessment(make_subject(cast.company), version=assessment.version)
    make_answer(earlier, "users", 7, trade_secret=True)
    address = f"/assessments/{assessment.pk}/reuse/"
    form = Form(officer.get(address))
    officer.post(address, form.fields | {"take": ["users"]})
    assert assessment.answers.get(question="users").trade_secret
