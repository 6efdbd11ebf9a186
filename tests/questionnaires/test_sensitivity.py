"""How often the rating changes when the weights move."""

from fractions import Fraction
from random import Random

import pytest

from questionnaires.document import Questionnaire
from questionnaires.sensitivity import reweighted, sensitivity
from tests.questionnaires.build import criterion, questionnaire, sheet, single, words

RATINGS = [
    {"id": "good", "title": words("good"), "from": 50},
    {"id": "bad", "title": words("bad"), "from": 0},
]
VETO = {"pass_mark": "0.5", "because": words("because")}


def asked(**veto: object) -> Questionnaire:
    """Two criteria of equal weight in one domain, and one in another."""
    return questionnaire(
        criterion("a", single("qa"), domain="d", **veto),
        criterion("b", single("qb"), domain="d"),
        criterion("c", single("qc"), domain="e"),
        domains=[
            {"id": "d", "title": words("d"), "weight": 30},
            {"id": "e", "title": words("e"), "weight": 20},
        ],
        ratings=RATINGS,
    )


def weights(found: Questionnaire) -> list[Fraction]:
    criteria = [each.weight for section in found.sections for each in section.criteria]
    return [*(domain.weight for domain in found.domains), *criteria]


def test_every_weight_moves_by_a_fifth_at_most_and_nothing_else_does():
    own = asked()
    random = Random(3)
    ratios = []
    for _ in range(50):
        moved = reweighted(own, random)
        ratios += [new / old for new, old in zip(weights(moved), weights(own), strict=True)]
        back = iter(weights(own))
        domains = [each.model_copy(update={"weight": next(back)}) for each in moved.domains]
        assert tuple(domains) == own.domains
    assert min(ratios) >= Fraction(4, 5)
    assert max(ratios) <= Fraction(6, 5)
    assert len(set(ratios)) > 200


def answers(a: str, b: str, c: str) -> dict[str, str]:
    return {"qa": a, "qb": b, "qc": c}


def test_where_all_criteria_agree_no_weight_matters():
    own = asked()
    sheets = [sheet(own, answers(each, each, each)) for each in ("full", "half", "none")]
    found = sensitivity(own, sheets, 10, Random(1))
    assert (found.rating_changes, found.band_changes) == (0, 0)
    assert (found.mean_move, found.largest_move) == (0, 0)
    assert found.ratings == found.bands == (2, 1)


def test_at_the_border_of_two_ratings_about_half_of_the_weights_change_it():
    own = asked()
    border = sheet(own, answers("full", "none", "half"))  # 50 by any domain weights
    found = sensitivity(own, [border], 400, Random(1))
    assert Fraction(2, 5) < found.band_changes < Fraction(3, 5)
    assert found.rating_changes == found.band_changes
    assert 0 < found.mean_move < found.largest_move < 10


def test_a_veto_that_bites_holds_the_rating_whatever_the_weights():
    own = asked(veto=VETO)
    border = sheet(own, answers("none", "full", "half"))
    found = sensitivity(own, [border], 100, Random(1))
    assert found.rating_changes == 0
    assert found.band_changes > 0
    assert found.ratings == (0, 1)
    assert found.bands == (1, 0)


def test_the_same_seed_gives_the_same_figures():
    own = asked()
    sheets = [
        sheet(own, answers("full", "none", "half")),
        sheet(own, answers("half", "none", "full")),
    ]
    runs = [sensitivity(own, sheets, 30, Random(5)) for _ in range(2)]
    assert runs[0] == runs[1]
    assert runs[0] != sensitivity(own, sheets, 30, Random(6))


@pytest.mark.parametrize(("count", "sets"), [(0, 5), (1, 0)])
def test_nothing_to_compare_is_an_error(count, sets):
    own = asked()
    with pytest.raises(ValueError, match="nothing to compare"):
        sensitivity(own, [sheet(own, answers("full", "full", "full"))] * count, sets, Random(1))
