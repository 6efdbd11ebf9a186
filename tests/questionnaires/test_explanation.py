"""Explanations: where every point comes from, and where it went."""

from fractions import Fraction

from questionnaires.explanation import Rule, explain
from tests.questionnaires.build import (
    asking,
    criterion,
    questionnaire,
    score,
    single,
    yes_no,
)


def test_an_explanation_tells_the_rule_of_each_question() -> None:
    follow_up = {"ask_if": {"question": "answered", "is": "full"}}
    asked = questionnaire(
        criterion(
            "c",
            single("answered"),
            single("unanswered"),
            single("hidden", **follow_up),
            single("left-out", if_hidden="leave_out", **follow_up),
            single("waiting", ask_if={"question": "unanswered", "is": "full"}),
            single("scoped", ask_if={"question": "s", "is": "yes"}),
            asking("ratio", "nothing", linear={"worst": 0, "best": 1}),
            asking("text", "words"),
        ),
        criterion("claimed", single("gone"), claimable=True),
        scoping=[yes_no("s", None)],
    )
    nothing = {"numerator": 0, "denominator": 0}
    found = score(asked, {"s": "no", "answered": "half", "nothing": nothing}, {"claimed": "none"})
    traces = {trace.question.id: trace for trace in explain(found, "c").questions}
    quarter = Fraction(1, 4)
    assert {name: (t.rule, t.points, t.share) for name, t in traces.items()} == {
        "answered": (Rule.ANSWERED, 50, quarter),
        "unanswered": (Rule.UNANSWERED, 0, quarter),
        "hidden": (Rule.HIDDEN_ZERO, 0, quarter),
        "left-out": (Rule.HIDDEN_LEFT_OUT, None, None),
        "waiting": (Rule.UNDETERMINED, 0, quarter),
        "scoped": (Rule.NOT_ASKED, None, None),
        "nothing": (Rule.NOTHING_TO_COUNT, None, None),
        "words": (Rule.NOT_SCORED, None, None),
    }
    (gone,) = explain(found, "claimed").questions
    assert (gone.rule, gone.points, gone.share) == (Rule.CLAIMED_AWAY, None, None)


def test_of_a_minimum_the_lowest_question_has_all() -> None:
    asked = questionnaire(criterion("c", single("a"), single("b"), single("d"), combine="minimum"))
    found = explain(score(asked, {"a": "full", "b": "half", "d": "half"}), "c")
    assert [trace.share for trace in found.questions] == [0, 1, 0]


def test_an_explanation_cites_requirement_and_article() -> None:
    asked = questionnaire(criterion("c", single("q"), law=[{"instrument": "law", "article": "1"}]))
    found = explain(score(asked, {"q": "half"}), "c")
    assert [(r.id, i.id) for r, i in found.requirements] == [("R-1", "law")]
    assert [(a.instrument.id, a.article.id, a.secondary) for a in found.articles] == [
        ("law", "1", False)
    ]
    assert (found.worth, found.lost) == (100, 50)
