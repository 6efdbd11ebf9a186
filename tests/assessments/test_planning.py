"""A plan: what the score would be if some gaps were closed, and what each of them adds."""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from compliance.assessments.outline import Outline
from compliance.assessments.planning import UnknownCriterionError, plan
from questionnaires.answers import AnswerSheet
from questionnaires.scoring import Score, Scorer
from questionnaires.summary import summarise
from tests.questionnaires.build import criterion, questionnaire, sheet, single

POINTS = {"full": 100, "a": 37, "b": "100/3", "c": 70, "none": 0}
ASKED = questionnaire(
    *(
        criterion(f"c{number}", single(f"q{number}", POINTS), weight=weight)
        for number, weight in enumerate([1, 3, 7, "1/3", 11, 2, 5])
    )
)
OUTLINE = Outline(Scorer(ASKED))


@dataclass
class Answered:
    """As much of a draft as a plan looks at."""

    sheet: AnswerSheet
    outline: Outline = OUTLINE
    score: Score = field(init=False)

    def __post_init__(self):
        self.score = self.outline.scorer.score(self.sheet)


answers = st.fixed_dictionaries({f"q{n}": st.sampled_from(list(POINTS)) for n in range(7)})
criteria = st.sets(st.sampled_from([f"c{number}" for number in range(7)]))


@given(answers, criteria)
def test_the_steps_add_up_to_the_difference_of_the_printed_scores(given_answers, closed):
    draft = Answered(sheet(ASKED, given_answers))
    now = summarise(draft.score)
    found = plan(draft, now, closed)
    assert found.shown == summarise(found.score).shown
    assert found.difference == found.shown - now.shown
    assert sum((step.adds for step in found.steps), Decimal(0)) == found.difference
    for step in found.steps:
        assert abs(Fraction(step.adds) - step.gap.lost) < Fraction(1, 100)


@given(answers)
def test_closing_every_gap_gives_100(given_answers):
    draft = Answered(sheet(ASKED, given_answers))
    found = plan(draft, summarise(draft.score), [f"c{number}" for number in range(7)])
    assert found.shown == 100


@given(answers, criteria)
def test_a_step_adds_what_is_printed_as_lost_unless_the_sum_forbids_it(given_answers, closed):
    draft = Answered(sheet(ASKED, given_answers))
    found = plan(draft, summarise(draft.score), closed)
    assume(found.difference.as_tuple().exponent == -2)  # more where two would cross a band
    printed = sum((step.gap.lost_shown for step in found.steps), Decimal(0))
    differing = sum(step.adds != step.gap.lost_shown for step in found.steps)
    assert differing == abs(printed - found.difference) * 100


def test_the_steps_add_up_where_one_score_needs_more_decimals_than_the_other():
    """59.99996 must not be printed as 60.00, a better rating; 66.67 needs no more decimals."""
    asked = questionnaire(
        criterion("c1", single("q1", {"full": 100, "given": "86.66659", "none": 0})),
        criterion("c2", single("q2", {"full": 100, "given": "100/3", "none": 0})),
    )
    draft = Answered(sheet(asked, {"q1": "given", "q2": "given"}), Outline(Scorer(asked)))
    now = summarise(draft.score)
    found = plan(draft, now, ["c1"])
    assert (now.shown, found.shown) == (Decimal("59.99996"), Decimal("66.67"))
    assert [step.adds for step in found.steps] == [Decimal("6.67004")]


def test_what_is_no_gap_changes_nothing():
    draft = Answered(sheet(ASKED, {f"q{number}": "full" for number in range(7)}))
    found = plan(draft, summarise(draft.score), ["c1"])
    assert (found.shown, found.difference, found.steps) == (100, 0, ())


def test_an_unknown_criterion_is_refused_by_name():
    draft = Answered(sheet(ASKED, {}))
    with pytest.raises(UnknownCriterionError, match="c99"):
        plan(draft, summarise(draft.score), ["c1", "c99"])
