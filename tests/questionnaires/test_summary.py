"""The figures of a whole score, as printed."""

from questionnaires.summary import summarise
from tests.questionnaires.build import criterion, questionnaire, score, single


def test_without_a_gap_the_figures_keep_their_decimals():
    asked = questionnaire(criterion("one", single("q")))
    summary = summarise(score(asked, {"q": "full"}))
    assert (str(summary.shown), str(summary.lost_shown)) == ("100.00", "0.00")
    assert str(summary.domains[0].lost_shown) == "0.00"
