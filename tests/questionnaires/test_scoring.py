"""From achievements to a score, a rating and a tier."""

from fractions import Fraction
from typing import Any

import pytest

from questionnaires.document import Questionnaire
from questionnaires.scoring import Score, Scorer, Status
from tests.questionnaires.build import (
    Raw,
    asking,
    criterion,
    questionnaire,
    score,
    single,
    words,
    yes_no,
)

BECAUSE = {"because": words("grave")}


def rating(found: Score) -> str:
    assert found.rating is not None
    return found.questionnaire.ratings[found.rating].id


def test_criteria_are_weighed_within_their_domain_and_domains_among_each_other() -> None:
    asked = questionnaire(
        criterion("a", weight=3, domain="x"),
        criterion("b", weight=1, domain="x"),
        criterion("c", weight=7, domain="y"),
        domains=[
            {"id": "x", "title": words("x"), "weight": 2},
            {"id": "y", "title": words("y"), "weight": 1},
        ],
    )
    found = score(asked, {"a": "full", "b": "none", "c": "half"})
    assert found.domains == {"x": 75, "y": 50}
    assert found.score == Fraction(2 * 75 + 50, 3)


def test_questions_are_weighed_within_their_criterion() -> None:
    asked = questionnaire(criterion("c", single("a", weight="1/3"), single("b", weight="2/3")))
    assert score(asked, {"a": "full", "b": "none"}).score == Fraction(100, 3)


def test_a_minimum_takes_the_lowest() -> None:
    asked = questionnaire(criterion("c", single("a"), single("b", weight=9), combine="minimum"))
    assert score(asked, {"a": "half", "b": "full"}).score == 50
    assert score(asked, {"b": "full"}).score == 0, "unanswered is the lowest"


@pytest.mark.parametrize(
    ("answers", "status", "a"),
    [
        ({"a": "full", "b": "full"}, Status.FULL, 1),
        ({"a": "full", "b": "none"}, Status.PARTIAL, Fraction(1, 2)),
        ({"a": "none", "b": "none"}, Status.NONE, 0),
        ({"a": "none"}, Status.NONE, 0),
        ({"a": "full"}, Status.PARTIAL, Fraction(1, 2)),
        ({}, Status.UNANSWERED, 0),
    ],
)
def test_a_criterion_has_a_status(answers: Raw, status: Status, a: Any) -> None:
    standing = score(questionnaire(criterion("c", single("a"), single("b"))), answers).standings[
        "c"
    ]
    assert (standing.status, standing.achievement) == (status, a)


def test_nothing_out_of_nothing_is_not_applicable() -> None:
    ratio = asking("ratio", "r", linear={"worst": 0, "best": 1})
    nothing = {"numerator": 0, "denominator": 0}
    alone = questionnaire(criterion("a"), criterion("c", ratio))
    found = score(alone, {"a": "full", "r": nothing})
    assert found.score == 100
    assert found.standings["c"].status is Status.NOT_APPLICABLE
    assert found.standings["c"].absence == "by_rule"
    beside = questionnaire(criterion("c", ratio, single("q")))
    assert score(beside, {"r": nothing, "q": "half"}).score == 50


def test_where_nothing_applies_there_is_no_score_and_no_rating() -> None:
    asked = questionnaire(criterion("c", single("q"), claimable=True))
    found = score(asked, {"q": "none"}, {"c": "there is none"})
    assert (found.score, found.rating, found.band, found.domains) == (None, None, None, {})
    assert found.standings["c"].absence == "claimed"


def test_a_domain_without_applicable_criteria_has_no_share() -> None:
    asked = questionnaire(criterion("a", domain="x"), criterion("b", domain="y", claimable=True))
    found = score(asked, {"a": "half"}, {"c-b": "there is none"})
    assert found.domains == {"x": 50}
    assert found.score == 50


def test_a_claim_on_a_criterion_that_does_not_allow_it_is_nothing() -> None:
    asked = questionnaire(criterion("a"), criterion("b"))
    found = score(asked, {"a": "full"}, {"c-b": "there is none"})
    assert found.score == 50
    assert found.missing == ["b"]


def test_what_scoping_leaves_out_is_out_by_rule_even_if_claimed() -> None:
    asked = questionnaire(
        criterion("a"),
        criterion("b", claimable=True, applies_if={"question": "s", "is": "yes"}),
        scoping=[yes_no("s", None)],
    )
    claims = {"c-b": "there is none"}
    assert score(asked, {"s": "no"}, claims).standings["c-b"].absence == "by_rule"
    assert score(asked, {"s": "yes"}, claims).standings["c-b"].absence == "claimed"
    assert score(asked, {}, claims).standings["c-b"].absence == "claimed"


def test_an_answer_claimed_away_is_not_missed() -> None:
    asked = questionnaire(criterion("a", claimable=True), criterion("b"))
    assert score(asked, {}, {"c-a": "there is none"}).missing == ["b"]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"a": "full", "b": "full"}, "good"),
        ({"a": "full", "b": "most"}, "good"),
        ({"a": "full", "b": "some"}, "fair"),
        ({"a": "full", "b": "none"}, "poor"),
    ],
)
def test_a_band_begins_at_its_threshold(answers: Raw, expected: str) -> None:
    options = {"full": 100, "most": 80, "some": 20, "none": 0}
    asked = questionnaire(criterion("c", single("a", options), single("b", options)))
    assert rating(score(asked, answers)) == expected


def limited(kind: str, **more: Any) -> Questionnaire:
    limit = {"pass_mark": "0.5"} | BECAUSE | more
    return questionnaire(criterion("a", weight=99), criterion("b", single("q"), **{kind: limit}))


@pytest.mark.parametrize(
    ("answer", "expected"), [("full", "good"), ("half", "good"), ("none", "poor")]
)
def test_a_veto_below_its_pass_mark_forces_the_lowest_rating(answer: str, expected: str) -> None:
    found = score(limited("veto"), {"a": "full", "q": answer})
    assert found.score >= 99
    assert rating(found) == expected
    assert bool(found.triggered) == (answer == "none")


def test_a_cap_limits_the_rating_and_never_raises_it() -> None:
    asked = limited("cap", rating="fair")
    found = score(asked, {"a": "full", "q": "none"})
    assert rating(found) == "fair"
    assert found.questionnaire.ratings[found.band].id == "good"
    assert rating(score(asked, {"a": "none", "q": "none"})) == "poor"


def test_the_lowest_of_several_limits_counts() -> None:
    asked = questionnaire(
        criterion("a", weight=99),
        criterion("b", cap={"pass_mark": 1, "rating": "fair"} | BECAUSE),
        criterion("c", veto={"pass_mark": 1} | BECAUSE),
    )
    found = score(asked, {"a": "full", "b": "half", "c": "half"})
    assert rating(found) == "poor"
    assert [limit.criterion.id for limit in found.triggered] == ["c-b", "c-c"]


def test_a_limit_on_what_does_not_apply_does_not_bite() -> None:
    asked = questionnaire(
        criterion("a"), criterion("b", claimable=True, veto={"pass_mark": 1} | BECAUSE)
    )
    found = score(asked, {"a": "full"}, {"c-b": "there is none"})
    assert rating(found) == "good"
    assert not found.triggered


TIERS = [
    {
        "id": "key",
        "title": words("key"),
        "rule": words("big"),
        "if": {"question": "s", "is": "yes"},
    },
    {"id": "general", "title": words("general"), "rule": words("others")},
]


@pytest.mark.parametrize(
    ("answer", "tier", "expected"),
    [("yes", "key", "poor"), ("no", "general", "good"), (None, None, "good")],
)
def test_a_pass_mark_may_depend_on_the_tier(answer: str, tier: str | None, expected: str) -> None:
    asked = questionnaire(
        criterion("a", weight=99),
        criterion("b", veto={"pass_mark": "0.5", "pass_mark_by_tier": {"key": 1}} | BECAUSE),
        scoping=[yes_no("s", None)],
        tiers=TIERS,
    )
    answers = {"a": "full", "b": "half"} | ({"s": answer} if answer else {})
    found = score(asked, answers)
    assert found.tier == tier
    assert rating(found) == expected


def test_a_criterion_may_depend_on_the_tier() -> None:
    asked = questionnaire(
        criterion("a"),
        criterion("b", applies_if={"tier": "key"}),
        scoping=[yes_no("s", None)],
        tiers=TIERS,
    )
    assert score(asked, {"s": "no", "a": "full"}).score == 100
    assert score(asked, {"s": "yes", "a": "full"}).score == 50
    assert score(asked, {"a": "full"}).standings["c-b"].status is Status.UNANSWERED


def test_the_first_tier_whose_condition_holds_counts() -> None:
    first = TIERS[0] | {"id": "first"}
    asked = questionnaire(criterion("a"), scoping=[yes_no("s", None)], tiers=[first, *TIERS])
    assert score(asked, {"s": "yes"}).tier == "first"


def test_an_override_sets_what_applies_and_nothing_else() -> None:
    asked = questionnaire(criterion("a"), criterion("b", claimable=True))
    found = score(asked, {}, {"c-b": "there is none"})
    planned = Scorer(asked).score(found.sheet, {"c-a": Fraction(3, 4), "c-b": Fraction(1)})
    assert planned.score == 75
    assert planned.standings["c-a"].status is Status.PARTIAL
    assert planned.standings["c-b"].status is Status.NOT_APPLICABLE
    assert found.score == 0, "the first score stays as it was"
