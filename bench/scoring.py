"""Scoring: exact, in microseconds, linear in criteria, against fractions throughout."""

import datetime
import random
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from bench._figure import Figure
from compliance.library.sources import published_files
from questionnaires.answers import AnswerSheet, questions_of
from questionnaires.document import Questionnaire
from questionnaires.explanation import explain_all
from questionnaires.publishing import load
from questionnaires.questions import (
    DateQuestion,
    MultipleChoice,
    Number,
    Question,
    Ratio,
    Scale,
    SingleChoice,
    YesNo,
)
from questionnaires.scoring import Scorer
from tests.questionnaires.build import Raw, asking, criterion, raw_questionnaire, single, yes_no
from tests.questionnaires.reference import Reference

TODAY = datetime.date(2026, 11, 21)
TARGET = 100
"""Microseconds for 120 criteria."""


def measure() -> Iterator[Figure]:
    """Yield the figures of made questionnaires, and of the first that is published."""
    chance = random.Random(2026)  # noqa: S311 (no secret, and the same each time)
    hundred = Questionnaire.model_validate(document := made(120))
    many = Questionnaire.model_validate(made(1_200))
    sheet, large = answered(hundred, chance), answered(many, chance)
    one, ten = Scorer(hundred), Scorer(many)
    plainly = written(hundred, sheet)
    short, long, slow, explained = interleaved(
        lambda: one.score(sheet),
        lambda: ten.score(large),
        lambda: Reference(document, plainly, {}, TODAY).result(),
        lambda: explain_all(one.score(sheet)),
    )
    yield Figure("120 criteria, 240 questions", f"{short:.0f} µs", f"{TARGET} µs", short / TARGET)
    yield Figure("1,200 criteria to 120", f"{long / short:.1f}", "10", long / short / 10)
    yield Figure("fractions throughout to integers", f"{slow / short:.0f}")
    yield Figure("with the explanation of every point to without", f"{explained / short:.0f}")
    for path in published_files():
        asked = load(path.read_bytes())
        scorer, real = Scorer(asked), answered(asked, chance)
        (taken,) = interleaved(lambda scorer=scorer, real=real: scorer.score(real))
        count = len(scorer.plans)
        yield Figure(f"{path.stem}, {count} criteria", f"{taken:.0f} µs")


def made(criteria: int) -> Raw:
    """Return a questionnaire of two questions a criterion, in four domains, as they come.

    A quarter of the criteria depends on scoping, a tenth may force the rating, and a tenth asks for
    a ratio.
    """
    scoping = [yes_no(f"s{index}", None) for index in range(10)]
    found = []
    for index in range(criteria):
        first, second = f"q{index}-1", f"q{index}-2"
        share = asking(
            "ratio",
            second,
            bands=[{"to": "0.8", "points": 0}, {"from": "0.8", "to": 1, "points": 60},
                   {"from": 1, "points": 100}],
        )  # fmt: skip
        more: dict[str, Any] = {"domain": f"d{index % 4}", "weight": index % 7 + 1}
        if index % 4 == 0:
            condition = {"question": f"s{index % 10}", "is": "yes"}
            more |= {"applies_if": condition, "not_applicable": {"zh": "不适用", "en": "None"}}
        if index % 10 == 0:
            more["veto"] = {"pass_mark": "0.6", "because": {"zh": "严重", "en": "Grave"}}
        options = {"none": 0, "some": 30, "most": 70, "all": 100}
        asked = share if index % 10 == 5 else single(second, options)
        found.append(criterion(f"c{index}", single(first, options), asked, **more))
    return raw_questionnaire(*found, scoping=scoping)


def answered(questionnaire: Questionnaire, chance: random.Random) -> AnswerSheet:
    """Return random answers to every question."""
    return AnswerSheet(
        TODAY,
        {
            q.id: q.read(_answer(q, chance))
            for q in questions_of(questionnaire)
            if _answer(q, chance)
        },
    )


def written(questionnaire: Questionnaire, sheet: AnswerSheet) -> dict[str, Any]:
    """Return the answers as JSON."""
    questions = {question.id: question for question in questions_of(questionnaire)}
    return {name: questions[name].write(value) for name, value in sheet.values.items()}


def _answer(question: Question, chance: random.Random) -> Any:
    match question:
        case SingleChoice():
            return chance.choice(question.options).id
        case MultipleChoice():
            return [chance.choice(question.options).id]
        case YesNo():
            return chance.choice(["yes", "no"])
        case Scale():
            return str(chance.randrange(6))
        case Number():
            return str(int(question.minimum) + chance.randrange(3))
        case Ratio():
            whole = chance.randrange(1, 60)
            return {"numerator": chance.randrange(whole + 1), "denominator": whole}
        case DateQuestion():
            return f"2026-0{chance.randrange(1, 10)}-15"
    return None


def interleaved(*works: Callable[[], Any], rounds: int = 15) -> list[float]:
    """Return the median time of each work in microseconds, all measured turn by turn."""
    repeats = []
    for work in works:
        started = time.process_time()
        work()
        repeats.append(max(1, int(0.02 / (time.process_time() - started))))
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for work, repeat, times in zip(works, repeats, taken, strict=True):
            started = time.process_time()
            for _ in range(repeat):
                work()
            times.append((time.process_time() - started) / repeat * 1_000_000)
    return [statistics.median(times) for times in taken]
