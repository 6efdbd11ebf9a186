"""Random questionnaires and answers, as mappings, for the laws of scoring."""

import datetime
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from tests.questionnaires.build import (
    TODAY,
    Raw,
    asking,
    criterion,
    multiple,
    raw_questionnaire,
    single,
    words,
    yes_no,
)

weights = st.sampled_from([1, 1, 2, 3, 10, "1/3", "2.5", "7/11", "0.01", 1_000_000])
points = st.one_of(st.sampled_from([0, 20, 50, 60, 100]), st.sampled_from(["12.5", "100/3", 1, 99]))
marks = st.sampled_from(["0.6", "1/3", 1, "0.01"])
TYPES = ("single", "multiple", "yes_no", "scale", "number", "ratio", "date")


@dataclass(frozen=True)
class Case:
    """A questionnaire with answers and claims, all as a file would hold them."""

    document: Raw
    answers: Raw
    claims: dict[str, str]

    @property
    def criteria(self) -> list[Raw]:
        return [c for section in self.document["sections"] for c in section.get("criteria", ())]

    @property
    def questions(self) -> dict[str, Raw]:
        found = [q for section in self.document["sections"] for q in section.get("questions", ())]
        return {q["id"]: q for q in (*found, *(q for c in self.criteria for q in c["questions"]))}


@st.composite
def cases(draw: st.DrawFn) -> Case:
    scoping: list[Raw] = []
    for index in range(draw(st.integers(0, 3))):
        scoping.append(draw(_conditional(f"s{index}", False, scoping)))
    tiers = [{"id": "general", "title": words("general"), "rule": words("all others")}]
    if _choosable(scoping) and draw(st.booleans()):
        rule = draw(conditions(scoping))
        tiers.insert(0, {"id": "key", "title": words("key"), "rule": words("big"), "if": rule})
    criteria: list[Raw] = []
    asked = list(scoping)
    for index in range(draw(st.integers(1, 5))):
        criteria.append(draw(_criteria(index, scoping, asked, [tier["id"] for tier in tiers])))
        asked += criteria[-1]["questions"]
    names = dict.fromkeys(c["domain"] for c in criteria)
    document = raw_questionnaire(
        *criteria,
        scoping=scoping,
        tiers=tiers,
        domains=[{"id": n, "title": words(n), "weight": draw(weights)} for n in names],
        ratings=[
            {"id": "good", "title": words("good"), "from": draw(st.sampled_from([90, "66.67"]))},
            {"id": "fair", "title": words("fair"), "from": draw(st.sampled_from([60, "33.33"]))},
            {"id": "poor", "title": words("poor"), "from": 0},
        ],
    )
    answers = {
        question["id"]: draw(answers_to(question)) for question in asked if draw(st.integers(0, 5))
    }
    claims = {c["id"]: "because" for c in criteria if draw(st.integers(0, 4)) == 0}
    return Case(document, answers, claims)


@st.composite
def _criteria(
    draw: st.DrawFn, index: int, scoping: list[Raw], asked: list[Raw], tiers: list[str]
) -> Raw:
    before = list(asked)
    questions: list[Raw] = []
    for number in range(draw(st.integers(1, 3))):
        scored = number == 0 or draw(st.integers(0, 4)) > 0
        questions.append(draw(_conditional(f"q{index}-{number}", scored, before)))
        before.append(questions[-1])
    more: Raw = {
        "domain": draw(st.sampled_from("abc")),
        "weight": draw(weights),
        "impact": draw(st.integers(1, 5)),
        "combine": draw(st.sampled_from(["mean", "mean", "minimum"])),
        "claimable": draw(st.booleans()),
    }
    if _choosable(scoping) and draw(st.booleans()):
        more["applies_if"] = draw(conditions(scoping, tiers))
        more["not_applicable"] = words("does not apply")
    limit = draw(st.sampled_from([None, None, "veto", "cap"]))
    if limit:
        more[limit] = {"pass_mark": draw(marks), "because": words("grave")}
        if draw(st.booleans()):
            more[limit]["pass_mark_by_tier"] = {draw(st.sampled_from(tiers)): draw(marks)}
        if limit == "cap":
            more[limit]["rating"] = draw(st.sampled_from(["fair", "poor"]))
    return criterion(f"c{index}", *questions, **more)


@st.composite
def _conditional(draw: st.DrawFn, name: str, scored: bool, before: list[Raw]) -> Raw:
    question = draw(questions(name, scored))
    if _choosable(before) and draw(st.integers(0, 2)) == 0:
        question["ask_if"] = draw(conditions(before))
        question["if_hidden"] = draw(st.sampled_from(["zero", "leave_out"]))
    return question


@st.composite
def questions(draw: st.DrawFn, name: str, scored: bool = True) -> Raw:
    kind = draw(st.sampled_from(TYPES[:4] * 2 + TYPES[4:]))
    weight = {"weight": draw(weights)}
    first = draw(points)
    match kind:
        case "single":
            options = {"none": 0, "some": first, "full": 100}
            return single(name, options if scored else dict.fromkeys(options), **weight)
        case "multiple":
            options = {"a": first, "b": 70, "c": 40, "none": 0}
            options = options if scored else dict.fromkeys(options)
            return multiple(name, options, exclusive=("none",), **weight)
        case "yes_no":
            full_for = draw(st.sampled_from(["yes", "no"])) if scored else None
            return yes_no(name, full_for, **weight)
        case "scale" if scored:
            return asking("scale", name, full_at=draw(st.integers(1, 5)), **weight)
        case "number" | "ratio":
            scale = 1 if kind == "ratio" else 100
            more = draw(st.sampled_from(_measures(scale, first))) if scored else {}
            if scored and draw(st.booleans()):
                more = more | {"cannot_show": words("no record")}
            return asking(kind, name, **more, **weight)
    months = {"fresh_within": draw(st.sampled_from([1, 6, 12]))} if scored else {}
    return asking("date", name, **months, **weight)


def _measures(scale: int, middle: Any) -> list[Raw]:
    half = "0.5" if scale == 1 else 50
    third = "1/3" if scale == 1 else "100/3"
    return [
        {"bands": [{"to": half, "points": 0}, {"from": half, "points": 100}]},
        {"bands": [{"to": third, "points": 100}, {"from": third, "to": half, "points": middle},
                   {"from": half, "points": 0}]},
        {"linear": {"worst": 0, "best": scale}},
        {"linear": {"worst": half, "best": third}},
    ]  # fmt: skip


@st.composite
def answers_to(draw: st.DrawFn, question: Raw) -> Any:
    if "cannot_show" in question and draw(st.integers(0, 3)) == 0:
        return "cannot_show"
    match question["type"]:
        case "single":
            return draw(st.sampled_from([option["id"] for option in question["options"]]))
        case "multiple":
            chosen = st.lists(st.sampled_from("abc"), min_size=1, max_size=3, unique=True)
            return draw(st.one_of(chosen, st.just(["none"])))
        case "yes_no":
            return draw(st.sampled_from(["yes", "no"]))
        case "scale":
            return draw(st.integers(0, 5))
        case "number":
            return draw(st.sampled_from([0, 7, "33.3", "100/3", "49.99", 50, 100, 120]))
        case "ratio":
            pairs = [(0, 0), (0, 4), (1, 4), (1, 3), (2, 4), (3, 5), (4, 4)]
            return dict(
                zip(("numerator", "denominator"), draw(st.sampled_from(pairs)), strict=True)
            )
    days = st.one_of(st.integers(0, 500), st.sampled_from([30, 31, 184, 365, 366]))
    return (TODAY - datetime.timedelta(days=draw(days))).isoformat()


@st.composite
def conditions(
    draw: st.DrawFn, over: list[Raw], tiers: list[str] | None = None, depth: int = 2
) -> Raw:
    kind = draw(st.integers(0, 9 if depth else 4))
    if kind < 5:
        if tiers and kind == 0:
            return {"tier": draw(st.sampled_from(tiers))}
        return draw(_leaves(draw(st.sampled_from(_choosable(over)))))
    if kind < 7:
        return {"not": draw(conditions(over, tiers, depth - 1))}
    parts = [draw(conditions(over, tiers, depth - 1)) for _ in range(draw(st.integers(1, 3)))]
    return {"all" if kind == 7 else "any": parts}


def _choosable(questions: list[Raw]) -> list[Raw]:
    """Return the questions that a condition can look at."""
    return [question for question in questions if question["type"] != "date"]


@st.composite
def _leaves(draw: st.DrawFn, question: Raw) -> Raw:
    name = question["id"]
    match question["type"]:
        case "single" | "multiple":
            ids = [option["id"] for option in question["options"]]
            if draw(st.booleans()):
                return {"question": name, "is": draw(st.sampled_from(ids))}
            return {"question": name, "in": draw(st.lists(st.sampled_from(ids), min_size=1))}
        case "yes_no":
            return {"question": name, "is": draw(st.sampled_from(["yes", "no"]))}
        case "scale":
            level = draw(st.integers(0, 5))
            return {"question": name, draw(st.sampled_from(["is", "at_least"])): level}
        case "number":
            return {"question": name, "at_least": draw(st.sampled_from([1, 50, "100/3"]))}
        case "ratio":
            return {"question": name, "at_least": draw(st.sampled_from(["0.5", "1/3", 1, 0]))}
    raise AssertionError(question["type"])
