"""Someone uses answers that the company has given in another assessment."""

import datetime as dt
import json

import pytest
from django.urls import reverse

from compliance.assessments.draft import Draft
from compliance.assessments.models import Answer, Assessment, ConflictingAnswer
from compliance.assessments.reuse import offers
from compliance.organisations.models import Membership, Role
from questionnaires.publishing import canonical
from tests.cast import make_answer, make_assessment, make_subject, make_version
from tests.page import Form
from tests.samples import next_sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def earlier(assessment, cast):
    """The same subject by another questionnaire, which words some questions otherwise."""
    version = make_version(document=canonical(next_sample()).decode())
    found = make_assessment(assessment.subject, version=version, created_by=cast.officer)
    make_answer(found, "functions", ["live"])  # reads differently there
    make_answer(found, "minors", "yes", by=cast.colleague, comment="见备案表")
    make_answer(found, "mode", "no")
    make_answer(found, "label-places", ["start", "throughout"])
    make_answer(found, "label-check", "yes")  # is not asked here
    return found


def address(assessment, name="reuse", prefix=""):
    return prefix + reverse(f"assessments:{name}", args=[assessment.pk])


def offered(assessment):
    return {
        offer.question.id: offer.earlier.value
        for offer in offers(Draft(assessment))
        if not offer.differs
    }


def answers(assessment):
    return {row.question: row.value for row in assessment.answers.all()}


def send(client, assessment, **fields):
    form = Form(client.get(address(assessment)))
    return client.post(address(assessment), form.fields | fields)


def test_it_works(officer, cast, assessment, earlier):
    page = officer.get(address(assessment))
    text = page.content.decode()
    for words in ("沿用已有作答", "是否面向未成年人？", "见备案表", cast.colleague.name):
        assert words in text
    assert "片头；全程" in text
    response = send(officer, assessment, take=["minors", "label-places"])
    assert response.url == address(assessment, "tasks")
    assert answers(assessment) == {"minors": "yes", "label-places": ["start", "throughout"]}
    row = assessment.answers.get(question="minors")
    assert (row.comment, row.by) == ("见备案表", cast.officer)
    assert "已沿用 2 项作答" in officer.get(address(assessment, "tasks")).content.decode()


def test_only_what_is_asked_in_the_same_words_is_offered(assessment, earlier):
    assert offered(assessment) == {
        "minors": "yes",
        "mode": "no",
        "label-places": ["start", "throughout"],
    }


def test_it_speaks_english(officer, assessment, earlier):
    text = officer.get(address(assessment, prefix="/en")).content.decode()
    for words in (
        "Use answers given before",
        "At the start; Throughout",
        "Is it offered to minors?",
    ):
        assert words in text


def test_nothing_is_ticked_and_nothing_taken_by_looking(officer, assessment, earlier):
    form = Form(officer.get(address(assessment)))
    assert not {"take", "section", "all"} & form.fields.keys()
    response = officer.post(address(assessment), form.fields)
    assert response.status_code == 422
    assert "请勾选要沿用的作答" in response.content.decode()
    assert answers(assessment) == {}


def test_a_whole_section(officer, assessment, earlier):
    send(officer, assessment, section=["contents"])
    assert set(answers(assessment)) == {"label-places"}


def test_all_at_once(officer, assessment, earlier):
    send(officer, assessment, all="yes")
    assert set(answers(assessment)) == {"minors", "mode", "label-places"}
    assert offered(assessment) == {}
    assert "没有可沿用的作答" in officer.get(address(assessment)).content.decode()


def test_what_scoping_rules_out_is_not_offered(assessment, earlier):
    make_answer(assessment, "minors", "no")
    assert set(offered(assessment)) == {"label-places"}


def test_another_answer_here_stays_unless_it_is_ticked(officer, assessment, earlier):
    make_answer(assessment, "label-places", ["start"])
    context = officer.get(address(assessment)).context
    (section,) = context["differing"]
    assert [(o["id"], o["own"]) for o in section["offers"]] == [("label-places", "片头")]
    send(officer, assessment, all="yes")
    assert answers(assessment)["label-places"] == ["start"]
    send(officer, assessment, section=["contents"], take=["label-places"])
    assert answers(assessment)["label-places"] == ["start", "throughout"]


def test_what_cannot_be_read_here_stays_unless_it_is_ticked(officer, assessment, earlier):
    make_answer(assessment, "label-places", None, typed=["?"])
    send(officer, assessment, all="yes")
    row = assessment.answers.get(question="label-places")
    assert (row.value, row.typed) == (None, ["?"])


@pytest.mark.parametrize(
    ("own", "kept"),
    [("待核实", "待核实\n\n见备案表"), ("见备案表", "见备案表"), ("长" * 4000, "长" * 4000)],
)
def test_a_comment_here_is_kept(officer, assessment, earlier, own, kept):
    make_answer(assessment, "minors", None, comment=own)
    send(officer, assessment, take=["minors"])
    row = assessment.answers.get(question="minors")
    assert (row.value, row.comment) == ("yes", kept)


def test_of_several_the_one_about_the_same_subject_then_the_latest(cast, assessment, earlier):
    other = make_assessment(make_subject(cast.company), version=assessment.version)
    make_answer(other, "minors", "no")
    make_answer(other, "users", 7)
    assert offered(assessment)["minors"] == "yes"
    assert offered(assessment)["users"] == 7
    later = make_assessment(assessment.subject, version=assessment.version)
    make_answer(later, "minors", "no")
    assert offered(assessment)["minors"] == "no"


def test_an_answer_about_another_subject_says_so(officer, cast, assessment):
    other = make_assessment(make_subject(cast.company, name="虚拟主播"), version=assessment.version)
    make_answer(other, "users", 7)
    text = officer.get(address(assessment)).content.decode()
    assert "其他评估对象" in text
    assert "虚拟主播" in text


def test_what_lies_after_the_reference_date_is_not_offered(assessment):
    other = make_assessment(assessment.subject, version=assessment.version)
    make_answer(other, "assessed", "closed")
    make_answer(other, "assessed-on", "2026-11-20")
    assert "assessed-on" in offered(assessment)
    Assessment.objects.filter(pk=assessment.pk).update(reference_date=dt.date(2026, 11, 19))
    assessment.refresh_from_db()
    assert "assessed-on" not in offered(assessment)


def test_another_companys_answers_are_never_offered_or_taken(officer, cast, assessment):
    foreign = make_assessment(make_subject(cast.other_company), version=assessment.version)
    secret = make_answer(foreign, "users", 987654)
    mine = make_assessment(assessment.subject, version=assessment.version)
    make_answer(mine, "users", 5)
    form = Form(officer.get(address(assessment)))
    assert "987654" not in json.dumps(form.fields)
    here, _source, there = form.value("offer-users").split("/")
    forged = form.fields | {"offer-users": f"{here}/{secret.pk}/{there}", "take": "users"}
    assert officer.post(address(assessment), forged).status_code == 200
    assert answers(assessment) == {}


def test_someone_in_two_companies_sees_each_by_itself(client, cast, assessment):
    Membership.objects.create(
        user=cast.officer, organisation=cast.other_company, role=Role.COMPLIANCE_OFFICER
    )
    foreign = make_assessment(make_subject(cast.other_company), version=assessment.version)
    make_answer(foreign, "users", 987654)
    assert offered(assessment) == {}


def test_answers_of_a_superseded_assessment_are_past(assessment, earlier):
    Assessment.objects.filter(pk=earlier.pk).update(status=Assessment.Status.SUPERSEDED)
    assert offered(assessment) == {}


def test_an_answer_given_here_meanwhile_is_a_conflict(officer, cast, assessment, earlier):
    form = Form(officer.get(address(assessment)))
    make_answer(assessment, "minors", "no", by=cast.colleague)
    response = officer.post(address(assessment), form.fields | {"take": ["minors"]})
    assert response.url == address(assessment, "tasks")
    assert answers(assessment)["minors"] == "no"
    waiting = ConflictingAnswer.objects.get()
    assert (waiting.value, waiting.comment, waiting.by) == ("yes", "见备案表", cast.officer)
    assert "1 道题目在此期间已有人作答" in officer.get(response.url).content.decode()


def test_an_earlier_answer_that_changed_meanwhile_is_shown_again(officer, assessment, earlier):
    form = Form(officer.get(address(assessment)))
    Answer.objects.filter(assessment=earlier, question="minors").update(value="no", revision=2)
    response = officer.post(address(assessment), form.fields | {"take": ["minors", "mode"]})
    assert response.status_code == 200
    assert "又有改动" in response.content.decode()
    assert answers(assessment) == {"mode": "no"}


def test_sending_the_page_twice_changes_nothing_more(officer, assessment, earlier):
    fields = Form(officer.get(address(assessment))).fields | {"all": "yes"}
    officer.post(address(assessment), fields)
    before = list(assessment.answers.order_by("id").values())
    assert officer.post(address(assessment), fields).status_code == 302
    assert list(assessment.answers.order_by("id").values()) == before
    assert not ConflictingAnswer.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"take": ["nothing"]},
        {"take": ["users"]},  # was not offered
        {"section": ["nowhere"]},
        {"take": ["minors"], "offer-minors": ""},
        {"take": ["minors"], "offer-minors": "0.0/1/0.0"},
        {"take": ["x"], "offer-x": "0.0123456789abcdef/1/1.0123456789abcdef"},
        {"all": "yes", "offer-\x00": "\x00"},
    ],
)
def test_a_tampered_page_is_refused_and_stores_nothing(officer, assessment, earlier, fields):
    assert send(officer, assessment, **fields).status_code == 400
    assert answers(assessment) == {}


def test_starting_leads_there_where_there_is_something_to_use(officer, assessment, earlier):
    started = {"subject": assessment.subject.pk, "situation": "yearly"}
    started["reference_date"] = "2026-11-21"
    response = officer.post(
        reverse("assessments:start"), started | {"version": assessment.version.pk}
    )
    new = Assessment.objects.latest("created_at")
    assert response.url == address(new)
    response = officer.post(reverse("assessments:start"), started | {"version": make_version().pk})
    newest = Assessment.objects.latest("created_at")
    assert response.url == address(newest)  # the sample's questions in yet another questionnaire


def test_the_task_list_offers_it_to_whoever_may_answer(client, cast, assessment, earlier):
    client.force_login(cast.colleague)
    page = client.get(address(assessment, "tasks"))
    assert page.context["reusable"] == 3
    assert address(assessment) in page.content.decode()
    client.force_login(cast.auditor)
    assert address(assessment) not in client.get(address(assessment, "tasks")).content.decode()
    Assessment.objects.filter(pk=assessment.pk).update(status=Assessment.Status.FINISHED)
    client.force_login(cast.colleague)
    assert client.get(address(assessment)).status_code == 409
    assert client.post(address(assessment)).status_code == 409


def test_as_many_queries_however_much_was_answered(officer, cast, assessment, earlier, queries_for):
    officer.get(address(assessment))
    before = queries_for(officer, address(assessment))
    for number in range(5):
        other = make_assessment(make_subject(cast.company), version=assessment.version)
        make_answer(other, "users", number)
        make_answer(other, "assessed", "closed", by=cast.colleague)
        make_answer(assessment, f"gone-{number}", "x")
    assert queries_for(officer, address(assessment)) == before
