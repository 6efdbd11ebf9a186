"""The rules of scoring written down once more, slowly, with fractions throughout.

Shares no code with the engine's scoring, conditions or questions: it reads the mappings of a
questionnaire document and answers as JSON.
"""

import calendar
import datetime
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

Raw = dict[str, Any]


@dataclass
class Result:
    score: Fraction | None
    rating: str | None
    tier: str | None
    domains: dict[str, Fraction]
    achievements: dict[str, Fraction | None]
    statuses: dict[str, str]
    asked: dict[str, str]
    limits: set[str]
    lost: dict[str, Fraction] = field(default_factory=dict)


class Reference:
    def __init__(self, document: Raw, answers: Raw, claims: Raw, on: datetime.date) -> None:
        self.document, self.answers, self.claims, self.on = document, answers, claims, on
        self.questions: dict[str, Raw] = {}
        self.criteria: dict[str, Raw] = {}
        self.criterion_of: dict[str, Raw] = {}
        for section in document["sections"]:
            for question in section.get("questions", ()):
                self.questions[question["id"]] = question
            for criterion in section.get("criteria", ()):
                self.criteria[criterion["id"]] = criterion
                for question in criterion["questions"]:
                    self.questions[question["id"]] = question
                    self.criterion_of[question["id"]] = criterion
        self.states: dict[str, str] = {}

    # --- conditions: True, False, or None for undetermined

    def holds(self, condition: Raw, blind: bool = False) -> bool | None:
        """`blind` closes the eyes to scored answers."""
        if "all" in condition:
            found = [self.holds(part, blind) for part in condition["all"]]
            return False if False in found else None if None in found else True
        if "any" in condition:
            found = [self.holds(part, blind) for part in condition["any"]]
            return True if True in found else None if None in found else False
        if "not" in condition:
            truth = self.holds(condition["not"], blind)
            return None if truth is None else not truth
        if "tier" in condition:
            tier = self.tier()
            return None if tier is None else tier == condition["tier"]
        return self.fits(condition, blind)

    def fits(self, leaf: Raw, blind: bool) -> bool | None:
        name = leaf["question"]
        state = self.state(name)
        if state == "by_answer" and blind:
            return None
        if state in ("by_scope", "by_answer", "by_claim"):
            return False
        if state == "undetermined" or name not in self.answers:
            return None
        if blind and scored(self.questions[name]):
            return None
        answer = self.answers[name]
        if answer == "cannot_show":
            return False
        if "at_least" in leaf:
            size = share(answer) if isinstance(answer, dict) else number(answer)
            return size is not None and size >= Fraction(leaf["at_least"])
        wanted = leaf["in"] if "in" in leaf else [leaf["is"]]
        given = answer if isinstance(answer, list) else [answer]
        return any(one in wanted for one in given)

    def tier(self) -> str | None:
        for tier in self.document["tiers"]:
            truth = self.holds(tier["if"]) if "if" in tier else True
            if truth is None:
                return None
            if truth:
                return str(tier["id"])
        raise AssertionError

    def state(self, name: str) -> str:
        if name not in self.states:
            self.states[name] = self.find_state(name)
        return self.states[name]

    def find_state(self, name: str) -> str:
        criterion = self.criterion_of.get(name, {})
        applies = self.holds(criterion["applies_if"]) if "applies_if" in criterion else True
        if applies is False:
            return "by_scope"
        if criterion.get("claimable") and criterion["id"] in self.claims:
            return "by_claim"
        condition = self.questions[name].get("ask_if")
        truth = self.holds(condition) if condition else True
        if truth is False:
            return "by_scope" if self.holds(condition, blind=True) is False else "by_answer"
        return "undetermined" if None in (truth, applies) else "yes"

    # --- from answers to achievements

    def counted(self, criterion: Raw) -> list[tuple[Fraction, Fraction]] | None:
        """Weight and points of each question that counts; None for a criterion that does not."""
        found: list[tuple[Fraction, Fraction]] = []
        any_asked = False
        for question in criterion["questions"]:
            if not scored(question):
                continue
            state, points = self.state(question["id"]), Fraction(0)
            if state in ("by_scope", "by_claim"):
                continue
            if state == "by_answer" and question.get("if_hidden") == "leave_out":
                continue
            if state == "yes" and question["id"] in self.answers:
                earned = points_of(question, self.answers[question["id"]], self.on)
                if earned is None:
                    continue
                points = earned
            any_asked = any_asked or state != "by_answer"
            found.append((Fraction(question.get("weight", 1)), points))
        return found if any_asked else None

    def achievement(self, criterion: Raw) -> Fraction | None:
        found = self.counted(criterion)
        if found is None:
            return None
        if criterion.get("combine") == "minimum":
            return min(points for _, points in found) / 100
        return sum(w * p for w, p in found) / sum(w for w, _ in found) / Fraction(100)

    def status(self, criterion: Raw, a: Fraction | None) -> str:
        if a is None:
            return "not_applicable"
        answered = [
            question
            for question in criterion["questions"]
            if scored(question)
            and self.state(question["id"]) == "yes"
            and question["id"] in self.answers
        ]
        if not answered:
            return "unanswered"
        return "full" if a == 1 else "partial" if a > 0 else "none"

    # --- from achievements to the result

    def result(self) -> Result:
        document = self.document
        achievements = {name: self.achievement(c) for name, c in self.criteria.items()}
        applicable = {name: a for name, a in achievements.items() if a is not None}
        weight = {name: Fraction(self.criteria[name]["weight"]) for name in applicable}
        share_of = {d["id"]: Fraction(d["weight"]) for d in document["domains"]}
        within: dict[str, list[str]] = {}
        for name in applicable:
            within.setdefault(self.criteria[name]["domain"], []).append(name)
        total = {domain: sum(weight[n] for n in names) for domain, names in within.items()}
        domains = {
            domain: 100 * sum(weight[n] * applicable[n] for n in names) / Fraction(total[domain])
            for domain, names in within.items()
        }
        whole = sum(share_of[domain] for domain in domains)
        score = sum(share_of[d] * s for d, s in domains.items()) / whole if domains else None
        lost = {
            name: 100
            * (share_of[domain] / whole)
            * (weight[name] / total[domain])
            * (1 - applicable[name])
            for domain, names in within.items()
            for name in names
        }
        ratings = [rating["id"] for rating in document["ratings"]]
        limits = {name for name, a in applicable.items() if self.bites(self.criteria[name], a)}
        rating = None
        if score is not None:
            place = min(
                i for i, r in enumerate(document["ratings"]) if score >= Fraction(r["from"])
            )
            for name in limits:
                cap = self.criteria[name].get("cap")
                place = max(place, ratings.index(cap["rating"]) if cap else len(ratings) - 1)
            rating = ratings[place]
        return Result(
            score,
            rating,
            self.tier(),
            domains,
            achievements,
            {name: self.status(c, achievements[name]) for name, c in self.criteria.items()},
            {name: self.state(name) for name in self.questions},
            limits,
            lost,
        )

    def bites(self, criterion: Raw, a: Fraction) -> bool:
        limit = criterion.get("veto") or criterion.get("cap")
        if not limit:
            return False
        by_tier = limit.get("pass_mark_by_tier", {})
        return a < Fraction(by_tier.get(self.tier(), limit["pass_mark"]))


def scored(question: Raw) -> bool:
    match question["type"]:
        case "single" | "multiple":
            return "points" in question["options"][0]
        case "yes_no":
            return "full_for" in question
        case "scale":
            return True
        case "number" | "ratio":
            return "bands" in question or "linear" in question
        case "date":
            return "fresh_within" in question
    return False


def points_of(question: Raw, answer: Any, on: datetime.date) -> Fraction | None:
    if answer == "cannot_show":
        return Fraction(0)
    match question["type"]:
        case "single":
            return next(Fraction(o["points"]) for o in question["options"] if o["id"] == answer)
        case "multiple":
            chosen = (o for o in question["options"] if o["id"] in answer)
            return min(Fraction(100), sum((Fraction(o["points"]) for o in chosen), Fraction(0)))
        case "yes_no":
            return Fraction(100 if answer == question["full_for"] else 0)
        case "scale":
            return 100 * min(Fraction(1), Fraction(answer, question.get("full_at", 3)))
        case "number":
            return measured(question, number(answer))
        case "ratio":
            part = share(answer)
            return None if part is None else measured(question, part)
        case "date":
            return Fraction(100 if fresh(answer, question["fresh_within"], on) else 0)
    raise AssertionError(question["type"])


def number(answer: Any) -> Fraction:
    return Fraction(answer)


def share(answer: Raw) -> Fraction | None:
    whole = number(answer["denominator"])
    return number(answer["numerator"]) / whole if whole else None


def measured(question: Raw, figure: Fraction) -> Fraction:
    if "linear" in question:
        worst, best = (Fraction(question["linear"][end]) for end in ("worst", "best"))
        return 100 * max(Fraction(0), min(Fraction(1), (figure - worst) / (best - worst)))
    for band in question["bands"]:
        if ("from" not in band or figure >= Fraction(band["from"])) and (
            "to" not in band or figure < Fraction(band["to"])
        ):
            return Fraction(band["points"])
    raise AssertionError("bands leave no hole")


def fresh(answer: str, months: int, on: datetime.date) -> bool:
    """Step back a month at a time, then to the last day where the month is too short."""
    year, month = on.year, on.month
    for _ in range(months):
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    last = calendar.monthrange(year, month)[1]
    return datetime.date.fromisoformat(answer) >= datetime.date(year, month, min(on.day, last))
