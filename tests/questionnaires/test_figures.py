"""Every figure as data, exact and rounded."""

from fractions import Fraction

from questionnaires.figures import figures
from tests.questionnaires.build import (
    criterion,
    multiple,
    questionnaire,
    score,
)


def test_figures_are_given_exactly_and_rounded() -> None:
    options = {"a": 40, "b": "100/3", "c": 60, "none": 0}
    asked = questionnaire(criterion("c", multiple("q", options)), criterion("d"))
    found = figures(score(asked, {"q": ["b"], "d": "full"}))
    assert found["score"] == {"exact": "200/3", "rounded": "66.67"}
    assert found["points_lost"] == {"exact": "100/3", "rounded": "33.33"}
    first = found["criteria"][0]
    assert first["achievement"] == {"exact": "1/3", "rounded": "0.33"}
    assert first["questions"][0]["answer"] == ["b"]
    assert found["complete"]
    assert found["rating"] == "fair"


def test_points_lost_follow_from_the_share_of_the_score() -> None:
    asked = questionnaire(
        criterion("a", domain="safety", weight=3),
        criterion("b", domain="safety"),
        criterion("c", domain="ethics"),
    )
    found = figures(score(asked, {"a": "half", "b": "none", "c": "full"}))
    for row in found["criteria"]:
        share, a, lost = (
            Fraction(row[key]["exact"]) for key in ("share_of_score", "achievement", "points_lost")
        )
        assert lost == 100 * share * (1 - a)
    assert sum(Fraction(row["share_of_score"]["exact"]) for row in found["criteria"]) == 1


def test_figures_of_a_draft_carry_no_rating() -> None:
    found = figures(score(questionnaire(criterion("a"), criterion("b")), {"a": "full"}))
    assert not found["complete"]
    assert found["unanswered"] == ["b"]
    assert found["rating"] is found["rating_by_bands"] is None
