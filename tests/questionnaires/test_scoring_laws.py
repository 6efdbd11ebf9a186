"""The laws of scoring, over random questionnaires and random partial answers."""

import copy
import json
import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import rfc8785
from hypothesis import assume, given
from hypothesis import strategies as st

from questionnaires.document import Questionnaire
from questionnaires.explanation import explain_all
from questionnaires.figures import figures
from questionnaires.gaps import gaps, points_lost
from questionnaires.publishing import canonical, load
from questionnaires.scoring import Asked, Score, Scorer, Status
from questionnaires.summary import summarise
from tests.questionnaires.build import TODAY, sheet
from tests.questionnaires.reference import Reference
from tests.questionnaires.strategies import Case, answers_to, cases


def scored(case: Case) -> Score:
    asked = Questionnaire.model_validate(case.document)
    return Scorer(asked).score(sheet(asked, case.answers, case.claims))


def outcome(score: Score) -> dict[str, Any]:
    """What must stay the same, whatever the order of the file."""
    rating = score.rating is not None and score.questionnaire.ratings[score.rating].id
    return {
        "score": score.score,
        "rating": rating,
        "tier": score.tier,
        "domains": score.domains,
        "criteria": {name: (s.status, s.achievement) for name, s in score.standings.items()},
        "asked": score.asked,
        "limits": {t.criterion.id for t in score.triggered},
        "lost": points_lost(score),
    }


@given(cases())
def test_the_score_lies_between_0_and_100(case: Case) -> None:
    score = scored(case)
    assert score.score is None or 0 <= score.score <= 100
    assert all(0 <= found <= 100 for found in score.domains.values())
    achieved = [standing.achievement for standing in score.standings.values()]
    assert all(a is None or 0 <= a <= 1 for a in achieved)
    assert (score.score is None) == all(a is None for a in achieved)
    assert (score.rating is None) == (score.score is None)


@given(cases())
def test_the_engine_agrees_with_the_rules_written_down_plainly(case: Case) -> None:
    score = scored(case)
    plain = Reference(case.document, case.answers, case.claims, TODAY).result()
    assert score.asked == plain.asked
    assert score.tier == plain.tier
    assert {n: s.achievement for n, s in score.standings.items()} == plain.achievements
    assert {n: s.status.value for n, s in score.standings.items()} == plain.statuses
    assert score.domains == plain.domains
    assert score.score == plain.score
    assert {limit.criterion.id for limit in score.triggered} == plain.limits
    rating = None if score.rating is None else score.questionnaire.ratings[score.rating].id
    assert rating == plain.rating
    assert points_lost(score) == plain.lost


@given(cases())
def test_points_lost_add_up_to_what_is_missing_from_100(case: Case) -> None:
    score = scored(case)
    assume(score.score is not None)
    assert sum(points_lost(score).values()) + score.score == 100
    assert sum(gap.lost for gap in gaps(score)) + score.score == 100


@given(cases())
def test_printed_points_lost_add_up_too_and_cross_no_band(case: Case) -> None:
    summary = summarise(score := scored(case))
    assume(score.score is not None)
    assert sum((gap.lost_shown for gap in summary.gaps), Decimal(0)) == summary.lost_shown
    assert sum((domain.lost_shown for domain in summary.domains), Decimal(0)) == summary.lost_shown
    assert summary.shown == 100 - summary.lost_shown
    unit = Fraction(1, 10**summary.places)
    assert abs(Fraction(summary.shown) - score.score) <= unit / 2
    for gap in summary.gaps:
        assert abs(Fraction(gap.lost_shown) - gap.lost) < unit
    for rating in score.questionnaire.ratings:
        assert (summary.shown >= rating.from_) == (score.score >= rating.from_)


@given(cases(), st.data())
def test_raising_a_questions_points_never_lowers_the_score(case: Case, data: st.DataObject) -> None:
    answered = [name for name in case.questions if name in case.answers]
    assume(answered)
    name = data.draw(st.sampled_from(answered))
    other = data.draw(answers_to(case.questions[name]))
    changed = replace(case, answers=case.answers | {name: other})
    one, two = scored(case), scored(changed)
    assume(one.asked == two.asked and one.tier == two.tier)
    assume(points_lost(one).keys() == points_lost(two).keys() and one.score is not None)
    question = next(
        q
        for section in one.questionnaire.sections
        for q in (*section.questions, *(q for c in section.criteria for q in c.questions))
        if q.id == name
    )
    if not question.scored:
        assert one.score == two.score
        return
    first, second = (question.points(s.sheet.values[name], TODAY) for s in (one, two))
    assume(first is not None and second is not None)
    low, high = (one, two) if first <= second else (two, one)
    assert low.score <= high.score
    assert all(
        a.achievement <= high.standings[n].achievement
        for n, a in low.standings.items()
        if a.achievement is not None
    )


@given(cases(), st.sampled_from([2, Fraction(1, 3), 1000, Fraction("0.7")]))
def test_scaling_all_weights_changes_nothing(case: Case, factor: Fraction) -> None:
    document = copy.deepcopy(case.document)
    for domain in document["domains"]:
        domain["weight"] = str(Fraction(domain["weight"]) * factor)
    for section in document["sections"]:
        for criterion in section.get("criteria", ()):
            criterion["weight"] = str(Fraction(criterion["weight"]) * factor)
            for question in criterion["questions"]:
                question["weight"] = str(Fraction(question["weight"]) * factor)
    assert outcome(scored(replace(case, document=document))) == outcome(scored(case))


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_the_file_changes_nothing(case: Case, chance: random.Random) -> None:
    document = copy.deepcopy(case.document)
    chance.shuffle(document["sections"])
    chance.shuffle(document["domains"])
    for section in document["sections"]:
        for criterion in section.get("criteria", ()):
            chance.shuffle(criterion["questions"])
        for found in ("questions", "criteria"):
            chance.shuffle(section.get(found, []))
    answers = copy.deepcopy(case.answers)
    shuffled = Case(document, answers, dict(reversed(case.claims.items())))
    for question in shuffled.questions.values():
        chance.shuffle(question.get("options", []))
    for answer in answers.values():
        if isinstance(answer, list):
            chance.shuffle(answer)
    assert outcome(scored(shuffled)) == outcome(scored(case))


@given(cases(), st.data())
def test_not_applicable_equals_leaving_the_criterion_out(case: Case, data: st.DataObject) -> None:
    written = json.dumps(case.document)
    free = [
        criterion
        for criterion in case.criteria
        if not any(f'"question": "{q["id"]}"' in written for q in criterion["questions"])
    ]
    assume(free)
    out = data.draw(st.sampled_from(free))
    out["claimable"] = True
    claimed = scored(replace(case, claims={**case.claims, out["id"]: "because"}))
    document = copy.deepcopy(case.document)
    for section in document["sections"]:
        section["criteria"] = [c for c in section.get("criteria", ()) if c["id"] != out["id"]]
    gone = {question["id"] for question in out["questions"]}
    left = Case(
        document,
        {name: answer for name, answer in case.answers.items() if name not in gone},
        {name: why for name, why in case.claims.items() if name != out["id"]},
    )
    with_claim, without = outcome(claimed), outcome(scored(left))
    assert with_claim["criteria"].pop(out["id"]) == (Status.NOT_APPLICABLE, None)
    with_claim["asked"] = {n: why for n, why in with_claim["asked"].items() if n not in gone}
    assert with_claim == without


@given(cases())
def test_an_answer_that_is_not_asked_never_counts(case: Case) -> None:
    score = scored(case)
    kept = {name: a for name, a in case.answers.items() if score.asked[name] is Asked.YES}
    assert outcome(scored(replace(case, answers=kept))) == outcome(score)


@given(cases())
def test_the_same_input_gives_the_same_bytes(case: Case) -> None:
    asked = Questionnaire.model_validate(case.document)
    published = load(canonical(asked))
    assert published == asked
    one, two = (
        rfc8785.dumps(figures(Scorer(q).score(sheet(q, case.answers, case.claims))))
        for q in (asked, published)
    )
    assert one == two


@given(cases())
def test_every_point_is_explained(case: Case) -> None:
    score = scored(case)
    for found in explain_all(score).values():
        achieved = [t.share * t.points for t in found.questions if t.share is not None]
        a = found.standing.achievement
        if a is None:
            assert not achieved
            assert found.worth is None
            continue
        assert sum(achieved) / Fraction(100) == a
        assert sum(t.share for t in found.questions if t.share is not None) == 1
        assert found.worth * (1 - a) == found.lost


@given(cases(), st.data())
def test_closing_a_gap_raises_the_score_by_its_points_lost(case: Case, data: st.DataObject) -> None:
    score = scored(case)
    open_gaps = gaps(score)
    assume(open_gaps)
    closed = data.draw(st.lists(st.sampled_from(open_gaps), unique_by=lambda gap: gap.lost))
    raised = Scorer(score.questionnaire).score(
        score.sheet, {gap.criterion.id: Fraction(1) for gap in closed}
    )
    assert raised.score == score.score + sum(gap.lost for gap in closed)
    for gap in closed:
        assert raised.standings[gap.criterion.id].status is Status.FULL
