"""Conditions in plain words, with the numbers of questions and the words of their options."""

import math
from dataclasses import dataclass
from typing import Literal

from questionnaires.answers import questions_of
from questionnaires.conditions import (
    All,
    AnyOf,
    AtLeast,
    Condition,
    In,
    InTier,
    Is,
    Not,
)
from questionnaires.document import Questionnaire
from questionnaires.exact import short
from questionnaires.numbering import question_numbers
from questionnaires.parts import Language
from questionnaires.questions import MultipleChoice, Number, Question, Ratio, Scale

Phrases = dict[str, str]

_PHRASES: dict[Language, dict[bool, Phrases]] = {
    "zh": {
        True: {
            "is": "第{number}题选择{words}",
            "ticks": "第{number}题勾选{words}",
            "reaches": "第{number}题达到{figure}",
            "given": "第{number}题填报了数值",
            "tier": "评估对象属于“{tier}”",
        },
        False: {
            "is": "第{number}题未选择{words}",
            "ticks": "第{number}题未勾选{words}",
            "reaches": "第{number}题未达到{figure}",
            "given": "第{number}题未填报数值",
            "tier": "评估对象不属于“{tier}”",
        },
    },
    "en": {
        True: {
            "is": "question {number} is answered {words}",
            "ticks": "question {number} includes {words}",
            "reaches": "question {number} reaches {figure}",
            "given": "question {number} gives a figure",
            "tier": "the subject tier is “{tier}”",
        },
        False: {
            "is": "question {number} is not answered {words}",
            "ticks": "question {number} does not include {words}",
            "reaches": "question {number} does not reach {figure}",
            "given": "question {number} gives no figure",
            "tier": "the subject tier is not “{tier}”",
        },
    },
}
_JOINED: dict[Language, Phrases] = {
    "zh": {"and": "，并且", "or": "，或者", "either": "或者", "not": "并非", "group": "（{}）"},
    "en": {"and": ", and ", "or": ", or ", "either": " or ", "not": "not ", "group": "({})"},
}


@dataclass(frozen=True, slots=True)
class Clauses:
    """A condition as a list: all of the clauses have to hold, or any one of them."""

    kind: Literal["all", "any"]
    clauses: tuple[str, ...]


class Wording:
    """Says the conditions of one questionnaire."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.numbers = question_numbers(questionnaire)
        self._questions = {question.id: question for question in questions_of(questionnaire)}
        self._tiers = {tier.id: tier.title for tier in questionnaire.tiers}

    def say(self, condition: Condition, language: Language) -> str:
        """Return when the condition holds, as the middle of a sentence."""
        return self._say(condition, True, language)

    def clauses(self, condition: Condition, language: Language) -> Clauses:
        """Return the same as a list; a condition with one part is all of one clause."""
        match condition:
            case All():
                return Clauses("all", tuple(self.say(part, language) for part in condition.all))
            case AnyOf():
                return Clauses("any", tuple(self.say(part, language) for part in condition.any))
        return Clauses("all", (self.say(condition, language),))

    def _say(self, condition: Condition, wanted: bool, language: Language) -> str:
        match condition:
            case Not():
                return self._say(condition.not_, not wanted, language)
            case All() | AnyOf():
                said = self._group(condition, language)
                if wanted:
                    return said
                joined = _JOINED[language]
                return joined["not"] + joined["group"].format(said)
            case InTier():
                tier = self._tiers[condition.tier].to(language)
                return _PHRASES[language][wanted]["tier"].format(tier=tier)
        kind, words = self._leaf(condition, self._questions[condition.question], language)
        number = self.numbers[condition.question]
        return _PHRASES[language][wanted][kind].format(number=number, words=words, figure=words)

    def _group(self, condition: All | AnyOf, language: Language) -> str:
        parts = condition.all if isinstance(condition, All) else condition.any
        joined = _JOINED[language]
        said = [
            joined["group"].format(self._say(part, True, language))
            if isinstance(part, All | AnyOf) and len(parts) > 1
            else self._say(part, True, language)
            for part in parts
        ]
        return joined["and" if isinstance(condition, All) else "or"].join(said)

    def _leaf(
        self, leaf: Is | In | AtLeast, question: Question, language: Language
    ) -> tuple[str, str]:
        if isinstance(leaf, AtLeast):
            return _threshold(leaf, question, language)
        several = isinstance(question, MultipleChoice)
        wanted = [leaf.is_] if isinstance(leaf, Is) else leaf.in_
        named = [
            question.words(question.read([each] if several else each), language) for each in wanted
        ]
        return "ticks" if several else "is", _either(named, language)


def _either(named: list[str], language: Language) -> str:
    """Return the options in quotation marks; Chinese puts no comma between those."""
    quoted = [f"“{each}”" for each in named]
    between = "" if language == "zh" else ", "
    return _JOINED[language]["either"].join(filter(None, (between.join(quoted[:-1]), quoted[-1])))


def _threshold(leaf: AtLeast, question: Question, language: Language) -> tuple[str, str]:
    match question:
        case Scale():
            level = math.ceil(leaf.at_least)
            return "reaches", f"“{question.words(level, language)}”"
        case Ratio():
            if leaf.at_least <= 0:
                return "given", ""
            return "reaches", f"{short(100 * leaf.at_least)}%"
        case Number() if leaf.at_least <= question.minimum:
            return "given", ""
        case Number(unit=unit) if unit:
            space = "" if language == "zh" else " "
            return "reaches", f"{short(leaf.at_least)}{space}{unit.to(language)}"
    return "reaches", short(leaf.at_least)
