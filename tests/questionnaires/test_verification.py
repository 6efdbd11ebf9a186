"""The verified figure beside the self-assessed one."""

from fractions import Fraction

import pytest

from questionnaires.answers import AnswerSheet
from questionnaires.scoring import Scorer, Status
from questionnaires.verification import Verdict, checkable_criteria, verify
from tests.questionnaires.build import criterion, questionnaire, sheet, single, words

HALF = Fraction(1, 2)


def scorer(*criteria, **fields):
    return Scorer(questionnaire(*criteria, **fields))


def answered(asked: Scorer, answers, not_applicable=()) -> AnswerSheet:
    return sheet(asked.questionnaire, answers, claims=dict.fromkeys(not_applicable, "x"))


def test_without_verdicts_the_verified_score_is_the_self_assessed_one():
    asked = scorer(criterion("a"), criterion("b"))
    given = answered(asked, {"a": "full", "b": "half"})
    found = verify(asked, given, {})
    assert found.score.score == asked.score(given).score
    assert (found.checked, found.total) == (0, 2)


def test_an_adjustment_counts_and_agreement_changes_nothing():
    asked = scorer(criterion("a"), criterion("b"))
    given = answered(asked, {"a": "full", "b": "half"})
    found = verify(asked, given, {"c-a": Verdict(HALF), "c-b": Verdict()})
    assert found.score.score == 50
    assert (found.checked, found.total) == (2, 2)


@pytest.mark.parametrize(("achievement", "score"), [(None, 50), (HALF, 75)])
def test_a_rejected_claim_counts_0_unless_the_reviewer_says_otherwise(achievement, score):
    asked = scorer(criterion("a"), criterion("b", claimable=True))
    given = answered(asked, {"a": "full"}, ["c-b"])
    assert asked.score(given).score == 100
    found = verify(asked, given, {"c-b": Verdict(achievement, rejects_claim=True)})
    assert found.score.score == score
    assert found.score.standings["c-b"].status is not Status.NOT_APPLICABLE
    assert (found.checked, found.total) == (1, 2)


def test_an_accepted_measure_lifts_the_veto_and_leaves_the_points():
    veto = {"pass_mark": 1, "because": words("grave")}
    asked = scorer(criterion("a", veto=veto), criterion("b"))
    given = answered(asked, {"a": "none", "b": "full"})
    plain, lifted = (
        verify(asked, given, {}),
        verify(asked, given, {"c-a": Verdict(accepts_measure=True)}),
    )
    assert plain.score.triggered
    assert not lifted.score.triggered
    assert plain.score.score == lifted.score.score == 50


def test_a_verdict_on_an_unknown_criterion_is_refused():
    asked = scorer(criterion("a"))
    with pytest.raises(KeyError):
        verify(asked, answered(asked, {}), {"z": Verdict()})


@pytest.mark.parametrize("achievement", [Fraction(-1, 9), Fraction(10, 9)])
def test_an_achievement_outside_of_0_to_1_is_refused(achievement):
    with pytest.raises(ValueError, match="between 0 and 1"):
        Verdict(achievement)


def test_what_a_rule_leaves_out_is_not_checked():
    asked = scorer(
        criterion("a"),
        criterion("b", applies_if={"question": "s", "is": "yes"}),
        scoping=[single("s", {"yes": None, "no": None})],
    )
    assert checkable_criteria(asked.score(answered(asked, {"a": "full", "s": "no"}))) == {"c-a"}
