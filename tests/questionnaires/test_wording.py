"""Conditions in plain words."""

import pytest
from pydantic import TypeAdapter

from questionnaires.conditions import Condition
from questionnaires.document import Questionnaire
from questionnaires.wording import Wording
from tests.questionnaires.build import (
    Raw,
    asking,
    criterion,
    multiple,
    questionnaire,
    single,
    words,
    yes_no,
)

TIERS = [
    {
        "id": "key",
        "title": {"zh": "重点对象", "en": "Key subject"},
        "rule": words("rule"),
        "if": {"question": "minors", "is": "yes"},
    },
    {"id": "general", "title": {"zh": "一般对象", "en": "General"}, "rule": words("rule")},
]


@pytest.fixture(scope="module")
def asked() -> Questionnaire:
    users = asking("number", "users", minimum=1, unit={"zh": "人", "en": "people"})
    return questionnaire(
        criterion("c", single("state", {"ok": 100, "bad": 0}), asking("scale", "level")),
        scoping=[
            multiple("functions", {"live": None, "clone": None, "chat": None}),
            single("audience", {"public": None, "business": None}),
            yes_no("minors", full_for=None),
            users,
            asking("ratio", "share"),
            asking("number", "rooms"),
        ],
        tiers=TIERS,
    )


def parsed(raw: Raw) -> Condition:
    adapter: TypeAdapter[Condition] = TypeAdapter(Condition)
    return adapter.validate_python(raw)


NESTED = (
    "the subject tier is “Key subject”, "
    "and (question 1.3 is answered “No”, or the subject tier is “General”)"
)
SAID: list[tuple[Raw, str, str]] = [
    (
        {"question": "audience", "is": "public"},
        "第1.2题选择“public（中文）”",
        "question 1.2 is answered “public”",
    ),
    (
        {"question": "audience", "in": ["public", "business"]},
        "第1.2题选择“public（中文）”或者“business（中文）”",
        "question 1.2 is answered “public” or “business”",
    ),
    (
        {"question": "functions", "is": "live"},
        "第1.1题勾选“live（中文）”",
        "question 1.1 includes “live”",
    ),
    (
        {"question": "functions", "in": ["live", "clone", "chat"]},
        "第1.1题勾选“live（中文）”“clone（中文）”或者“chat（中文）”",
        "question 1.1 includes “live”, “clone” or “chat”",
    ),
    ({"question": "minors", "is": "yes"}, "第1.3题选择“是”", "question 1.3 is answered “Yes”"),
    (
        {"not": {"question": "functions", "in": ["live", "clone"]}},
        "第1.1题未勾选“live（中文）”或者“clone（中文）”",
        "question 1.1 does not include “live” or “clone”",
    ),
    (
        {"not": {"not": {"tier": "key"}}},
        "评估对象属于“重点对象”",
        "the subject tier is “Key subject”",
    ),
    ({"not": {"tier": "key"}}, "评估对象不属于“重点对象”", "the subject tier is not “Key subject”"),
    (
        {"question": "users", "at_least": 1000},
        "第1.4题达到1000人",
        "question 1.4 reaches 1000 people",
    ),
    ({"question": "users", "at_least": 1}, "第1.4题填报了数值", "question 1.4 gives a figure"),
    ({"question": "rooms", "at_least": "2.5"}, "第1.6题达到2.5", "question 1.6 reaches 2.5"),
    ({"question": "share", "at_least": "0.955"}, "第1.5题达到95.5%", "question 1.5 reaches 95.5%"),
    ({"question": "share", "at_least": 0}, "第1.5题填报了数值", "question 1.5 gives a figure"),
    (
        {"not": {"question": "share", "at_least": 1}},
        "第1.5题未达到100%",
        "question 1.5 does not reach 100%",
    ),
    (
        {"question": "level", "at_least": "2.5"},
        "第2.2题达到“3 充分定义”",
        "question 2.2 reaches “3 Well defined”",
    ),
    (
        {
            "all": [
                {"tier": "key"},
                {"any": [{"question": "minors", "is": "no"}, {"tier": "general"}]},
            ]
        },
        "评估对象属于“重点对象”，并且（第1.3题选择“否”，或者评估对象属于“一般对象”）",
        NESTED,
    ),
    (
        {"not": {"any": [{"tier": "key"}, {"tier": "general"}]}},
        "并非（评估对象属于“重点对象”，或者评估对象属于“一般对象”）",
        "not (the subject tier is “Key subject”, or the subject tier is “General”)",
    ),
]


@pytest.mark.parametrize(("raw", "zh", "en"), SAID)
def test_a_condition_is_said_in_both_languages(asked, raw, zh, en):
    wording = Wording(asked)
    assert wording.say(parsed(raw), "zh") == zh
    assert wording.say(parsed(raw), "en") == en


def test_a_list_says_whether_all_or_any_one_must_hold(asked):
    wording = Wording(asked)
    parts = [{"tier": "key"}, {"question": "minors", "is": "yes"}]
    said = ("the subject tier is “Key subject”", "question 1.3 is answered “Yes”")
    for kind in ("all", "any"):
        found = wording.clauses(parsed({kind: parts}), "en")
        assert (found.kind, found.clauses) == (kind, said)
    alone = wording.clauses(parsed(parts[0]), "en")
    assert (alone.kind, alone.clauses) == ("all", said[:1])
