"""A first check tells which questionnaires apply, and why."""

import json

import pytest
from django.urls import reverse

from compliance.assessments.models import Assessment
from compliance.library.models import QuestionnaireVersion
from questionnaires.publishing import canonical
from tests.cast import make_answer, make_assessment, make_subject, make_version
from tests.samples import sample_questionnaire

pytestmark = pytest.mark.django_db

LEADS = [
    {
        "questionnaire": "streams",
        "if": {"question": "functions", "is": "live"},
        "because": {"zh": "贵单位开展直播。", "en": "You stream live."},
    },
    {
        "questionnaire": "children",
        "if": {"question": "minors", "is": "yes"},
        "because": {"zh": "服务面向未成年人。", "en": "It is offered to minors."},
    },
    {
        "questionnaire": "children",
        "if": {"question": "users", "at_least": 1000},
        "because": {"zh": "用户达到一千人。", "en": "A thousand people use it."},
    },
]


@pytest.fixture
def check(cast):
    raw = json.loads(canonical(sample_questionnaire())) | {"leads_to": LEADS}
    version = make_version(key="check", document=json.dumps(raw))
    make_version(key="streams", title_zh="直播问卷", title_en="Live streaming")
    make_version(key="children", title_zh="未成年人问卷", title_en="Minors")
    return make_assessment(make_subject(cast.company), version=version, created_by=cast.officer)


def result(client, assessment, prefix=""):
    return client.get(prefix + reverse("assessments:result", args=[assessment.pk]))


def titles(entries):
    return [entry["title"] for entry in entries]


def test_it_works(officer, check):
    make_answer(check, "functions", ["live"])
    make_answer(check, "minors", "no")
    make_answer(check, "users", 3)
    page = result(officer, check)
    assert titles(page.context["leads"]["applying"]) == ["直播问卷"]
    assert page.context["leads"]["open"] == []
    text = page.content.decode()
    assert "贵单位开展直播。" in text
    assert "未成年人问卷" not in text
    assert "You stream live." in result(officer, check, "/en").content.decode()


def test_every_reason_that_holds_is_given_once(officer, check):
    make_answer(check, "minors", "yes")
    make_answer(check, "users", 1000)
    (found,) = result(officer, check).context["leads"]["applying"]
    assert found["because"] == ["服务面向未成年人。", "用户达到一千人。"]


def test_what_is_not_yet_known_names_the_answers_that_decide(officer, check):
    make_answer(check, "minors", "no")
    leads = result(officer, check).context["leads"]
    assert leads["applying"] == []
    assert titles(leads["open"]) == ["直播问卷", "未成年人问卷"]
    assert [[link["label"] for link in entry["missing"]] for entry in leads["open"]] == [
        ["1.1 提供哪些功能？"],
        ["1.3 有多少用户？"],
    ]


def test_none_may_apply(officer, check):
    for question, value in {"functions": ["none"], "minors": "no", "users": 3}.items():
        make_answer(check, question, value)
    assert "其他问卷均不适用" in result(officer, check).content.decode()


def test_the_button_starts_it_with_the_same_subject(officer, check):
    make_answer(check, "functions", ["live"])
    (found,) = result(officer, check).context["leads"]["applying"]
    page = officer.get(found["start_url"])
    form = page.context["form"]
    assert str(form["subject"].value()) == str(check.subject.pk)
    chosen = QuestionnaireVersion.objects.get(key="streams").pk
    assert form["version"].value() == chosen
    assert f'value="{chosen}" selected' in page.content.decode()


@pytest.mark.parametrize("garbage", ["nothing", "\x00", "check'", "x" * 500])
def test_a_meaningless_questionnaire_in_the_address_chooses_none(officer, check, garbage):
    response = officer.get(reverse("assessments:start"), {"questionnaire": garbage})
    assert response.status_code == 200
    assert response.context["form"]["version"].value() is None


def test_one_that_has_begun_is_opened_instead(officer, cast, check):
    make_answer(check, "functions", ["live"])
    streams = make_version(key="streams", version="0.9")
    begun = make_assessment(check.subject, version=streams)
    make_assessment(make_subject(cast.company), version=streams)
    (found,) = result(officer, check).context["leads"]["applying"]
    assert found["begun"] == begun
    text = result(officer, check).content.decode()
    assert reverse("assessments:tasks", args=[begun.pk]) in text
    assert "questionnaire=streams" not in text


def test_who_may_not_start_has_no_button(client, cast, check):
    make_answer(check, "functions", ["live"])
    client.force_login(cast.colleague)
    text = result(client, check).content.decode()
    assert "直播问卷" in text
    assert "questionnaire=streams" not in text


def test_what_is_not_published_is_not_named(officer, check):
    make_answer(check, "functions", ["live"])
    QuestionnaireVersion.objects.filter(key="streams").update(status="replaced")
    assert result(officer, check).context["leads"]["applying"] == []


def test_a_questionnaire_that_leads_nowhere_says_nothing(officer, assessment):
    make_answer(assessment, "functions", ["live"])
    assert result(officer, assessment).context["leads"] is None


def test_as_many_queries_however_many_have_begun(officer, check, queries_for):
    make_answer(check, "functions", ["live"])
    result(officer, check)
    address = reverse("assessments:result", args=[check.pk])
    before = queries_for(officer, address)
    for number in range(4):
        make_assessment(check.subject, version=make_version(key="streams", version=f"0.{number}"))
    assert Assessment.objects.count() == 5
    assert queries_for(officer, address) == before
