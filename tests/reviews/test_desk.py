"""The desk: the queue, one criterion after the other, second look, decision."""

import datetime as dt
from fractions import Fraction

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from compliance.assessments.moving import move
from compliance.assessments.submissions.withdrawing import withdraw
from compliance.lifecycle import Status, Step
from compliance.organisations.models import Membership
from compliance.reviews.findings import Word, store
from compliance.reviews.models import ConflictingFinding, Decision, Finding, ReusableText, Review
from tests.cast import make_member, make_regulator, make_submission, make_user

Kind = Finding.Kind


def address(name, desk, *more):
    return reverse(f"reviews:{name}", args=[desk.submission.pk, *more])


@pytest.fixture
def reviewing(client, desk):
    desk.begin()
    client.force_login(desk.reviewer)
    return client


@pytest.fixture
def leading(client, desk):
    desk.begin()
    client.force_login(desk.lead)
    return client


def test_the_queue_shows_what_stands_in_the_jurisdiction(client, desk):
    elsewhere = make_member(make_regulator("310000"), "reviewer")
    for user, found in ((desk.reviewer, [desk.submission]), (elsewhere, [])):
        client.force_login(user)
        assert list(client.get(reverse("reviews:queue")).context["submissions"]) == found
    client.force_login(make_user())
    assert client.get(reverse("reviews:queue")).status_code == 403


def test_the_queue_is_narrowed_and_sorted(client, desk):
    other = make_submission()
    desk.begin()
    client.force_login(desk.reviewer)

    def found(**asked):
        return list(client.get(reverse("reviews:queue"), asked).context["submissions"])

    both = {other, desk.submission}
    assert set(found()) == both
    assert found(state="waiting") == [other]
    assert found(state="reviewing") == [desk.submission]
    assert set(found(assigned="nobody")) == both
    Review.objects.update(assigned_to=desk.reviewer, due_at=timezone.now())
    assert found(assigned="me") == [desk.submission]
    assert found(sort="due") == [desk.submission, other]
    assert set(found(region="110105", tier="normal")) == both
    assert found(questionnaire=other.questionnaire) == [other]
    assert set(found(region="'; DROP TABLE", rating="x", assigned="\0")) == both


def test_the_queue_costs_as_many_queries_with_many(client, desk, django_assert_max_num_queries):
    client.force_login(desk.reviewer)
    for _number in range(3):
        make_submission(None)
    with django_assert_max_num_queries(24):
        client.get(reverse("reviews:queue"))


def test_taking_up_leads_to_the_review(client, desk):
    client.force_login(desk.reviewer)
    assert "受理核查" in client.get(address("review", desk)).content.decode()
    assert client.post(address("take_up", desk)).url == address("review", desk)
    desk.assessment.refresh_from_db()
    assert desk.assessment.status == Status.UNDER_REVIEW
    assert client.post(address("take_up", desk)).url == address("review", desk), "twice is once"


def test_a_criterion_shows_question_answer_comment_and_article(reviewing, desk):
    page = reviewing.get(address("criterion", desk, "fraud")).content.decode()
    for words in ("上线前是否完成评估？", "完成并签批", "《示例法》第一条", "未附佐证材料"):
        assert words in page
    assert "该作答得100分" in page.replace(" ", "")
    assert "/ 100" not in page, "the points of an answer are said once"


def test_saving_leads_to_the_next_not_yet_checked(reviewing, desk):
    here = address("criterion", desk, "fraud")
    done = reviewing.post(here, {"kind": "agree", "revision": "0"})
    assert done.url == address("criterion", desk, "consent")
    assert Finding.objects.get().by == desk.reviewer


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "kind"),
        ({"kind": "reject_claim", "reason": "x"}, "kind"),  # nothing was claimed
        ({"kind": "adjust", "reason": "x"}, "achievement"),
        ({"kind": "adjust", "achievement": "101", "reason": "x"}, "achievement"),
        ({"kind": "adjust", "achievement": "NaN", "reason": "x"}, "achievement"),
        ({"kind": "adjust", "achievement": "50"}, "reason"),
        ({"kind": "ask"}, "reason"),
        ({"kind": "ask", "reason": "x" * 4001}, "reason"),
        ({"kind": "agree", "revision": "-1"}, "revision"),
    ],
)
def test_what_does_not_fit_is_refused_and_kept_on_the_page(reviewing, desk, sent, field):
    page = reviewing.post(address("criterion", desk, "fraud"), {"revision": "0"} | sent)
    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert not Finding.objects.exists()
    assert sent.get("reason", "") in page.content.decode()


def test_an_adjustment_in_percent_is_exact(reviewing, desk):
    sent = {"kind": "adjust", "achievement": "33.3", "reason": "抽查不符", "revision": "0"}
    reviewing.post(address("criterion", desk, "fraud"), sent)
    found = Finding.objects.get()
    assert (found.achievement, found.look) == ("333/1000", Finding.Look.WAITING)
    page = reviewing.get(address("criterion", desk, "fraud"))
    assert page.context["form"].initial["achievement"] == "33.3"


def test_an_outdated_page_makes_a_conflict_that_is_settled_on_the_page(reviewing, desk):
    store(desk.review, Word("fraud", Kind.ASK, reason="请补充"), 0, desk.second)
    here = address("criterion", desk, "fraud")
    assert reviewing.post(here, {"kind": "agree", "revision": "0"}).url == here
    page = reviewing.get(here).content.decode()
    assert "请补充" in page
    other = ConflictingFinding.objects.get()
    for choice in ("x", f"{other.pk}.both.1", f"{other.pk}.other.x"):
        assert reviewing.post(here, {"choose": choice}).status_code == 400
    reviewing.post(here, {"choose": f"{other.pk}.other.7"})
    assert ConflictingFinding.objects.exists(), "the stored one had changed"
    reviewing.post(here, {"choose": f"{other.pk}.other.1"})
    assert not ConflictingFinding.objects.exists()
    assert Finding.objects.get().kind == Kind.AGREE


def test_a_criterion_that_is_none_is_a_404(reviewing, desk):
    for criterion in ("nothing", "minors-mode"):  # scoping leaves the second one out
        assert reviewing.get(address("criterion", desk, criterion)).status_code == 404


def test_an_auditor_reads_and_writes_nothing(client, desk):
    desk.begin()
    client.force_login(desk.auditor)
    here = address("criterion", desk, "fraud")
    assert client.get(here).status_code == 200
    assert client.post(here, {"kind": "agree", "revision": "0"}).status_code == 403


@pytest.mark.parametrize("name", ["assign", "second_look", "decide"])
def test_before_it_is_taken_up_the_page_says_what_to_do(client, desk, name):
    client.force_login(desk.lead)
    page = client.get(address(name, desk))
    assert page.status_code == 409
    assert "请先受理该报送件" in page.content.decode()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(desk.lead)
    assert strict.post(address(name, desk)).status_code == 409
    withdraw(desk.submission, desk.submission.submitted_by, "填写有误")
    page = client.post(address(name, desk), {})
    assert page.status_code == 409
    assert "已撤回" in page.content.decode()
    client.force_login(desk.reviewer)
    assert client.get(address(name, desk)).status_code == 403


def test_a_finding_before_it_is_taken_up_is_a_conflict(client, desk):
    client.force_login(desk.reviewer)
    page = client.post(address("criterion", desk, "fraud"), {"kind": "agree", "revision": "0"})
    assert page.status_code == 409
    assert "请先受理该报送件" in page.content.decode()


def test_the_lead_assigns_in_working_days(leading, desk):
    page = leading.get(address("assign", desk)).content.decode()
    assert '<option value="" selected>请选择</option>' in page
    sent = {"person": desk.second.pk, "working_days": "5"}
    assert leading.post(address("assign", desk), sent).url == address("review", desk)
    review = Review.objects.get()
    assert review.assigned_to == desk.second
    assert review.due_at > timezone.now()
    refused = leading.post(address("assign", desk), {"person": desk.company.pk})
    assert refused.status_code == 422


@pytest.mark.parametrize(
    ("end", "day", "warned"),
    [("2026-12-01", "2026年11月30日", False), ("2099-12-02", "2099年12月1日", True)],
)
def test_a_day_ends_at_midnight_and_an_unknown_calendar_is_told(leading, desk, end, day, warned):
    Review.objects.update(due_at=dt.datetime.fromisoformat(f"{end}T00:00+08:00"))
    for page in ("review", "assign"):
        html = leading.get(address(page, desk)).content.decode()
        assert day in html
        assert ("2099年的节假日安排尚未公布" in html) == warned
    assert day in leading.get("/reviews/").content.decode()


def test_the_second_look_confirms_or_sends_back(leading, desk):
    _outcome, finding = store(desk.review, Word("fraud", Kind.ADJUST, None, "x"), 0, desk.reviewer)
    here = address("second_look", desk)
    sent = {"finding": finding.pk, "revision": "1"}
    assert leading.post(here, sent | {"answer": "send_back"}).status_code == 422
    leading.post(here, sent | {"answer": "send_back", "note": "请写明依据"})
    finding.refresh_from_db()
    assert finding.look == Finding.Look.SENT_BACK
    assert "请写明依据" in leading.get(address("criterion", desk, "fraud")).content.decode()


def test_the_overview_says_to_what_an_achievement_is_adjusted(leading, desk):
    word = Word("fraud", Kind.ADJUST, Fraction(2, 5), "抽查未见记录")
    store(desk.review, word, 0, desk.reviewer)
    page = leading.get(address("review", desk)).content.decode()
    assert "调整达成度 · 40%" in page


def test_nobody_confirms_their_own(leading, desk):
    _outcome, finding = store(desk.review, Word("fraud", Kind.ADJUST, None, "x"), 0, desk.lead)
    sent = {"finding": finding.pk, "revision": "1", "answer": "confirm"}
    assert leading.post(address("second_look", desk), sent).status_code == 403


def test_a_decision_is_explained_where_it_is_not_possible_yet(leading, desk):
    here = address("decide", desk)
    refused = leading.post(here, {"decision": "pass"})
    assert refused.status_code == 409
    assert "已核查0个" in refused.content.decode()
    refused = leading.post(here, {"decision": "demand"})
    assert {"statement", "working_days"} <= set(refused.context["form"].errors)


def test_what_stands_in_the_way_of_every_decision_is_said_once(leading, desk):
    store(desk.review, Word("fraud", Finding.Kind.ADJUST, Fraction(0), "x"), 0, desk.reviewer)
    page = leading.get(address("decide", desk)).content.decode()
    assert "尚不能作出任何决定" in page
    assert page.replace(" ", "").count("有1条核查意见待复核。") == 1
    assert "尚不能作出“核查通过”的决定" in page, "not everything is checked"
    assert "尚不能作出“退回补正”的决定" not in page


def test_a_decision_is_told_to_the_company_which_then_sees_the_findings(leading, desk, client):
    for criterion in ("fraud", "consent", "labels", "review-maturity"):
        store(desk.review, Word(criterion, Kind.AGREE), 0, desk.reviewer)
    assert leading.post(address("decide", desk), {"decision": "pass"}).status_code == 302
    assert Review.objects.get().decision == Decision.PASS
    refused = leading.post(address("decide", desk), {"decision": "pass"})
    assert refused.status_code == 409
    client.force_login(desk.submission.submitted_by)
    assert "核查通过" in client.get(address("outcome", desk)).content.decode()


def test_a_withdrawn_submission_tells_when_and_why_and_not_how_it_goes_on(client, desk):
    withdraw(desk.submission, desk.submission.submitted_by, "基准日填写有误")
    with transaction.atomic():
        move(desk.assessment, Step.REOPEN)
    client.force_login(desk.lead)
    page = client.get(address("review", desk))
    html = page.content.decode()
    assert "已撤回" in html
    assert "基准日填写有误" in html
    assert "草稿" not in html, "a draft is no regulator's business"
    assert not any(page.context["may"][name] for name in ("take_up", "assign", "review", "decide"))
    assert page.context["may"]["read_record"]


def test_before_the_decision_the_company_sees_nothing(client, desk):
    desk.begin()
    store(desk.review, Word("fraud", Kind.ASK, reason="内部意见"), 0, desk.reviewer)
    client.force_login(desk.submission.submitted_by)
    assert client.get(address("outcome", desk)).status_code == 404
    assert client.get(address("review", desk)).status_code == 404


def test_reusable_texts_belong_to_a_regulator(client, desk):
    desk.begin()
    client.force_login(desk.reviewer)
    sent = {"organisation": desk.regulator.pk, "title": "补报告", "text": "请补充评估报告。"}
    client.post(reverse("reviews:text_add"), sent)
    text = ReusableText.objects.get()
    assert "补报告" in client.get(address("criterion", desk, "fraud")).content.decode()
    delete = reverse("reviews:text_delete", args=[text.pk])
    assert "补报告" in client.get(delete).content.decode()
    assert ReusableText.objects.exists(), "asked first"
    foreign = make_member(make_regulator("310000"), "reviewer")
    client.force_login(foreign)
    assert client.get(delete).status_code == 404
    assert client.get(reverse("reviews:text_edit", args=[text.pk])).status_code == 404
    client.post(reverse("reviews:text_delete", args=[text.pk]))
    assert ReusableText.objects.exists()
    assert client.post(reverse("reviews:text_add"), sent).status_code == 422, "not their regulator"
    assert ReusableText.objects.count() == 1


def test_a_review_is_no_matter_of_another_regulator_in_the_same_region(client, desk):
    province = make_member(make_regulator("110000"), "lead_reviewer")
    client.force_login(province)
    assert client.get(address("review", desk)).status_code == 200, "nobody reviews it yet"
    desk.begin()
    store(desk.review, Word("fraud", Kind.ASK, reason="内部意见"), 0, desk.reviewer)
    for name, more in (("review", ()), ("criterion", ("fraud",)), ("second_look", ())):
        assert client.get(address(name, desk, *more)).status_code == 403, name
    assert not client.get(reverse("reviews:queue")).context["submissions"]


@pytest.mark.parametrize("choice", ["9" * 5000 + ".other.1", "1.other." + "9" * 5000, "１.other.1"])
def test_a_choice_that_is_none_is_a_bad_request(reviewing, desk, choice):
    here = address("criterion", desk, "fraud")
    assert reviewing.post(here, {"choose": choice}).status_code == 400


def test_a_page_that_was_open_too_long_says_so_and_keeps_the_words(desk):
    desk.begin()
    client = Client(enforce_csrf_checks=True)
    client.force_login(desk.reviewer)
    sent = {"kind": "ask", "reason": "请补充签批页", "revision": "0"}
    page = client.post(address("criterion", desk, "fraud"), sent)
    assert page.status_code == 403
    assert page.context["unconfirmed"]
    assert "请补充签批页" in page.content.decode()
    assert not Finding.objects.exists()


def test_whoever_belongs_to_the_company_never_reviews_it(client, desk):
    desk.begin()
    Membership.objects.create(user=desk.reviewer, organisation=desk.company, role="auditor")
    client.force_login(desk.reviewer)
    for name, more in (("review", ()), ("criterion", ("fraud",))):
        assert client.get(address(name, desk, *more)).status_code == 404, name


@pytest.mark.parametrize("name", ["criterion", "decide", "assign", "second_look", "text_add"])
def test_a_form_of_unknown_origin_is_shown_again_and_nothing_is_stored(desk, name):
    desk.begin()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(desk.lead)
    here = reverse("reviews:text_add") if name == "text_add" else None
    here = here or address(name, desk, *(["fraud"] if name == "criterion" else []))
    sent = {"kind": "agree", "revision": "0", "decision": "return", "statement": "补正"}
    page = strict.post(here, sent | {"person": desk.second.pk, "title": "x", "text": "x"})
    assert page.status_code == 403
    assert "尚未保存" in page.content.decode()
    assert not Finding.objects.exists()
    assert not ReusableText.objects.exists()
    assert Review.objects.get().assigned_to is None
