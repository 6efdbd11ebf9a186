"""The record is read by those entitled, in words, filtered, turned over and taken along."""

import datetime as dt
import re
from io import BytesIO

import pytest
from django.db import transaction
from openpyxl import load_workbook

from compliance.assessments.revisions import seen
from compliance.assessments.saving import store
from compliance.audit.actions import Action
from compliance.audit.models import Chain, Event, EventValue
from compliance.audit.recording import SITE, Entry, record, record_all
from compliance.organisations.models import Role
from compliance.records.sides import OF_REVIEWERS
from compliance.records.words import lines
from compliance.remediation.models import RemediationAction
from compliance.reviews.models import Dispute, Review
from questionnaires.forms import Entry as Said
from tests.cast import (
    make_member,
    make_regulator,
    make_submission,
    make_user,
)

pytestmark = pytest.mark.django_db


def answer(assessment, by, question, value, comment="", token=None):
    content = {"value": value, "typed": None, "comment": comment}
    return store(
        assessment, Said("answer", question, str(token or seen("answer", None)), content), by
    )[1]


def text_of(response):
    """The page as words."""
    main = response.content.decode().split("<main")[1]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def page(client, thing, kind="assessments", prefix="", **asked):
    return client.get(f"{prefix}/record/{kind}/{thing.pk}/", asked)


def test_an_answer_stands_there_in_the_words_of_its_question(officer, cast, assessment):
    token = answer(assessment, cast.colleague, "assessed", "late", "补做")
    answer(assessment, cast.officer, "assessed", "closed", "补做", token)
    zh = text_of(page(officer, assessment))
    assert "更改作答" in zh
    assert str(cast.colleague) in zh
    assert "上线后补做 → " in zh
    assert "备注： 补做" in zh
    assert "late" not in zh
    en = text_of(page(officer, assessment, prefix="/en"))
    assert "Changed an answer" in en
    assert "上线后补做" not in en


def test_what_was_typed_is_no_markup(officer, cast, assessment):
    answer(assessment, cast.officer, "users", 3, "<script>alert(1)</script>")
    source = page(officer, assessment).content.decode()
    assert "<script>alert" not in source
    assert "&lt;script&gt;alert" in source


def test_a_step_is_told_by_its_statuses(officer, cast, assessment):
    details = {"step": "finish", "from": "draft", "to": "finished"}
    record(Action.ASSESSMENT_MOVED, by=cast.officer, chain=assessment, details=details)
    said = text_of(page(officer, assessment))
    assert "变更状态" in said
    assert "草稿" in said
    assert "已完成" in said


def test_what_is_kept_as_a_code_is_told_in_words(officer, cast, assessment):
    review = {"about": Review(), "chain": assessment}
    record(Action.REVIEW_DECIDED, by=cast.officer, details={"decision": "demand"}, **review)
    due = {"due": "2026-12-05 00:00:00+08:00"}
    event = record(Action.REVIEW_ASSIGNED, by=cast.officer, new=due, **review)
    assert [change.new for change in lines([event], None)[0].changes] == ["2026年12月4日"]
    said = {"side": "partly", "reasons": "demand"}
    record(Action.OPINION_GIVEN, by=cast.officer, chain=assessment, about=Dispute(), new=said)
    plan = {"due_on": "2026-12-12", "target": "3/5", "title": "2026-12-12"}
    planned = {"chain": assessment, "about": RemediationAction(), "new": plan}
    record(Action.ACTION_PLANNED, by=cast.officer, **planned)
    zh = text_of(page(officer, assessment))
    for words in ("要求整改", "部分支持企业", "整改期限： 2026年12月12日", "60%"):
        assert words in zh
    assert "整改措施： 2026-12-12" in zh  # as it was typed
    assert "理由： demand" in zh
    en = text_of(page(officer, assessment, prefix="/en"))
    assert "Demand remediation" in en
    assert "12 December 2026" in en


def test_a_region_is_told_by_its_name(officer, cast):
    record(Action.JURISDICTION_CHANGED, by=cast.officer, chain=cast.company, new=["110000"])
    said = {"kind": "company", "region": "110105"}
    record(Action.COMPANY_REGISTERED, by=cast.officer, chain=cast.company, new=said)
    zh = text_of(page(officer, cast.company, "organisations"))
    assert "北京市" in zh
    assert "类型： 企业" in zh
    assert "行政区划： 北京市朝阳区" in zh


def test_a_questionnaire_is_told_by_its_title(officer, cast, assessment):
    version = assessment.version
    said = {"questionnaire": str(version)}
    record(Action.ASSESSMENT_STARTED, by=cast.officer, chain=assessment, new=said)
    gone = {"questionnaire": "gone 1.0"}
    record(Action.ASSESSMENT_STARTED, by=cast.officer, chain=assessment, new=gone)
    zh = text_of(page(officer, assessment))
    assert f"问卷： {version.title_zh} {version.version}" in zh
    assert version.key not in zh
    assert "gone 1.0" in zh
    en = text_of(page(officer, assessment, prefix="/en"))
    assert f"{version.title_en} {version.version}" in en


def test_what_stands_in_the_values_too_is_said_once(client, cast, assessment):
    regulator = make_regulator()
    submission = make_submission(assessment)
    lead, reviewer = (make_member(regulator, role) for role in ("lead_reviewer", "reviewer"))
    record(
        Action.REVIEW_ASSIGNED,
        by=lead,
        chain=assessment,
        about=Review(),
        old={"assigned_to": ""},
        new={"assigned_to": str(reviewer)},
        details={"assigned_to": str(reviewer.pk)},
    )
    client.force_login(lead)
    assert text_of(page(client, submission, "submissions")).count(str(reviewer)) == 1
    EventValue.objects.filter(event__action=Action.REVIEW_ASSIGNED).delete()
    assert text_of(page(client, submission, "submissions")).count(str(reviewer)) == 1, "kept"


def test_values_that_are_erased_are_called_erased(officer, cast, assessment):
    answer(assessment, cast.colleague, "users", 3, "十分机密的说明")
    EventValue.objects.all().delete()
    said = text_of(page(officer, assessment))
    assert "已按保存规则清除" in said
    assert "十分机密的说明" not in said
    assert str(cast.colleague) in said  # of now: the account is still there


def test_someone_who_is_gone_is_a_number(officer, cast, assessment):
    person = make_user(name="离职者")
    record(Action.ANSWER_CHANGED, by=person, chain=assessment)
    number = str(person.pk)[:8]
    person.delete()
    assert "离职者" in text_of(page(officer, assessment))
    EventValue.objects.all().delete()
    assert "离职者" not in text_of(page(officer, assessment))
    assert f"已无法识别的人员（{number}）" in text_of(page(officer, assessment))


def shown(response):
    return [line.number for line in response.context["lines"]]


@pytest.fixture
def filled(cast, assessment):
    """Four events: two answers of two people, and one of another day."""
    answer(assessment, cast.officer, "users", 3)
    answer(assessment, cast.colleague, "minors", "no")
    record(Action.REPORT_DOWNLOADED, by=cast.officer, chain=assessment)
    record(Action.REPORT_DOWNLOADED, by=cast.colleague, chain=assessment)
    return assessment


def test_the_filter_by_action_person_and_question(officer, cast, filled):
    assert shown(page(officer, filled)) == [4, 3, 2, 1]
    assert shown(page(officer, filled, action="report_downloaded")) == [4, 3]
    assert shown(page(officer, filled, person=cast.colleague.pk)) == [4, 2]
    assert shown(page(officer, filled, key="users")) == [1]
    assert shown(page(officer, filled, key="users", person=cast.colleague.pk)) == []


def test_the_filter_by_days_is_of_the_place_of_the_site(officer, cast, assessment, monkeypatch):
    from django.utils import timezone

    moments = ["2026-03-04T15:59:59Z", "2026-03-04T16:00:00Z", "2026-03-05T16:00:00Z"]
    for moment in moments:
        at = dt.datetime.fromisoformat(moment)
        with monkeypatch.context() as patch:
            patch.setattr(timezone, "now", lambda at=at: at)
            record(Action.REPORT_DOWNLOADED, by=cast.officer, chain=assessment)
    assert shown(page(officer, assessment, since="2026-03-05", until="2026-03-05")) == [2]
    assert shown(page(officer, assessment, since="2026-03-05")) == [3, 2]
    assert shown(page(officer, assessment, until="2026-03-04")) == [1]


@pytest.mark.parametrize(
    "asked",
    [
        {"action": "nonsense"},
        {"person": "1"},
        {"key": "\0"},
        {"since": "yesterday"},
        {"since": "2026-03-05", "until": "2026-03-04"},
        {"until": "9999-12-31"},
        {"since": "0001-01-01"},
    ],
)
def test_a_filter_that_makes_no_sense_shows_nothing_and_says_so(officer, filled, asked):
    response = page(officer, filled, **asked)
    assert response.status_code == 422
    assert shown(response) == []
    assert officer.get(f"/record/assessments/{filled.pk}/xlsx/", asked).status_code == 302


def test_fifty_to_a_page(officer, cast, assessment):
    record_all([Entry(Action.ANSWER_CHANGED)] * 60, by=cast.officer, chain=assessment)
    assert shown(page(officer, assessment)) == list(range(60, 10, -1))
    assert shown(page(officer, assessment, page=2)) == list(range(10, 0, -1))
    assert page(officer, assessment, page=3).status_code == 404


def test_as_many_queries_for_many_as_for_one(
    officer, cast, assessment, django_assert_max_num_queries
):
    answer(assessment, cast.officer, "users", 3)
    with django_assert_max_num_queries(16) as few:
        page(officer, assessment)
    record_all(
        [Entry(Action.ANSWER_CHANGED, cast.officer, "users", {"value": 1}, {"value": 2})] * 49,
        by=cast.colleague,
        chain=assessment,
    )
    with django_assert_max_num_queries(len(few) + 1):
        page(officer, assessment)


def test_what_reviewers_do_among_themselves_is_not_shown_to_the_company(officer, cast, assessment):
    submission = make_submission(assessment)
    reviewer = make_member(make_regulator(), Role.REVIEWER, name="核查员甲")
    for action in OF_REVIEWERS:
        record(action, by=reviewer, chain=assessment, key="fraud", new={"text": "内部意见"})
    said = text_of(page(officer, assessment))
    assert "内部意见" not in said
    assert "核查员甲" not in said
    assert "另一方的记录" in said
    assert submission.number


def test_the_regulator_reads_of_the_review_and_not_of_the_answering(client, cast, assessment):
    regulator = make_regulator()
    submission = make_submission(assessment)
    lead = make_member(regulator, Role.LEAD_REVIEWER)
    record(Action.FINDING_CHANGED, by=lead, chain=assessment, key="fraud", new={"text": "意见"})
    record(Action.ANSWER_CHANGED, by=cast.officer, chain=assessment, new={"comment": "草稿说明"})
    client.force_login(lead)
    said = text_of(page(client, submission, "submissions"))
    assert "意见" in said
    assert "草稿说明" not in said
    assert page(client, assessment).status_code == 404


def test_the_record_of_an_organisation(officer, cast):
    record(
        Action.ROLE_GIVEN, by=cast.officer, chain=cast.company, about=cast.colleague, key="auditor"
    )
    said = text_of(page(officer, cast.company, "organisations"))
    assert f"{cast.colleague} · 只读审计员" in said


def test_what_counts_for_the_whole_company_stands_in_words_too(officer, cast, assessment):
    record(
        Action.ANSWER_CHANGED,
        by=cast.officer,
        chain=cast.company,
        key="assessed",
        old={"value": None},
        new={"value": "late"},
        details={"assessment": str(assessment.pk)},
    )
    said = text_of(page(officer, cast.company, "organisations"))
    assert "上线前是否完成评估" in said
    assert "未作答 → 上线后补做" in said


def test_everyone_reads_their_own(client, cast):
    record(Action.SIGNED_IN, by=cast.colleague, chain=cast.colleague)
    record(Action.SIGNED_IN, by=cast.officer, chain=cast.officer)
    client.force_login(cast.colleague)
    response = client.get("/record/mine/")
    assert shown(response) == [1]
    assert "登录" in text_of(response)
    assert str(cast.officer) not in text_of(response)


def test_nothing_recorded_yet(client, cast):
    client.force_login(cast.colleague)
    assert "尚无记录" in text_of(client.get("/record/mine/"))


def test_the_list_names_what_one_may_read(client, cast):
    client.force_login(cast.officer)
    found = [one["url"] for one in client.get("/record/").context["records"]]
    assert found == ["/record/mine/", f"/record/organisations/{cast.company.pk}/"]
    client.force_login(cast.colleague)
    assert [one["url"] for one in client.get("/record/").context["records"]] == ["/record/mine/"]
    client.force_login(make_user(is_staff=True, is_superuser=True))
    found = [one["url"] for one in client.get("/record/").context["records"]]
    assert found == ["/record/mine/", "/record/site/"]


def test_the_site_for_administrators(client):
    record(Action.OLD_VALUES_ERASED, by=None, chain=SITE, details={"erased": 12, "years": 3})
    client.force_login(make_user(is_staff=True, is_superuser=True))
    said = text_of(client.get("/record/site/"))
    assert "按保存规则清除旧内容" in said
    assert "清除的事件数： 12" in said


def test_the_workbook_says_what_the_page_says(officer, cast, filled):
    answer(filled, cast.officer, "consent-files", ["甲"], "=1+1")
    response = officer.get(
        f"/record/assessments/{filled.pk}/xlsx/", {"person": str(cast.officer.pk)}
    )
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert "attachment" in response["Content-Disposition"]
    book = load_workbook(BytesIO(response.content))
    rows = list(book["审计记录"].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == [5, 3, 1]
    assert {row[2] for row in rows} == {str(cast.officer)}
    assert "=1+1" in rows[0][6]
    assert rows[0][8] == Event.objects.get(chain=filled.pk, sequence=5).hash
    head = dict(book["链"].iter_rows(min_row=2, values_only=True))
    assert head["链中事件数"] == 5


def test_taking_it_along_is_recorded(officer, cast, filled):
    officer.get(f"/record/assessments/{filled.pk}/xlsx/")
    officer.head(f"/record/assessments/{filled.pk}/xlsx/")
    assert Chain.objects.get(pk=filled.pk).sequence == 5
    last = Event.objects.filter(chain=filled.pk).last()
    assert (last.action, last.actor) == ("record_downloaded", cast.officer.pk)


def test_too_much_for_one_workbook(officer, filled, monkeypatch):
    monkeypatch.setattr("compliance.records.views.MOST", 2)
    response = officer.get(f"/record/assessments/{filled.pk}/xlsx/", follow=True)
    assert "一个工作簿最多容纳2条记录" in text_of(response)


def test_a_download_that_fails_records_nothing(officer, filled, monkeypatch):
    def fail(*arguments):
        raise ZeroDivisionError

    monkeypatch.setattr("compliance.records.views.record_workbook", fail)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        officer.get(f"/record/assessments/{filled.pk}/xlsx/")
    assert Chain.objects.get(pk=filled.pk).sequence == 4
