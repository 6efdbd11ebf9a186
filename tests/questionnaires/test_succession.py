from questionnaires.succession import Fate, differences, passages
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
