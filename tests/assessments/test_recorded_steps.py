"""What is done to an assessment through its pages stands in its record."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from compliance.assessments import changes
from compliance.assessments.models import Answer, Assessment, WorkbookImport
from compliance.audit.models import Event
from compliance.audit.verifying import Verification
from compliance.lifecycle import Status
from tests.cast import (
    ANSWERED,
    make_answer,
    make_assessment,
    make_claim,
    make_subject,
    make_version,
    publish_next,
)
from tests.page import Form, section_address, section_form
from tests.workbook import download, preview_address, taken, upload

pytestmark = pytest.mark.django_db


def address(assessment, name):
    return reverse(f"assessments:{name}", args=[assessment.pk])


def recorded(assessment, *actions):
    """The events of an assessment, of these actions if any are named."""
    events = Event.objects.filter(chain=assessment.pk).select_related("value")
    return list(events.filter(action__in=actions) if actions else events)


def test_starting_is_the_first_event(officer, cast):
    subject, version = make_subject(cast.company), make_version()
    data = {"version": version.pk, "subject": subject.pk, "situation": "yearly"}
    officer.post(reverse("assessments:start"), data | {"reference_date": "2026-11-21"})
    assessment = Assessment.objects.get()
    (event,) = recorded(assessment)
    assert (event.action, event.actor) == ("assessment_started", cast.officer.pk)
    assert event.details == {"subject": str(subject.pk), "version": str(version.pk)}
    assert event.value.new["situation"] == "yearly"


def test_an_assessment_whose_chain_is_gone_is_missed(officer, cast, assessment):
    officer.get(address(assessment, "workbook"))
    lost = make_assessment(assessment.subject, created_by=cast.officer)
    found = [str(fault) for fault in Verification().faults()]
    assert found == [f"assessments.assessment {lost.pk}: its whole chain is missing"]


def test_finishing_and_reopening(officer, cast, assessment):
    for question, value in ANSWERED.items():
        make_answer(assessment, question, value)
    officer.post(address(assessment, "finish"))
    officer.post(address(assessment, "finish"))  # a second click
    officer.post(address(assessment, "reopen"))
    events = recorded(assessment, "assessment_moved")
    assert [event.details for event in events] == [
        {"step": "finish", "from": "draft", "to": "finished"},
        {"step": "reopen", "from": "finished", "to": "draft"},
    ]
    assert {event.actor for event in events} == {cast.officer.pk}


def test_what_cannot_be_finished_is_not_recorded(officer, assessment):
    officer.post(address(assessment, "finish"))
    assert recorded(assessment) == []


def test_upgrading_stands_in_both_records(officer, cast, assessment):
    make_answer(assessment, "minors", "no", by=cast.colleague, comment="无")
    make_claim(assessment, "consent", "没有")
    publish_next(assessment.version)
    page = officer.get(address(assessment, "upgrade"))
    officer.post(address(assessment, "upgrade"), Form(page).fields)
    new = Assessment.objects.get(supersedes=assessment)
    (moved,) = recorded(assessment)
    assert moved.details == {"step": "supersede", "from": "draft", "to": "superseded"}
    assert moved.about_id == str(new.pk)
    begun, *carried = recorded(new)
    assert (begun.action, begun.about_id) == ("assessment_upgraded", str(assessment.pk))
    assert {event.action for event in carried} <= {"answer_changed", "claim_changed"}
    assert len(carried) == new.answers.count() + new.claims.count()
    assert all(event.details["from"] == str(assessment.pk) for event in carried)


def test_answers_given_before(officer, cast, assessment):
    earlier = make_assessment(
        assessment.subject, version=assessment.version, created_by=cast.officer
    )
    make_answer(earlier, "minors", "yes", by=cast.colleague)
    form = Form(officer.get(address(assessment, "reuse")))
    officer.post(address(assessment, "reuse"), form.fields | {"all": ["1"]})
    changed, reused = recorded(assessment)
    assert (changed.action, changed.key) == ("answer_changed", "minors")
    assert changed.details == {"revision": 1, "through": "reuse"}
    assert (reused.action, reused.details) == (
        "answers_reused",
        {"from": [str(earlier.pk)], "saved": 1},
    )


def test_a_workbook_that_is_taken_over(officer, cast, assessment):
    page = upload(officer, assessment, download(officer, assessment).fill(**{"answer-users": 12.0}))
    officer.post(preview_address(page), taken(page))
    downloaded, changed, imported = recorded(assessment)
    kept = WorkbookImport.objects.get()
    assert downloaded.action == "workbook_downloaded"
    assert (changed.key, changed.value.new["value"]) == ("users", 12)
    assert changed.details["workbook"] == str(kept.pk)
    assert (imported.action, imported.details) == ("workbook_imported", {"changed": 1})


def test_downloads_name_what_was_taken(officer, cast, assessment):
    file = officer.get(address(assessment, "workbook"), {"section": "scope"})
    officer.head(address(assessment, "workbook"))
    report = officer.get(reverse("reports:gap_report", args=[assessment.pk, "en"]))
    assert load_workbook(BytesIO(file.content))
    workbook, pdf = recorded(assessment)
    assert workbook.details["sections"] == ["scope"]
    assert (pdf.action, pdf.details["language"]) == ("report_downloaded", "en")
    assert len(pdf.details["sha256"]) == 64
    assert report.status_code == 200


@pytest.fixture
def finished_meanwhile(monkeypatch):
    """A colleague finishes the assessment after the page was let in, and before it is stored."""
    lock = changes.lock

    def finish_first(assessment):
        Assessment.objects.update(status=Status.FINISHED)
        return lock(assessment)

    monkeypatch.setattr(changes, "lock", finish_first)


def test_a_page_that_meets_the_finish_is_shown_again(officer, assessment, finished_meanwhile):
    form = section_form(officer, assessment, "scope")
    form.fill(**{"answer-users": "1200", "comment-users": "我写了很久的说明"})
    response = officer.post(section_address(assessment, "scope"), form.fields)
    assert response.status_code == 409
    source = response.content.decode()
    assert "我写了很久的说明" in source
    assert "本页内容未保存" in source
    assert not Answer.objects.exists()


def test_autosave_that_meets_the_finish_says_so(officer, assessment, finished_meanwhile):
    form = section_form(officer, assessment, "scope")
    fields = {"question": "users", "answer-users": "7", "seen-users": form.value("seen-users")}
    response = officer.post(address(assessment, "autosave"), fields)
    assert response.status_code == 403
    assert "未保存" in response.json()["error"]
    assert not Answer.objects.exists()


def test_a_workbook_that_meets_the_finish_waits(officer, assessment, finished_meanwhile):
    page = upload(officer, assessment, download(officer, assessment).fill(**{"answer-users": 12.0}))
    response = officer.post(preview_address(page), taken(page))
    assert response.status_code == 409
    assert WorkbookImport.objects.get().status == WorkbookImport.Status.PENDING
