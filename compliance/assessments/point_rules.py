"""How an answer came to its points: one sentence that names the rule and fills in the case."""

import datetime
from dataclasses import dataclass
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from compliance.assessments.numerals import equals, operand
from questionnaires.exact import rounded, short
from questionnaires.explanation import QuestionTrace, Rule
from questionnaires.parts import Language
from questionnaires.questions import (
    FULL,
    NOTHING,
    DateQuestion,
    MultipleChoice,
    Number,
    Proportion,
    Ratio,
    Scale,
    Special,
    months_before,
)
from questionnaires.questions.measures import Band


@dataclass(frozen=True, slots=True)
class Unit:
    """How figures of a question are written: times so much, with this behind them."""

    times: int
    sign: str

    def write(self, figure: Fraction, places: int = 2) -> str:
        return short(figure * self.times, places) + self.sign

    def write_within(self, figure: Fraction, band: Band) -> str:
        """Return the figure with so many decimals that as written it still lies in the band."""
        for places in range(2, 12):
            written = Fraction(rounded(figure * self.times, places)) / self.times
            if (band.from_ is None or band.from_ <= written) and (
                band.to is None or written < band.to
            ):
                return self.write(figure, places)
        return self.write(figure, 12)


def point_rule(trace: QuestionTrace, reference_date: datetime.date, language: Language) -> str:
    """Return why the question earned what it did, or why it does not count."""
    if trace.rule is not Rule.ANSWERED:
        return _without_points(trace.rule)
    question, value = trace.question, trace.value
    points = trace.points or NOTHING
    if value is Special.CANNOT_SHOW:
        return _("What cannot be shown earns 0 points.")
    match question:
        case MultipleChoice() if isinstance(value, tuple):
            return _added(question, value)
        case Scale() if isinstance(value, int):
            return _level(question, value)
        case Ratio() if isinstance(value, Proportion):
            return _measured(question, value.share or NOTHING, points, Unit(100, "%"))
        case Number() if isinstance(value, Fraction):
            unit = question.unit.to(language) if question.unit else ""
            space = " " if unit and language == "en" else ""
            return _measured(question, value, points, Unit(1, space + unit))
        case DateQuestion() if isinstance(value, datetime.date):
            return _fresh(question, points, reference_date)
    return _("This answer earns %(points)s of 100 points.") % {"points": short(points)}


def _without_points(rule: Rule) -> str:
    return {
        Rule.UNANSWERED: _("Unanswered: 0 points until it is answered."),
        Rule.UNDETERMINED: _(
            "Another answer, still missing, decides whether it is asked: 0 points until then."
        ),
        Rule.HIDDEN_ZERO: _(
            "Not asked because of another answer. What does not exist cannot be shown: 0 points."
        ),
        Rule.HIDDEN_LEFT_OUT: _("Not asked because of another answer; it does not count."),
        Rule.NOT_ASKED: _("Not asked, according to the answers on the scope; it does not count."),
        Rule.CLAIMED_AWAY: _("The company claims that this does not apply; it does not count."),
        Rule.NOTHING_TO_COUNT: _("0 out of 0 leaves nothing to measure; it does not count."),
        Rule.NOT_SCORED: _("For information only: it earns no points."),
    }[rule]


def _added(question: MultipleChoice, chosen: tuple[str, ...]) -> str:
    earned = [option.points or NOTHING for option in question.options if option.id in chosen]
    total = sum(earned, NOTHING)
    formula = " + ".join(map(operand, earned))
    if len(earned) > 1:
        formula += f" {equals(total)}"
    if total > FULL:
        return _("The options chosen add up: %(sum)s, of which at most 100 points count.") % {
            "sum": formula
        }
    return _("The options chosen add up: %(sum)s points.") % {"sum": formula}


def _level(question: Scale, level: int) -> str:
    if level >= question.full_at:
        return _("Level %(full)s and above earn 100 points.") % {"full": question.full_at}
    formula = f"100 × {level} ÷ {question.full_at} {equals(FULL * level / question.full_at)}"
    return _("Level %(full)s is enough for 100 points: %(formula)s points.") % {
        "full": question.full_at,
        "formula": formula,
    }


def _measured(question: Number | Ratio, figure: Fraction, points: Fraction, unit: Unit) -> str:
    if question.linear:
        worst, best = question.linear.worst, question.linear.best
        formula = (
            f"100 × ({operand(figure)} − {operand(worst)}) ÷ ({operand(best)} − {operand(worst)})"
        )
        beyond = not min(worst, best) <= figure <= max(worst, best)
        return _("%(worst)s earns 0 points, %(best)s earns 100: %(formula)s points.") % {
            "worst": unit.write(worst),
            "best": unit.write(best),
            "formula": short(points) if beyond else f"{formula} {equals(points)}",
        }
    band = next(band for band in question.bands if band.to is None or figure < band.to)
    names = {"figure": unit.write_within(figure, band), "points": short(points)}
    if band.from_ is not None:
        names["low"] = unit.write(band.from_)
    if band.to is not None:
        names["high"] = unit.write(band.to)
    return _band_rule(band) % names


def _band_rule(band: Band) -> str:
    if band.from_ is not None and band.to is not None:
        return _("%(figure)s is at least %(low)s and below %(high)s: %(points)s points.")
    if band.from_ is not None:
        return _("%(figure)s is %(low)s or more: %(points)s points.")
    if band.to is not None:
        return _("%(figure)s is below %(high)s: %(points)s points.")
    return _("This answer earns %(points)s of 100 points.")


def _fresh(question: DateQuestion, points: Fraction, reference_date: datetime.date) -> str:
    months = question.fresh_within or 0
    names = {"months": months, "since": date_format(months_before(reference_date, months))}
    if points:
        return (
            _("Within %(months)s months before the reference date (since %(since)s): 100 points.")
            % names
        )
    return (
        _("More than %(months)s months before the reference date (before %(since)s): 0 points.")
        % names
    )
