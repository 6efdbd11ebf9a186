"""Small questionnaires for tests, written as the mappings that a file would hold."""

import datetime
from typing import Any

from pydantic import TypeAdapter

from questionnaires.answers import AnswerSheet, questions_of, read_answer
from questionnaires.document import Questionnaire
from questionnaires.questions import Question
from questionnaires.scoring import Score, Scorer

TODAY = datetime.date(2026, 11, 21)

Raw = dict[str, Any]


def words(text: str) -> Raw:
    return {"zh": f"{text}（中文）", "en": text}


def single(name: str, options: dict[str, Any] | None = None, **more: Any) -> Raw:
    """Options by id with their points; None for an option without points."""
    options = {"full": 100, "half": 50, "none": 0} if options is None else options
    return {
        "id": name,
        "type": "single",
        "text": words(name),
        "options": [_option(option, points) for option, points in options.items()],
    } | more


def multiple(name: str, options: dict[str, Any], exclusive: tuple[str, ...] = (), **m: Any) -> Raw:
    raw = single(name, options, type="multiple", **m)
    for option in raw["options"]:
        if option["id"] in exclusive:
            option["exclusive"] = True
    return raw


def yes_no(name: str, full_for: str | None = "yes", **more: Any) -> Raw:
    scored = {"full_for": full_for} if full_for else {}
    return {"id": name, "type": "yes_no", "text": words(name)} | scored | more


def asking(kind: str, name: str, **more: Any) -> Raw:
    """Any other question of that type."""
    if kind == "ratio":
        more = {"numerator": words("part"), "denominator": words("whole")} | more
    return {"id": name, "type": kind, "text": words(name)} | more


def criterion(name: str, *questions: Raw, **more: Any) -> Raw:
    """A criterion; without questions it has one of its own name with full, half and none."""
    return {
        "id": f"c-{name}" if not questions else name,
        "domain": "d",
        "title": words(name),
        "requirements": ["R-1"],
        "impact": 3,
        "questions": list(questions) or [single(name)],
        "weight": 1,
    } | more


def raw_questionnaire(
    *criteria: Raw, scoping: tuple[Raw, ...] | list[Raw] = (), **more: Any
) -> Raw:
    domains = dict.fromkeys(c["domain"] for c in criteria)
    sections: list[Raw] = [{"id": "main", "title": words("main"), "criteria": list(criteria)}]
    if scoping:
        sections.insert(0, {"id": "scope", "title": words("scope"), "questions": list(scoping)})
    return {
        "id": "test",
        "version": "1.0",
        "rules": 1,
        "title": words("test"),
        "purpose": words("testing"),
        "domains": [{"id": domain, "title": words(domain), "weight": 1} for domain in domains],
        "ratings": [
            {"id": "good", "title": words("good"), "from": 90},
            {"id": "fair", "title": words("fair"), "from": 60},
            {"id": "poor", "title": words("poor"), "from": 0},
        ],
        "tiers": [{"id": "general", "title": words("general"), "rule": words("all")}],
        "sections": sections,
        "requirements": [
            {
                "id": "R-1",
                "instrument": "law",
                "item": words("item 1"),
                "text": words("a duty"),
                "strength": "duty",
            }
        ],
        "instruments": [
            {
                "id": "law",
                "title": words("A Law"),
                "cited_as": words("Law"),
                "kind": "law",
                "binding": True,
                "grade": "A",
                "articles": [{"id": "1", "label": words("Article 1"), "grade": "A"}],
            }
        ],
    } | more


def questionnaire(*criteria: Raw, **more: Any) -> Questionnaire:
    return Questionnaire.model_validate(raw_questionnaire(*criteria, **more))


def question(raw: Raw) -> Question:
    adapter: TypeAdapter[Question] = TypeAdapter(Question)
    return adapter.validate_python(raw)


def sheet(
    asked: Questionnaire, answers: Raw, claims: Raw | None = None, on: datetime.date = TODAY
) -> AnswerSheet:
    """Answers written as in an answers file."""
    questions = {q.id: q for q in questions_of(asked)}
    values = {name: read_answer(questions[name], given, on) for name, given in answers.items()}
    return AnswerSheet(on, values, {}, claims or {})


def score(asked: Questionnaire, answers: Raw, claims: Raw | None = None) -> Score:
    return Scorer(asked).score(sheet(asked, answers, claims))


def _option(name: str, points: Any) -> Raw:
    return {"id": name, "text": words(name)} | ({} if points is None else {"points": points})
