"""The explanation of any figure: formulas that can be followed with a pocket calculator."""

import re
from fractions import Fraction

import pytest

from compliance.assessments.models import Assessment
from questionnaires.exact import rounded
from tests.assessments.test_result import ANSWERS, SCOPE, address, claim, shown, text
from tests.cast import make_answer

pytestmark = pytest.mark.django_db

CRITERIA = ["fraud", "consent", "labels", "review-maturity", "minors-mode"]


@pytest.fixture
def answered(assessment):
    for question, value in {**SCOPE, **ANSWERS}.items():
        make_answer(assessment, question, value)
    return assessment


def explained(client, assessment, rest="", prefix="/en"):
    return shown(client, address(assessment, f"explain/{rest}", prefix))


def formulas(html):
    return re.findall(r'<p class="formula">([^<]+)</p>', html)


def calculate(formula):
    """Work out a formula as a calculator would, exactly."""
    signs = {"×": "*", "÷": "/", "−": "-"}
    written = "".join(signs.get(sign, sign) for sign in formula)
    exact = re.sub(r"\d+(\.\d+)?", lambda number: f"Fraction('{number[0]}')", written)
    return eval(exact, {"Fraction": Fraction, "min": min})


def check(formula):
    left, sign, right = re.fullmatch(r"(.+) ([=≈]) ([\d.]+)%?", formula).groups()
    found, said = calculate(left) * (100 if formula.endswith("%") else 1), Fraction(right)
    if sign == "=":
        assert found == said, formula
    else:
        places = len(right.partition(".")[2])
        assert abs(found - said) <= Fraction(1, 10**places), formula


@pytest.mark.parametrize(
    "rest", ["", "domains/risk/", "domains/content/", *(f"{name}/" for name in CRITERIA[:4])]
)
def test_every_formula_gives_what_it_says(officer, answered, rest):
    found = formulas(explained(officer, answered, rest))
    assert found
    for formula in found:
        check(formula)


def test_a_criterion_is_explained_from_the_answer_to_the_article(officer, answered):
    html = explained(officer, answered, "fraud/")
    plain = text(html)
    steps = [
        "2.1 Was it assessed before launch?",
        "Done after launch",
        "This answer earns 30 of 100 points.",
        "31 January 2026",
        "since 21 November 2025",
        "Achievement",
        "Points lost",
        "Sample Law, article 1",
        "Sample Plan, item 15",
    ]
    places = [plain.index(step) for step in steps]
    assert places == sorted(places)
    assert "(30 + 100) ÷ 2 ÷ 100 = 0.65" in formulas(html)
    # Weight 2 of 3 in a domain of weight 1 of 2.
    assert "100 × 1 ÷ 2 × 2 ÷ 3 × (1 − 0.65) ≈ 11.6667" in formulas(html)
    assert "5 × 5 × (1 − 0.65) = 8.75" in formulas(html)
    assert f'href="/en/assessments/{answered.pk}/sections/risks/#question-assessed"' in html


def test_what_does_not_apply_says_why(officer, answered, cast):
    assert "Not offered to minors." in explained(officer, answered, "minors-mode/")
    claim(answered, "consent", "没有真人原型", cast.officer)
    html = explained(officer, answered, "consent/")
    assert "Claimed by the company" in html
    assert "没有真人原型" in html


def test_an_unanswered_question_is_named_as_such(officer, answered):
    answered.answers.filter(question="maturity").delete()
    assert "Unanswered: 0 points" in explained(officer, answered, "review-maturity/")
    assert "作答前按 0 分计" in explained(officer, answered, "review-maturity/", prefix="")


def test_the_domains_make_the_score(officer, answered):
    page = officer.get(address(answered, "explain/"))
    summary = page.context["summary"]
    total = sum(Fraction(row["product"]) for row in page.context["domains"])
    assert Fraction(page.context["products"]) == total
    weights = Fraction(page.context["weights"])
    assert rounded(total / weights) == summary.shown
    assert sum(row["lost"] for row in page.context["domains"]) == summary.lost_shown


def test_the_criteria_make_the_score_of_their_domain(officer, answered):
    page = officer.get(address(answered, "explain/domains/content/"))
    total = sum(row["product"] for row in page.context["criteria"])
    assert total == page.context["products"]
    assert [row["id"] for row in page.context["criteria"]] == ["labels", "review-maturity"]
    assert page.context["left_out"] == ["未成年人模式"]
    lost = sum(row["lost"] or 0 for row in page.context["criteria"])
    assert lost == page.context["domain"].lost_shown


def test_a_draft_has_no_rating_in_its_explanation_either(officer, answered):
    assert "A draft carries no rating." in explained(officer, answered)
    Assessment.objects.filter(pk=answered.pk).update(status=Assessment.Status.FINISHED)
    assert "in the end Not conforming" in explained(officer, answered)


def test_the_tier_is_explained_by_its_rules(officer, answered):
    plain = text(explained(officer, answered))
    assert "Ordinary : By default" in plain
    assert "Here: Ordinary." in plain


@pytest.mark.parametrize("rest", ["nowhere/", "domains/nowhere/", "domains/"])
def test_what_the_questionnaire_does_not_have_is_not_found(officer, answered, rest):
    assert officer.get(address(answered, f"explain/{rest}")).status_code == 404
