"""How an answer came to its points, in one sentence that names the rule and fills in the case."""

import datetime
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from compliance.assessments.numerals import equals, operand, percent, short
from questionnaires.explanation import QuestionTrace, Rule
from questionnaires.parts import Language
from questionnaires.questions import (
    DateQuestion,
    MultipleChoice,
    Number,
    Ratio,
    Scale,
    Special,
)
from questionnaires.questions.base import FULL, Proportion
from questionnaires.questions.measures import Band, Linear
from questionnaires.questions.records import months_before


def point_rule(trace: QuestionTrace, reference_date: datetime.date, language: Language) -> str:
    """Return why the question earned what it did, or why it does not count."""
    if trace.rule is not Rule.ANSWERED:
        return _without_answer(trace.rule)
    question, value = trace.question, trace.value
    points = short(trace.points or Fraction(0))
    if value is Special.CANNOT_SHOW:
        return _("What cannot be shown earns 0 points.")
    match question:
        case MultipleChoice():
            return _several(question, value)
        case Scale() if isinstance(value, int):
            return _level(question, value)
        case Ratio() if isinstance(value, Proportion):
            return _measured(question, value.share or Fraction(0), points, percent)
        case Number() if isinstance(value, Fraction):
            unit = f" {question.unit.to(language)}" if question.unit else ""
            return _measured(question, value, points, lambda number: f"{short(number)}{unit}")
        case DateQuestion() if isinstance(value, datetime.date):
            return _fresh(question, value, points, reference_date)
    return _("This answer earns %(points)s of 100 points.") % {"points": points}


def _without_answer(rule: Rule) -> str:
    return {
        Rule.UNANSWERED: _("Not answered: 0 points until it is."),
        Rule.UNDETERMINED: _(
            "Whether it is asked depends on an answer that is missing: 0 points until that is there."
        ),
        Rule.HIDDEN_ZERO: _(
            "Not asked because of another answer; what does not exist cannot be shown: 0 points."
        ),
        Rule.HIDDEN_LEFT_OUT: _("Not asked because of another answer; it does not count."),
        Rule.NOT_ASKED: _("Not asked, according to the answers on the scope; it does not count."),
        Rule.NOTHING_TO_COUNT: _("0 out of 0: there is nothing to measure, so it does not count."),
        Rule.NOT_SCORED: _("For information only; it earns no points."),
    }[rule]


def _several(question: MultipleChoice, value: object) -> str:
    chosen = [o.points or Fraction(0) for o in question.options if o.id in value]  # type: ignore[operator]
    total = sum(chosen, Fraction(0))
    sum_shown = " + ".join(map(operand, chosen))
    if len(chosen) > 1:
        sum_shown += f" {equals(total)}"
    if total > FULL:
        return _("The options chosen earn %(sum)s; more than 100 counts as 100.") % {
            "sum": sum_shown
        }
    return _("The options chosen earn %(sum)s of 100 points.") % {"sum": sum_shown}


def _level(question: Scale, level: int) -> str:
    if level >= question.full_at:
        return _("Level %(full)s and above earns 100 points.") % {"full": question.full_at}
    formula = f"100 × {level} ÷ {question.full_at} {equals(Fraction(100 * level, question.full_at))}"
    return _("Level ÷ %(full)s, where level %(full)s is full: %(formula)s.") % {
        "full": question.full_at,
        "formula": formula,
    }


def _measured(question: Number | Ratio, figure: Fraction, points: str, written: object) -> str:
    assert callable(written)
    if question.linear:
        return _on_the_line(question.linear, figure)
    band = next(band for band in question.bands if band.to is None or figure < band.to)
    return _in_band(band, written(figure), points, written)


def _in_band(band: Band, figure: str, points: str, written: object) -> str:
    assert callable(written)
    names = {"figure": figure, "points": points}
    if band.to is None and band.from_ is None:
        return _("Any figure earns %(points)s points.") % names
    if band.to is None:
        at_least = written(band.from_)
        return _("%(figure)s: from %(low)s up, %(points)s points.") % names | {"low": at_least}
    return ""


def _on_the_line(line: Linear, figure: Fraction) -> str:
    return ""


def _fresh(
    question: DateQuestion, value: datetime.date, points: str, reference_date: datetime.date
) -> str:
    return date_format(months_before(reference_date, question.fresh_within or 0))
