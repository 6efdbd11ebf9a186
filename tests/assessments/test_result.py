"""The result: where the company stands, what each point was lost on, what to do next."""

import re
from decimal import Decimal
from urllib.parse import urlsplit

import pytest

from compliance.assessments.models import Assessment, NotApplicableClaim
from questionnaires.publishing import canonical
from tests.cast import make_answer, make_assessment, make_subject, make_version
from tests.page import Form
from tests.questionnaires.build import criterion, questionnaire

pytestmark = pytest.mark.django_db

SCOPE = {"functions": ["live"], "minors": "no", "users": 3}
ANSWERS = {
    "assessed": "late",
    "assessed-on": "2026-01-31",
    "consent-share": {"numerator": 1, "denominator": 3},
    "consent-files": ["consents.pdf"],
    "label-places": ["start"],
    "reviewers": 3,
    "maturity": 2,
}
ALL_GAPS = ["fraud", "consent", "labels", "review-maturity"]


@pytest.fixture
def answered(assessment):
    for question, value in {**SCOPE, **ANSWERS}.items():
        make_answer(assessment, question, value)
    return assessment


def address(assessment, rest="", prefix=""):
    return f"{prefix}/assessments/{assessment.pk}/result/{rest}"


def shown(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def claim(assessment, criterion, justification, by):
    NotApplicableClaim.objects.create(
        assessment=assessment,
        criterion=criterion,
        claimed=True,
        justification=justification,
        by=by,
        at=assessment.created_at,
    )


def finish(assessment):
    Assessment.objects.filter(pk=assessment.pk).update(status=Assessment.Status.FINISHED)


def text(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def printed_losses(html, start='id="gaps"'):
    html = html[html.index(start) :]
    return [Decimal(found) for found in re.findall(r"−([\d.]+) points", html)]


def figure(html, name):
    """Return the figure that the head of the page gives under that name."""
    found = re.search(rf"<dt>{name}</dt><dd>(?:<a[^>]*>)?([\d.]+)", html)
    assert found, name
    return Decimal(found[1])


def test_the_printed_points_lost_add_up_to_what_the_score_lacks(officer, answered):
    html = shown(officer, address(answered, prefix="/en"))
    losses = printed_losses(html)
    assert len(losses) == len(ALL_GAPS)
    assert sum(losses) == figure(html, "Points lost") == 100 - figure(html, "Provisional score")


def test_the_largest_loss_comes_first(officer, answered):
    losses = printed_losses(shown(officer, address(answered, prefix="/en")))
    assert losses == sorted(losses, reverse=True)


def test_a_draft_is_provisional_and_carries_no_rating(officer, answered):
    html = shown(officer, address(answered))
    assert "暂定得分率" in html
    assert "草稿不作评级" in html
    assert "不符合" in html  # the status of criteria, and the title of a rating
    assert "rating--lowest" not in html
    assert "rating--best" not in html
    assert "评级理由" not in html


def test_a_draft_says_what_is_missing_and_leads_there(officer, answered):
    answered.answers.filter(question__in=["maturity", "reviewers", "users"]).delete()
    html = shown(officer, address(answered))
    assert "还有 3 题未作答" in html
    here = f"/assessments/{answered.pk}/sections"
    assert f'href="{here}/scope/#question-users"' in html
    assert f'href="{here}/contents/#question-reviewers"' in html


def test_a_finished_assessment_has_a_rating_with_its_reasons(officer, answered):
    finish(answered)
    html = shown(officer, address(answered))
    assert "rating--lowest" in html
    assert "仅看得分率：不符合（0 分及以上）" in html
    assert "暂定" not in html


@pytest.mark.parametrize(
    ("limit", "effect", "rule"),
    [
        ({"veto": {}}, "评为“poor", "无论得分率多少，均评为“poor"),
        ({"cap": {"rating": "fair"}}, "评级最高为“fair", "评级不得高于“fair"),
    ],
    ids=["veto", "cap"],
)
def test_a_veto_says_how_it_rates_and_a_cap_how_at_best(officer, cast, limit, effect, rule):
    [(kind, more)] = limit.items()
    said = {"pass_mark": "0.6", "because": {"zh": "缘由。", "en": "Reason."}} | more
    asked = questionnaire(criterion("only", **{kind: said}))
    version = make_version(document=canonical(asked).decode())
    assessment = make_assessment(make_subject(cast.company), version=version)
    make_answer(assessment, "only", "none")
    finish(assessment)
    assert effect in shown(officer, address(assessment))
    assert rule in shown(officer, address(assessment, "explain/c-only/"))


def test_the_tier_stands_with_the_rule_that_placed_the_subject_there(officer, answered):
    html = shown(officer, address(answered))
    assert "一般对象" in html
    assert "默认" in html


def test_a_contradiction_stands_with_links_to_both_answers(officer, answered):
    answered.answers.filter(question="reviewers").update(value=0)
    html = shown(officer, address(answered))
    assert "既有直播，又没有审核人员。" in html
    assert f'href="/assessments/{answered.pk}/sections/scope/#question-functions"' in html
    assert f'href="/assessments/{answered.pk}/sections/contents/#question-reviewers"' in html
    assert "核对 1 处相互矛盾的作答" in html


def test_a_high_gap_risk_is_a_major_risk_whatever_the_score(officer, answered):
    assert "无：未触发否决项" in shown(officer, address(answered))
    answered.answers.filter(question="assessed").update(value="none")
    html = shown(officer, address(answered))
    risks = html[html.index('id="major-risks"') : html.index('id="gaps"')]
    assert "涉诈风险评估" in risks
    assert "处理 1 项重大风险隐患" in html


def test_what_does_not_apply_stands_with_its_reason(officer, answered, cast):
    claim(answered, "consent", "不处理人脸<b>", cast.officer)
    html = shown(officer, address(answered))
    absent = html[html.index('id="absent"') :]
    assert "不面向未成年人。" in absent
    assert "企业主张不适用" in absent
    assert "不处理人脸&lt;b&gt;" in absent


def test_the_counts_of_the_domains_add_up(officer, answered):
    context = officer.get(address(answered)).context
    for status in ("full", "partial", "none", "unanswered", "not_applicable"):
        assert sum(row[status] for row in context["domains"]) == context["total"][status]
    assert sum(row["lost"] for row in context["domains"]) == context["total"]["lost"]
    assert context["total"]["not_applicable"] == 1


def test_every_link_of_the_page_leads_somewhere(officer, answered):
    answered.answers.filter(question="reviewers").update(value=0)
    html = shown(officer, address(answered))
    ids = set(re.findall(r' id="([^"]+)"', html))
    for link in set(re.findall(r'href="([^"]+)"', html)):
        if link.startswith("#"):
            assert link[1:] in ids, link
        elif link.startswith("/assessments/"):
            page = officer.get(link, follow=True)
            assert page.status_code == 200, link
            if fragment := urlsplit(link).fragment:
                assert f'id="{fragment}"' in page.content.decode(), link


def test_nothing_answered_yet_is_a_friendly_page(officer, assessment):
    html = shown(officer, address(assessment))
    assert "尚未作答" in html
    assert f'href="/assessments/{assessment.pk}/"' in html


def test_where_nothing_applies_there_is_no_score(officer, cast):
    asked = questionnaire(criterion("only", claimable=True))
    version = make_version(document=canonical(asked).decode())
    assessment = make_assessment(make_subject(cast.company), version=version)
    claim(assessment, "c-only", "没有这项业务", cast.officer)
    assert "—</a> <small>/ 100" in shown(officer, address(assessment))
    assert "没有适用的评估项" in shown(officer, address(assessment, "explain/"))
    assert "没有适用的评估项" in shown(officer, address(assessment, "explain/domains/d/"))
    finish(assessment)
    assert "rating--none" in shown(officer, address(assessment))


def test_it_speaks_the_language_of_the_page(officer, answered):
    english = text(shown(officer, address(answered, prefix="/en")))
    assert "What to do next" in english
    assert "Visible labels" in english
    chinese = text(shown(officer, address(answered)))
    assert "接下来做什么" in chinese
    assert "显式标识" in chinese


def test_another_companys_result_does_not_exist(client, cast, answered):
    client.force_login(cast.stranger)
    for rest in ("", "planned/", "explain/", "explain/domains/risk/", "explain/fraud/"):
        assert client.get(address(answered, rest)).status_code == 404


def test_as_many_queries_for_many_answers_as_for_one(
    officer, cast, answered, django_assert_num_queries
):
    few = make_assessment(make_subject(cast.company), version=answered.version)
    make_answer(few, "minors", "no")
    shown(officer, address(few))  # the version is read once and kept
    for rest in ("", "?close=fraud", "planned/?close=fraud", "explain/", "explain/fraud/"):
        for assessment in (few, answered):
            # session, user, assessment with roles, answers, claims, memberships, notices
            with django_assert_num_queries(7):
                shown(officer, address(assessment, rest))


class TestPlanning:
    def test_ticking_a_gap_shows_the_planned_score(self, officer, answered):
        html = shown(officer, address(answered, "?close=fraud", prefix="/en"))
        now, lost = figure(html, "Provisional score"), printed_losses(html, 'id="gap-fraud"')[0]
        planned = html[html.index('class="planned__figures"') :]
        assert f">{now + lost}<" in planned
        assert f">+{lost}<" in planned

    def test_the_form_of_the_page_keeps_what_is_ticked(self, officer, answered):
        form = Form(officer.get(address(answered, "?close=fraud&close=labels")))
        assert sorted(form.fields["close"]) == ["fraud", "labels"]

    def test_ticking_every_gap_gives_100(self, officer, answered):
        query = "&".join(f"close={gap}" for gap in ALL_GAPS)
        planned = officer.get(address(answered, f"?{query}")).context
        assert planned["planned"] == 100
        assert planned["difference"] == f"+{planned['summary'].lost_shown}"

    def test_a_draft_has_no_planned_rating(self, officer, answered):
        assert officer.get(address(answered, "?close=fraud")).context["planned_rating"] is None

    def test_a_finished_one_has_a_planned_rating(self, officer, answered):
        finish(answered)
        query = "&".join(f"close={gap}" for gap in ALL_GAPS)
        html = shown(officer, address(answered, f"?{query}"))
        assert "总体符合" in html[html.index('class="planned__figures"') :]

    def test_one_click_plans_the_largest_gaps(self, officer, answered):
        html = shown(officer, address(answered))
        (link,) = re.findall(r'href="([^"]+)"[^>]*>全部差距项', html)
        planned = officer.get(link.replace("&amp;", "&")).context
        assert planned["planned"] == 100

    def test_a_criterion_without_a_gap_changes_nothing(self, officer, answered):
        context = officer.get(address(answered, "?close=minors-mode")).context
        assert context["planned"] == context["now"]

    @pytest.mark.parametrize("rest", ["", "planned/"])
    def test_an_unknown_criterion_is_refused_by_name(self, officer, answered, rest):
        response = officer.get(address(answered, f"{rest}?close=fraud&close=<b>x"))
        assert response.status_code == 400
        assert "&lt;b&gt;x" in response.content.decode()

    def test_a_script_is_given_the_same_figures(self, officer, answered):
        page = shown(officer, address(answered, "?close=fraud&close=labels"))
        part = shown(officer, address(answered, "planned/?close=fraud&close=labels"))
        for name in ("figures", "steps"):
            pattern = (
                rf'data-part="{name}">.*?(?=<div|<p class="planned__send|</div>\s*</main|</aside)'
            )
            assert (
                re.search(pattern, page, re.S)[0].strip()
                == re.search(pattern, part, re.S)[0].strip()
            )
