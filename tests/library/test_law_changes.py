"""What a change of law touches."""

import datetime

from compliance.library.law_changes import law_changes
from questionnaires.document import Change, Instrument, Questionnaire
from questionnaires.parts import Bilingual
from tests.questionnaires.build import criterion, questionnaire, single, words

TODAY = datetime.date(2026, 11, 21)


def instrument(name: str, **more: object) -> Instrument:
    raw = {
        "id": name,
        "title": words(name),
        "cited_as": words(name),
        "kind": "law",
        "binding": True,
        "grade": "A",
        "in_force": "2020-01-01",
        "articles": [{"id": "1", "label": words("article 1"), "grade": "A"}],
    }
    return Instrument.model_validate(raw | more)


def change(on: str, status: str) -> Change:
    return Change(on=on, status=status, note=Bilingual(zh="说明", en="note"))


def cite(*names: str) -> list[dict[str, str]]:
    return [{"instrument": name, "article": "1"} for name in names]


VETO = {"pass_mark": "0.5", "because": words("because")}


def asked(*criteria: object) -> Questionnaire:
    laws = [instrument(name).model_dump(mode="json") for name in ("old", "other")]
    plan = instrument("plan", binding=False, kind="policy").model_dump(mode="json")
    return questionnaire(*criteria, instruments=[*laws, plan], requirements=[required()])


def required() -> dict[str, object]:
    return {
        "id": "R-1",
        "instrument": "plan",
        "item": words("item 1"),
        "text": words("text"),
        "strength": "duty",
    }


def library(*changed: Instrument) -> dict[str, Instrument]:
    known = {name: instrument(name) for name in ("old", "other", "plan")}
    return known | {each.id: each for each in changed}


def test_changes_ahead_and_of_the_past_year_are_listed_by_day():
    known = library(
        instrument("old", changes=[change("2027-03-01", "repealed")]),
        instrument("other", in_force="2026-01-01"),
        instrument("plan", changes=[change("2025-11-20", "expired")]),
        instrument("edge", changes=[change("2025-11-21", "amended")]),
    )
    found = law_changes(known, [], TODAY)
    assert [(each.turn.instrument.id, each.ahead) for each in found] == [
        ("edge", False),
        ("other", False),
        ("old", True),
    ]


def test_the_criteria_that_cite_it_are_touched_and_no_others():
    questions = asked(
        criterion("a", single("qa"), law=cite("old")),
        criterion("b", single("qb"), law=cite("other")),
    )
    known = library(instrument("old", changes=[change("2027-03-01", "amended")]))
    (found,) = law_changes(known, [questions], TODAY)
    (touched,) = found.questionnaires
    assert [each.criterion.id for each in touched.criteria] == ["a"]


def test_a_change_of_a_plan_touches_the_criteria_of_its_requirements():
    questions = asked(criterion("a", single("qa"), law=cite("old")))
    known = library(instrument("plan", changes=[change("2027-03-01", "expired")]))
    (found,) = law_changes(known, [questions], TODAY)
    assert [each.criterion.id for each in found.questionnaires[0].criteria] == ["a"]


def test_a_questionnaire_that_does_not_rest_on_it_is_not_named():
    questions = asked(criterion("a", single("qa"), law=cite("other")))
    known = library(instrument("old", changes=[change("2027-03-01", "repealed")]))
    (found,) = law_changes(known, [questions], TODAY)
    assert found.questionnaires == ()


def bereft(questions: Questionnaire, known: dict[str, Instrument]) -> list[list[str]]:
    found = law_changes(known, [questions], TODAY)
    return [[c.id for each in f.questionnaires for c in each.bereft] for f in found]


def test_a_veto_whose_only_law_is_repealed_has_nothing_left_to_rest_on():
    questions = asked(
        criterion("alone", single("qa"), law=cite("old"), veto=VETO),
        criterion("both", single("qb"), law=cite("old", "other"), veto=VETO),
        criterion("free", single("qc"), law=cite("old")),
    )
    repealed = instrument("old", changes=[change("2027-03-01", "repealed")])
    assert bereft(questions, library(repealed)) == [["alone"]]
    amended = instrument("old", changes=[change("2027-03-01", "amended")])
    assert bereft(questions, library(amended)) == [[]]


def test_a_veto_loses_its_ground_with_the_last_of_its_laws():
    questions = asked(criterion("both", single("q"), law=cite("old", "other"), veto=VETO))
    known = library(
        instrument("old", changes=[change("2027-03-01", "repealed")]),
        instrument("other", changes=[change("2027-06-01", "expired")]),
    )
    assert bereft(questions, known) == [[], ["both"]]
