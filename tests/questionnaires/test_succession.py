from questionnaires.answers import questions_of
from questionnaires.publishing import canonical
from questionnaires.succession import (
    Fate,
    carried_claims,
    differences,
    meaning_of,
    meaning_of_claim,
    passages,
    same_question,
)
from tests.questionnaires.build import criterion, questionnaire, single, words


def fates(before, after):
    return {
        (passage.after or passage.before).id: passage.fate for passage in passages(before, after)
    }


BEFORE = questionnaire(criterion("c", single("same"), single("old"), single("left")))


def test_the_same_words_keep_their_answer_whatever_they_earn_and_advise():
    points = single("same", {"full": 100, "half": 70, "none": 0}, advice=words("do"), weight=2)
    after = questionnaire(criterion("c", points), version="1.1")
    assert fates(BEFORE, after)["same"] is Fate.KEPT


def test_other_words_are_asked_again():
    text = single("same", text=words("another"))
    options = single("same", {"full": 100, "some": 50, "none": 0})
    for reworded in (text, options):
        after = questionnaire(criterion("c", reworded), version="1.1")
        assert fates(BEFORE, after)["same"] is Fate.REWORDED


def test_a_new_id_keeps_the_answer_where_the_version_says_so():
    moved = single("moved", text=words("old"))
    after = questionnaire(
        criterion("c", single("same"), moved),
        version="1.1",
        succeeds={"version": "1.0", "renamed": {"old": "moved"}},
    )
    assert fates(BEFORE, after) == {
        "same": Fate.KEPT,
        "moved": Fate.RENAMED,
        "left": Fate.GONE,
    }
    carried = {p.after.id for p in passages(BEFORE, after) if p.carries}
    assert carried == {"same", "moved"}


def test_what_only_one_version_asks_is_new_or_gone():
    after = questionnaire(criterion("c", single("same"), single("fresh")), version="1.1")
    found = fates(BEFORE, after)
    assert (found["fresh"], found["old"], found["left"]) == (Fate.NEW, Fate.GONE, Fate.GONE)


def test_names_changed_in_the_versions_between_are_followed():
    middle = questionnaire(
        criterion("c", single("moved", text=words("old"))),
        version="1.1",
        succeeds={"version": "1.0", "renamed": {"old": "moved"}},
    )
    after = questionnaire(
        criterion("c", single("again", text=words("old"))),
        version="1.2",
        succeeds={"version": "1.1", "renamed": {"moved": "again"}},
    )
    way = passages(BEFORE, after, [middle])[0]
    assert (way.fate, way.before.id, way.after.id) == (Fate.RENAMED, "old", "again")
    assert passages(BEFORE, after)[0].fate is Fate.NEW  # the map of one step does not know it


def claimable(*questions, name="c", **more):
    return criterion(name, *questions, claimable=True, **more)


def test_a_claim_holds_where_the_criterion_asks_what_it_asked():
    before = questionnaire(claimable(single("p"), single("q")))

    def claims(*criteria, **succeeds):
        more = {"succeeds": {"version": "1.0", "renamed": succeeds}} if succeeds else {}
        return carried_claims(before, questionnaire(*criteria, version="1.1", **more))

    assert claims(claimable(single("q"), weight=3)) == {"c": "c"}
    renamed = claimable(single("r", text=words("p")), name="d", title=words("c"))
    assert claims(renamed, c="d", p="r") == {"c": "d"}
    assert claims(claimable(single("p", text=words("anew")))) == {}
    assert claims(claimable(single("p"), single("fresh"))) == {}
    assert claims(claimable(single("p"), title=words("another"))) == {}
    assert claims(criterion("c", single("p"))) == {}
    assert claims(claimable(single("p"), name="other", title=words("c"))) == {}


def test_a_question_is_shared_by_id_and_words():
    one, other = (
        list(questions_of(questionnaire(criterion("c", *questions))))
        for questions in (
            (single("p"), single("q"), single("r")),
            (single("p", weight=3), single("q", text=words("anew")), single("s", text=words("r"))),
        )
    )
    assert [same_question(*pair) for pair in zip(one, other, strict=True)] == [True, False, False]


def test_every_difference_is_named_by_its_place_and_moving_is_none():
    before = questionnaire(criterion("a", single("p")), criterion("b", single("q")))
    after = questionnaire(
        criterion("b", single("q")), criterion("a", single("p"), weight=3), version="1.1"
    )
    assert [(d.path, d.before, d.after) for d in differences(before, after)] == [
        ("version", "1.0", "1.1"),
        ("sections.main.criteria.a.weight", 1, 3),
    ]
    assert differences(before, before) == []


def test_the_meaning_of_a_question_is_its_words_and_not_its_points():
    before, more, other = (
        questionnaire(criterion("c", asked)).sections[0].criteria[0]
        for asked in (
            single("q", {"a": 100, "b": 0}),
            single("q", {"a": 80, "b": 0, "c": 100}),
            single("q", {"a": 100, "b": 0}, help=words("找一找")),
        )
    )
    meanings = [meaning_of(one.questions[0]) for one in (before, more, other)]
    assert meanings[0] == meanings[2] != meanings[1]
    claims = [meaning_of_claim(one) for one in (before, more, other)]
    assert claims[0] == claims[2] != claims[1]


def test_what_is_about_the_subject_is_written_as_before():
    of_subject, of_company = (
        questionnaire(criterion("c", single("q"), about=about)) for about in ("subject", "company")
    )
    assert canonical(of_subject) == canonical(questionnaire(criterion("c", single("q"))))
    assert b'"about":"company"' in canonical(of_company)
    assert fates(of_subject, of_company) == {"q": Fate.KEPT}
