"""An officer carries an assessment over into a newer version."""

import pytest
from django.urls import reverse

from compliance.assessments.models import Answer, Assessment
from tests.cast import make_answer, make_claim, publish_next
from tests.page import Form, section_address, section_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(assessment, cast):
    for question, value in {"functions": ["live"], "minors": "no", "maturity": 2}.items():
        make_answer(assessment, question, value)
    make_answer(assessment, "users", 1200, by=cast.colleague)
    make_answer(assessment, "assessed", "late", comment="补做于三月", by=cast.colleague)
    make_claim(assessment, "consent", "不处理真人数据")
    return assessment


@pytest.fixture
def newer(answered):
    return publish_next(answered.version)


def address(assessment, name="upgrade", prefix=""):
    return prefix + reverse(f"assessments:{name}", args=[assessment.pk])


def html(client, assessment, name="upgrade", prefix=""):
    response = client.get(address(assessment, name, prefix))
    assert response.status_code == 200
    return response.content.decode()


def carry_over(client, assessment, **fields):
    form = Form(client.get(address(assessment))).fill(**fields)
    return client.post(address(assessment), form.fields)


def test_it_works(officer, answered, newer):
    assert address(answered) in html(officer, answered, "tasks")
    response = carry_over(officer, answered, reference_date="2026-12-01")
    new = Assessment.objects.get(supersedes=answered)
    assert response.url == address(new, "tasks")
    assert new.version == newer
    assert new.reference_date.isoformat() == "2026-12-01"
    assert new.answers.get(question="user-count").value == 1200


def test_the_page_shows_what_becomes_of_each_answer(officer, answered, newer):
    context = officer.get(address(answered)).context
    assert [way["id"] for way in context["carried"]] == ["minors", "user-count"]
    assert [way["id"] for way in context["reworded"]] == ["functions", "assessed"]
    assert [way["id"] for way in context["new"]] == ["label-check"]
    assert [way["id"] for way in context["gone"]] == ["maturity"]
    assert [claim["carries"] for claim in context["claims"]] == [True]
    text = html(officer, answered)
    for words in (
        "上线前是否完成评估？",
        "每次上线前是否完成评估？",
        "上线后补做",
        "补做于三月",
        "计划跟踪",
        "不处理真人数据",
        "是否抽查标识？",
    ):
        assert words in text
    english = html(officer, answered, prefix="/en")
    assert "Was it assessed before each launch?" in english
    assert "Done after launch" in english


def test_reading_the_page_changes_nothing(officer, answered, newer):
    officer.get(address(answered))
    assert Assessment.objects.get() == answered
    answered.refresh_from_db()
    assert answered.status == Assessment.Status.DRAFT


def test_old_and_new_lead_to_each_other(officer, answered, newer):
    carry_over(officer, answered)
    new = Assessment.objects.get(supersedes=answered)
    old_page, new_page = html(officer, answered, "tasks"), html(officer, new, "tasks")
    assert address(new, "tasks") in old_page
    assert "继续查看" in old_page
    assert address(answered, "tasks") in new_page
    assert address(new, "tasks") in html(officer, answered, "check")
    assert address(new, "tasks") in officer.get(section_address(answered, "risks")).content.decode()


def test_the_old_one_can_be_read_and_no_longer_be_changed(officer, answered, newer):
    page = section_form(officer, answered, "risks").fill(**{"answer-assessed": "closed"})
    carry_over(officer, answered)
    sent = officer.post(section_address(answered, "risks"), page.fields)
    assert sent.status_code == 409
    assert 'value="closed" checked' in sent.content.decode()
    assert Answer.objects.get(assessment=answered, question="assessed").value == "late"
    fields = {"question": "assessed", "answer-assessed": "closed", "seen-assessed": "1.0"}
    refused = officer.post(address(answered, "autosave"), fields)
    assert refused.status_code == 403
    for name in ("finish", "reopen"):
        assert officer.post(address(answered, name)).status_code in (302, 409)
    answered.refresh_from_db()
    assert answered.status == Assessment.Status.SUPERSEDED
    assert officer.get(address(answered, "result")).status_code == 200


def test_the_earlier_answer_stands_beside_the_question_and_does_not_count(officer, answered, newer):
    carry_over(officer, answered)
    new = Assessment.objects.get(supersedes=answered)
    form = section_form(officer, new, "risks")
    assert form.value("answer-assessed") is None
    page = officer.get(section_address(new, "risks"))
    question = next(
        q
        for block in page.context["page"]["blocks"]
        for q in block["questions"]
        if q["id"] == "assessed"
    )
    assert question["former"]["given"]["words"] == "上线后补做"
    assert question["former"]["text"] == "上线前是否完成评估？"
    assert "上一版的作答" in page.content.decode()
    assert "补做于三月" in page.content.decode()
    tasks = officer.get(address(new, "tasks")).context
    assert tasks["answered"] == 2


def test_the_hint_costs_as_many_queries_however_much_was_answered(
    officer, cast, answered, newer, queries_for
):
    carry_over(officer, answered)
    new = Assessment.objects.get(supersedes=answered)
    officer.get(section_address(new, "scope"))
    before = queries_for(officer, section_address(new, "scope"))
    for question in ("assessed-on", "clone-source", "reviewers", "label-places"):
        make_answer(answered, question, None, typed="?", by=cast.signatory)
        make_answer(new, question, None, typed="?", by=cast.auditor)
    assert queries_for(officer, section_address(new, "scope")) == before


def test_the_page_costs_as_many_queries_however_much_was_answered(
    officer, cast, answered, newer, queries_for
):
    officer.get(address(answered))
    before = queries_for(officer, address(answered))
    for question in ("clone-source", "consent-files", "reviewers"):
        make_answer(answered, question, None, typed="?", by=cast.signatory)
    assert queries_for(officer, address(answered)) == before


def test_doing_it_again_leads_to_the_new_one(officer, answered, newer):
    form = Form(officer.get(address(answered)))
    first = officer.post(address(answered), form.fields)
    second = officer.post(address(answered), form.fields)
    assert first.url == second.url == officer.get(address(answered)).url
    assert Assessment.objects.count() == 2


def test_a_version_published_while_the_page_was_open_is_shown_first(officer, answered, newer):
    form = Form(officer.get(address(answered)))
    newer.status = newer.Status.REPLACED
    newer.save(update_fields=["status"])
    newest = type(newer)(
        key=newer.key,
        version="3",
        title_zh="示例",
        title_en="Sample",
        document=newer.document,
        published_at=newer.published_at,
    )
    newest.save()
    response = officer.post(address(answered), form.fields)
    assert response.status_code == 409
    assert response.context["outdated"]
    assert response.context["version"] == newest
    assert Assessment.objects.count() == 1


@pytest.mark.parametrize("day", ["", "2026-02-30", "gestern"])
def test_a_day_that_is_none_is_named_and_nothing_is_made(officer, answered, newer, day):
    response = carry_over(officer, answered, reference_date=day)
    assert response.status_code == 422
    assert "reference_date" in response.context["form"].errors
    assert Assessment.objects.count() == 1


@pytest.mark.parametrize("version", ["", "1", "\x00", "00000000-0000-4000-8000-000000000000"])
def test_a_version_that_was_not_shown_makes_nothing(officer, answered, newer, version):
    assert carry_over(officer, answered, version=version).status_code == 409
    assert Assessment.objects.count() == 1


def test_a_finished_one_carries_over_too_and_keeps_its_rating(officer, answered, newer):
    make_answer(answered, "clone-source", "")
    Assessment.objects.update(status=Assessment.Status.FINISHED)
    carry_over(officer, answered)
    answered.refresh_from_db()
    assert answered.status == Assessment.Status.SUPERSEDED
    assert officer.get(address(answered, "result")).context["rating"]
    assert not officer.get(address(answered, "result")).context["provisional"]


def test_a_contributor_is_told_but_cannot(client, cast, answered, newer):
    client.force_login(cast.colleague)
    page = html(client, answered, "tasks")
    assert "已发布版本 2" in page
    assert address(answered) not in page
    assert client.get(address(answered)).status_code == 403
    assert client.post(address(answered)).status_code == 403


def test_a_submitted_one_is_not_offered(officer, answered, newer):
    Assessment.objects.update(status=Assessment.Status.SUBMITTED)
    assert address(answered) not in html(officer, answered, "tasks")
    assert officer.get(address(answered)).status_code == 409


def test_another_company_finds_nothing(client, cast, answered, newer):
    client.force_login(cast.stranger)
    assert client.get(address(answered)).status_code == 404
    assert client.post(address(answered)).status_code == 404
