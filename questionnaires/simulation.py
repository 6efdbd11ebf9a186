"""Made-up answers of plausible companies, to see how a questionnaire behaves over many of them.

The draws are rough on purpose and use binary floats; no score is computed from them.
"""

import datetime
from collections.abc import Callable
from fractions import Fraction
from math import ceil
from random import Random

from questionnaires.answers import AnswerSheet
from questionnaires.document import Questionnaire
from questionnaires.questions import (
    DateQuestion,
    MultipleChoice,
    Number,
    Proportion,
    Question,
    Ratio,
    Scale,
    SingleChoice,
    Special,
    Value,
    YesNo,
    months_before,
)

QUALITY = (0.2, 1.1, 0.9)
"""A company's quality: lowest, highest and likeliest of a triangular distribution; 1 is full."""
OF_A_CRITERION = 0.25
"""How far a criterion may lie from the company's quality, up or down."""
OF_A_QUESTION = 0.15
TICKED = 0.35
"""How likely an option is that describes the subject."""
SAMPLE = 20
"""What ratios are out of."""

Draw = Callable[[Random, float], Value]
"""Chance and the points aimed at, to an answer."""


class Simulator:
    """Draws answer sheets of one questionnaire: a scope at random, then answers by quality."""

    def __init__(self, questionnaire: Questionnaire, reference_date: datetime.date) -> None:
        self.reference_date = reference_date
        self._scoping = [
            (question.id, draw)
            for section in questionnaire.sections
            for question in section.questions
            if (draw := _describing(question))
        ]
        self._criteria = [
            [
                (question.id, _scored(question, reference_date))
                for question in criterion.questions
                if question.scored
            ]
            for section in questionnaire.sections
            for criterion in section.criteria
        ]

    def draw(self, random: Random) -> AnswerSheet:
        """Return one company's answers to everything that is scored or decides what is asked."""
        values = {name: draw(random, 0) for name, draw in self._scoping}
        quality = random.triangular(*QUALITY)
        for questions in self._criteria:
            of_criterion = quality + random.uniform(-OF_A_CRITERION, OF_A_CRITERION)
            for name, draw in questions:
                aim = of_criterion + random.uniform(-OF_A_QUESTION, OF_A_QUESTION)
                values[name] = draw(random, 100 * min(1.0, max(0.0, aim)))
        return AnswerSheet(self.reference_date, values)


def _describing(question: Question) -> Draw | None:
    """Return how to answer a question that describes; None where nothing can hang on it."""
    match question:
        case SingleChoice():
            names = [option.id for option in question.options]
            return lambda random, aim: random.choice(names)
        case YesNo():
            return lambda random, aim: random.choice(("yes", "no"))
        case MultipleChoice():
            return _ticked(question)
        case Number():
            low = ceil(question.minimum)
            high = low + 1000 if question.maximum is None else int(question.maximum)
            return lambda random, aim: Fraction(random.randint(low, max(low, high)))
        case Ratio():
            return lambda random, aim: Proportion(
                Fraction(random.randint(0, SAMPLE)), Fraction(SAMPLE)
            )
    return None


def _ticked(question: MultipleChoice) -> Draw:
    together = [option.id for option in question.options if not option.exclusive]
    alone = [option.id for option in question.options if option.exclusive]

    def draw(random: Random, aim: float) -> Value:
        chosen = tuple(name for name in together if random.random() < TICKED)
        return chosen or (random.choice(alone or together),)

    return draw


def _scored(question: Question, reference_date: datetime.date) -> Draw:
    if isinstance(question, MultipleChoice):
        return _added(question)
    points = {
        value: float(earned)
        for value in _candidates(question, reference_date)
        if (earned := question.points(value, reference_date)) is not None
    }

    def draw(random: Random, aim: float) -> Value:
        nearest = min(abs(earned - aim) for earned in points.values())
        return random.choice([v for v, earned in points.items() if abs(earned - aim) == nearest])

    return draw


def _added(question: MultipleChoice) -> Draw:
    """Tick options in any order while that leads nearer to what is aimed at."""
    worth = {o.id: float(o.points or 0) for o in question.options if not o.exclusive}
    least = next(option.id for option in question.options if option.points == 0)
    order = [option.id for option in question.options]

    def draw(random: Random, aim: float) -> Value:
        total, chosen = 0.0, set()
        for name in random.sample(sorted(worth), len(worth)):
            if total + worth[name] / 2 <= aim and worth[name]:
                total += worth[name]
                chosen.add(name)
        return tuple(name for name in order if name in chosen) or (least,)

    return draw


def _candidates(question: Question, reference_date: datetime.date) -> list[Value]:
    """Return answers that between them earn all that the question can."""
    found: list[Value] = []
    match question:
        case SingleChoice():
            found += [option.id for option in question.options]
        case YesNo():
            found += ["yes", "no"]
        case Scale():
            found += range(len(question.LEVELS))
        case Number():
            found += _figures(question)
        case Ratio():
            found += [Proportion(Fraction(n), Fraction(SAMPLE)) for n in range(SAMPLE + 1)]
        case DateQuestion(fresh_within=months) if months:
            found += [reference_date, months_before(reference_date, months + 6)]
    if getattr(question, "cannot_show", None):
        found.append(Special.CANNOT_SHOW)
    return found


def _figures(question: Number) -> list[Value]:
    if question.linear:
        worst, best = question.linear.worst, question.linear.best
        steps = [worst + (best - worst) * n / 10 for n in range(11)]
    else:
        starts = [band.from_ for band in question.bands if band.from_ is not None]
        steps = [question.minimum, *(start for start in starts if start >= question.minimum)]
    return [Fraction(ceil(step)) if question.whole else step for step in steps]
