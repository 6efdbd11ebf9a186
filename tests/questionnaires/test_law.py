"""Instruments change their status on days that are known."""

import datetime

import pytest
from pydantic import ValidationError

from questionnaires.document import Instrument
from questionnaires.law import carries_limit, status_on, turns
from tests.questionnaires.build import Raw, words


def instrument(**more: object) -> Instrument:
    raw: Raw = {
        "id": "law",
        "title": words("Law"),
        "cited_as": words("Law"),
        "kind": "law",
        "binding": True,
        "grade": "A",
        "articles": [
            {"id": "1", "label": words("article 1"), "grade": "A"},
            {"id": "2", "label": words("article 2"), "grade": "B"},
        ],
    }
    return Instrument.model_validate(raw | more)


def change(on: str, status: str) -> Raw:
    return {"on": on, "status": status, "note": words(f"{status} from {on}")}


def day(written: str) -> datetime.date:
    return datetime.date.fromisoformat(written)


def test_it_is_not_in_force_before_its_day_and_is_from_that_day_on():
    law = instrument(in_force="2026-07-15")
    assert status_on(law, day("2026-07-14")) == "not_yet"
    assert status_on(law, day("2026-07-15")) == "in_force"


def test_what_is_not_yet_in_force_comes_into_force_on_its_day():
    law = instrument(status="not_yet", in_force="2027-03-01")
    assert status_on(law, day("2027-02-28")) == "not_yet"
    assert status_on(law, day("2027-03-01")) == "in_force"


def test_each_change_holds_until_the_next():
    law = instrument(
        in_force="2020-01-01",
        changes=[change("2026-01-01", "amended"), change("2027-01-01", "repealed")],
    )
    found = [(turn.on.isoformat(), turn.before, turn.after) for turn in turns(law)]
    assert found == [
        ("2020-01-01", "not_yet", "in_force"),
        ("2026-01-01", "in_force", "amended"),
        ("2027-01-01", "amended", "repealed"),
    ]
    assert status_on(law, day("2026-12-31")) == "amended"
    assert status_on(law, day("2030-01-01")) == "repealed"


@pytest.mark.parametrize("known", [None, "2022", "2022-08"])
def test_a_day_that_is_not_known_is_no_turn(known):
    law = instrument(in_force=known, status="expired")
    assert turns(law) == ()
    assert status_on(law, day("2000-01-01")) == "expired"


def test_a_veto_rests_on_a_fully_checked_article_while_the_instrument_binds():
    law = instrument(in_force="2020-01-01", changes=[change("2027-01-01", "repealed")])
    assert carries_limit(law, "1")
    assert not carries_limit(law, "2"), "checked against secondary sources only"
    assert not carries_limit(law, "9"), "not listed"
    assert carries_limit(law, "1", day("2026-12-31"))
    assert not carries_limit(law, "1", day("2027-01-01"))
    assert not carries_limit(law, "1", day("2019-12-31"))
    assert not carries_limit(instrument(binding=False), "1")
    assert not carries_limit(instrument(grade="B"), "1")
    assert not carries_limit(instrument(status="repealed"), "1")


@pytest.mark.parametrize(
    "more",
    [
        {"changes": [change("2027-01-01", "repealed"), change("2026-01-01", "amended")]},
        {"changes": [change("2026-01-01", "amended"), change("2026-01-01", "repealed")]},
        {"in_force": "2027-01-01", "changes": [change("2026-01-01", "amended")]},
    ],
)
def test_changes_out_of_order_are_refused(more):
    with pytest.raises(ValidationError, match="the earliest first"):
        instrument(**more)


def test_a_day_that_the_calendar_does_not_have_is_refused():
    with pytest.raises(ValidationError, match="there is no such day"):
        instrument(changes=[change("2026-02-31", "repealed")])
