"""Answering a section in the wizard, without JavaScript."""

import datetime

import pytest
from django.utils import timezone

from compliance.assessments.models import Answer, Assessment, NotApplicableClaim
from tests.cast import make_answer
from tests.page import Form, section_address, section_form

pytestmark = pytest.mark.django_db


def answers():
    return {row.question: row.value for row in Answer.objects.all()}


def send(client, assessment, section, form, button=None, prefix=""):
    data = form.fields | ({button[0]: [button[1]]} if button else {})
    return client.post(section_address(assessment, section, prefix), data)


def test_it_works(officer, cast, assessment):
    form = section_form(officer, assessment, "scope")
    form.fill(
        **{
            "answer-functions": ["live", "clone"],
            "answer-minors": "no",
            "answer-users": "1,200",
            "answer-clone-source": "录音棚\r\n已授权",
            "comment-users": "截至十月",
        }
    )
    response = send(officer, assessment, "scope", form)
    assert response.url == section_address(assessment, "risks")
    assert answers() == {
        "functions": ["live", "clone"],
        "minors": "no",
        "users": 1200,
        "clone-source": "录音棚\n已授权",
    }
    row = Answer.objects.get(question="users")
    assert (row.comment, row.by) == ("截至十月", cast.officer)


def test_what_was_stored_is_shown_again(officer, assessment):
    make_answer(assessment, "assessed", "late")
    make_answer(assessment, "assessed-on", "2026-03-05", comment="第一行\n\n第三行")
    make_answer(assessment, "consent-share", {"numerator": 3, "denominator": 5})
    make_answer(assessment, "consent-files", ["甲", "乙"])
    form = section_form(officer, assessment, "risks")
    assert form.value("answer-assessed") == "late"
    assert form.value("answer-assessed-on") == "2026-03-05"
    assert form.value("comment-assessed-on") == "第一行\r\n\r\n第三行"
    assert form.value("answer-consent-share.numerator") == "3"
    assert form.value("answer-consent-files") == "甲\r\n乙"


def test_a_page_sent_back_as_it_came_changes_nothing(officer, assessment, cast):
    for question, value in {
        "assessed": "late",
        "assessed-on": "cannot_show",
        "consent-share": {"numerator": 3, "denominator": 5},
        "consent-files": ["甲"],
    }.items():
        make_answer(assessment, question, value, comment=" x\n y ".strip(), by=cast.colleague)
    before = list(Answer.objects.order_by("pk").values())
    send(officer, assessment, "risks", section_form(officer, assessment, "risks"))
    assert list(Answer.objects.order_by("pk").values()) == before


def test_the_page_says_when_it_was_saved_with_the_day_unless_it_is_today(officer, assessment):
    make_answer(assessment, "users", 5)
    kept = Answer.objects.get()
    page = officer.get(section_address(assessment, "scope")).content.decode()
    assert f"{timezone.localtime(kept.at):%H:%M:%S} 已保存" in page
    Answer.objects.update(at=datetime.datetime(2026, 1, 2, 16, 3, tzinfo=datetime.UTC))
    page = officer.get(section_address(assessment, "scope")).content.decode()
    assert "2026年1月3日 00:03 已保存" in page  # in Shanghai


def test_reading_a_page_writes_nothing(officer, assessment, django_assert_num_queries):
    officer.get(section_address(assessment, "risks"))  # the version is read once
    with django_assert_num_queries(12) as queries:
        officer.get(section_address(assessment, "risks"))
    assert all(query["sql"].startswith("SELECT") for query in queries.captured_queries)


def test_as_many_queries_however_much_is_stored(officer, assessment, django_assert_num_queries):
    for question in ("functions", "minors", "users", "assessed", "assessed-on", "consent-share"):
        make_answer(assessment, question, None, typed="?")
    NotApplicableClaim.objects.create(
        assessment=assessment,
        criterion="consent",
        claimed=True,
        justification="无真人",
        by=assessment.created_by,
        at=assessment.created_at,
    )
    officer.get(section_address(assessment, "risks"))
    with django_assert_num_queries(12):
        officer.get(section_address(assessment, "risks"))


def test_nothing_is_kept_in_the_session(officer, assessment):
    before = dict(officer.session)
    form = section_form(officer, assessment, "scope").fill(**{"answer-minors": "no"})
    send(officer, assessment, "scope", form)
    assert dict(officer.session) == before


@pytest.mark.parametrize(
    ("button", "to"),
    [
        (None, "sections/contents/"),
        (("wizard_goto_step", "scope"), "sections/scope/"),
        (("wizard_goto_step", "children"), "sections/children/"),
        (("then", "tasks"), ""),
        (("language", "en"), "sections/risks/"),
    ],
)
def test_every_button_stores_before_it_moves(officer, assessment, button, to):
    form = section_form(officer, assessment, "risks").fill(**{"answer-assessed": "late"})
    response = send(officer, assessment, "risks", form, button)
    prefix = "/en" if button == ("language", "en") else ""
    assert response.url == f"{prefix}/assessments/{assessment.pk}/{to}"
    assert answers() == {"assessed": "late"}


def test_every_button_of_the_page_is_one_of_these(officer, assessment):
    names = {name for name, _ in section_form(officer, assessment, "risks").buttons}
    assert names == {"wizard_goto_step", "then", "evidence"}


def test_the_last_section_leads_to_the_check_page(officer, assessment):
    make_answer(assessment, "minors", "yes")
    response = send(officer, assessment, "children", section_form(officer, assessment, "children"))
    assert response.url == f"/assessments/{assessment.pk}/check/"


def test_a_section_that_scoping_leaves_out_is_passed_over(officer, assessment):
    make_answer(assessment, "minors", "no")
    assert officer.get(section_address(assessment, "children")).url.endswith(f"/{assessment.pk}/")
    response = send(officer, assessment, "contents", section_form(officer, assessment, "contents"))
    assert response.url == f"/assessments/{assessment.pk}/check/"


def test_answers_to_a_section_that_scoping_has_left_out_meanwhile_are_kept(officer, assessment):
    form = section_form(officer, assessment, "children").fill(**{"answer-mode": "yes"})
    make_answer(assessment, "minors", "no")
    send(officer, assessment, "children", form)
    assert answers()["mode"] == "yes"


def test_the_language_switch_keeps_place_and_answers(officer, assessment):
    form = section_form(officer, assessment, "risks").fill(**{"comment-assessed": "备注"})
    response = send(officer, assessment, "risks", form, ("language", "en"))
    page = officer.get(response.url)
    assert "Was it assessed before launch?" in page.content.decode()
    assert Form(page, "section").value("comment-assessed") == "备注"
    back = send(officer, assessment, "risks", Form(page, "section"), ("language", "zh-hans"), "/en")
    assert back.url == section_address(assessment, "risks")


def test_what_cannot_be_read_is_kept_and_shown_with_its_error(officer, assessment):
    form = section_form(officer, assessment, "scope").fill(**{"answer-users": "很多"})
    response = send(officer, assessment, "scope", form)
    assert response.status_code == 422
    row = Answer.objects.get()
    assert (row.value, row.typed, row.invalid) == (None, "很多", True)
    for page in (response, officer.get(section_address(assessment, "scope"))):
        assert Form(page, "section").value("answer-users") == "很多"
        text = page.content.decode()
        assert 'href="#answer-users"' in text
        assert 'id="answer-users"' in text
        assert text.count("“很多”") == 2  # in the summary and at the question


def test_what_cannot_be_read_does_not_hold_anyone_back(officer, assessment):
    form = section_form(officer, assessment, "scope").fill(**{"answer-users": "很多"})
    assert send(officer, assessment, "scope", form, ("then", "tasks")).status_code == 302


def test_a_megabyte_in_a_comment_is_refused_and_the_rest_of_the_page_kept(officer, assessment):
    form = section_form(officer, assessment, "scope")
    long = "字" * 350_000  # more than a megabyte in UTF-8
    form.fill(**{"comment-users": long, "answer-users": "7", "answer-minors": "no"})
    response = send(officer, assessment, "scope", form, ("then", "tasks"))
    assert response.status_code == 422
    assert "4000" in response.content.decode()
    assert answers() == {"users": 7, "minors": "no"}
    again = Form(response, "section")
    assert again.value("comment-users") == long
    again.fill(**{"comment-users": "短"})
    assert send(officer, assessment, "scope", again).status_code == 302
    assert Answer.objects.get(question="users").comment == "短"


@pytest.mark.parametrize(
    "change",
    [
        {"answer-minors": "perhaps"},
        {"answer-functions": ["live", "teleport"]},
        {"answer-unheard-of": "1"},
        {"answer-assessed": "closed"},
        {"seen-users": "1"},
        {"seen-users": "-1.0123456789abcdef"},
        {"language": "tlh"},
        {"choose": "answer.1.mine"},
    ],
)
def test_what_no_page_can_send_is_refused_whole(officer, assessment, change):
    form = section_form(officer, assessment, "scope").fill(**{"answer-users": "7", **change})
    response = send(officer, assessment, "scope", form)
    assert response.status_code == 400
    assert not Answer.objects.exists()


def test_a_page_of_another_step_or_assessment_is_refused(officer, assessment):
    form = section_form(officer, assessment, "scope").fill(**{"answer-users": "7"})
    assert send(officer, assessment, "risks", form).status_code == 400
    form.fields = {k: v for k, v in form.fields.items() if not k.endswith("current_step")}
    assert send(officer, assessment, "scope", form).status_code == 400
    assert not Answer.objects.exists()


def test_a_step_that_does_not_exist_is_not_found(officer, assessment):
    assert officer.get(section_address(assessment, "no-such")).status_code == 404
    form = section_form(officer, assessment, "scope").fill(**{"answer-users": "7"})
    assert send(officer, assessment, "no-such", form).status_code == 404
    goto = send(officer, assessment, "scope", form, ("wizard_goto_step", "no-such"))
    assert goto.status_code == 404
    assert not Answer.objects.exists()


def test_a_question_taken_out_of_the_page_is_left_alone(officer, assessment):
    make_answer(assessment, "users", 7)
    form = section_form(officer, assessment, "scope")
    form.fill(**{name: None for name in list(form.fields) if name.endswith("-users")})
    send(officer, assessment, "scope", form)
    assert answers() == {"users": 7}


def test_an_answer_can_be_taken_back(officer, assessment):
    make_answer(assessment, "users", 7)
    make_answer(assessment, "functions", ["live"])
    form = section_form(officer, assessment, "scope")
    form.fill(**{"answer-users": "", "answer-functions": None})
    send(officer, assessment, "scope", form)
    assert answers() == {"users": None, "functions": None}


def test_a_claim_with_its_justification(officer, assessment):
    form = section_form(officer, assessment, "risks")
    form.fill(**{"claimed-consent": "on", "justification-consent": "不使用真人形象"})
    send(officer, assessment, "risks", form)
    row = NotApplicableClaim.objects.get()
    assert (row.criterion, row.claimed, row.justification) == ("consent", True, "不使用真人形象")
    again = section_form(officer, assessment, "risks")
    assert again.value("justification-consent") == "不使用真人形象"
    send(officer, assessment, "risks", again.fill(**{"claimed-consent": None}))
    row = NotApplicableClaim.objects.get()
    assert (row.claimed, row.justification) == (False, "不使用真人形象")


def test_a_claim_without_justification_is_kept_and_asks_for_one(officer, assessment):
    form = section_form(officer, assessment, "risks").fill(**{"claimed-consent": "on"})
    response = send(officer, assessment, "risks", form)
    assert response.status_code == 422
    assert 'href="#justification-consent"' in response.content.decode()
    assert NotApplicableClaim.objects.get().claimed


def test_a_claim_where_none_is_allowed_is_refused(officer, assessment):
    form = section_form(officer, assessment, "risks").fill(**{"claimed-fraud": "on"})
    assert send(officer, assessment, "risks", form).status_code == 400


def test_a_follow_up_is_there_hidden_until_its_answer_brings_it_up(officer, assessment):
    def hidden():
        text = officer.get(section_address(assessment, "risks")).content.decode()
        return " hidden>" in text.split('id="question-assessed-on"')[1].split("\n")[0]

    assert not hidden()  # nobody knows yet whether it is asked
    row = make_answer(assessment, "assessed", "none")
    assert hidden()
    Answer.objects.filter(pk=row.pk).update(value="late")
    assert not hidden()


def test_an_undetermined_question_says_so(officer, assessment):
    with_note = officer.get(section_address(assessment, "children", "/en")).content.decode()
    assert "depends on an answer still missing" in with_note
    make_answer(assessment, "minors", "yes")
    without = officer.get(section_address(assessment, "children", "/en")).content.decode()
    assert "depends on an answer still missing" not in without


def test_help_reasons_and_citations_stand_beside_the_question(officer, assessment):
    text = officer.get(section_address(assessment, "risks")).content.decode()
    for words in (
        "看最近一次。",
        "实时换脸可被用于冒充熟人。",
        "《示例法》第一条",
        "《示例计划》第十五项",
        "评估报告",
    ):
        assert words in text
    english = officer.get(section_address(assessment, "risks", "/en")).content.decode()
    assert "Sample Law, article 1" in english


def test_a_contradiction_is_shown_with_links_to_both_answers(officer, assessment):
    make_answer(assessment, "functions", ["live"])
    make_answer(assessment, "reviewers", 0)
    for section in ("scope", "contents"):
        text = officer.get(section_address(assessment, section)).content.decode()
        assert "既有直播，又没有审核人员。" in text
        assert f"{section_address(assessment, 'scope')}#question-functions" in text
        assert f"{section_address(assessment, 'contents')}#question-reviewers" in text
    assert "既有直播" not in officer.get(section_address(assessment, "risks")).content.decode()


@pytest.mark.parametrize("role", ["signatory", "auditor"])
def test_who_may_only_read_finds_no_button_and_sends_nothing(client, cast, assessment, role):
    make_answer(assessment, "users", 7)
    client.force_login(getattr(cast, role))
    page = client.get(section_address(assessment, "scope"))
    assert page.status_code == 200
    form = Form(page, "section")
    assert form.buttons == []
    assert "answer-users" not in form.fields
    assert (
        client.post(section_address(assessment, "scope"), {"answer-users": "8"}).status_code == 403
    )
    assert answers() == {"users": 7}


def test_a_page_sent_after_the_assessment_was_closed_is_shown_as_it_was_entered(
    officer, assessment
):
    form = section_form(officer, assessment, "scope")
    form.fill(**{"answer-users": "7", "comment-users": "来源"})
    Assessment.objects.update(status=Assessment.Status.FINISHED)
    response = send(officer, assessment, "scope", form)
    assert response.status_code == 409
    assert not Answer.objects.exists()
    again = Form(response, "section")
    assert (again.value("answer-users"), again.value("comment-users")) == ("7", "来源")
    Assessment.objects.update(status=Assessment.Status.DRAFT)
    assert send(officer, assessment, "scope", again).status_code == 302
    assert answers() == {"users": 7}


def test_a_closed_assessment_can_be_read(officer, assessment):
    Assessment.objects.update(status=Assessment.Status.FINISHED)
    page = officer.get(section_address(assessment, "scope"))
    assert page.status_code == 200
    assert Form(page, "section").buttons == []


def test_markup_in_answers_is_shown_as_text(officer, assessment):
    evil = "</textarea><script>alert(1)</script>"
    make_answer(assessment, "users", None, typed=evil, comment=evil)
    make_answer(assessment, "clone-source", evil)
    assert "<script>alert" not in officer.get(section_address(assessment, "scope")).content.decode()


def test_a_row_that_the_questionnaire_does_not_know_does_no_harm(officer, assessment):
    make_answer(assessment, "unheard-of", "x")
    make_answer(assessment, "minors", "no longer an option")
    assert officer.get(section_address(assessment, "scope")).status_code == 200
    assert officer.get(f"/assessments/{assessment.pk}/check/").status_code == 200
