"""Law that changes: which instruments change their status, and what rests on them."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from questionnaires.document import Instrument, Questionnaire, WeighedCriterion
from questionnaires.law import BINDS, Turn, carries_limit, turns
from questionnaires.questions import months_before

MONTHS_BACK = 12
"""How long a change of the past stays listed."""


@dataclass(frozen=True, slots=True)
class TouchedCriterion:
    """A criterion that cites the instrument, or whose requirement is drawn from it."""

    criterion: WeighedCriterion
    bereft: bool
    """It is a veto or cap, and from that day on nothing is left that may carry one."""


@dataclass(frozen=True, slots=True)
class TouchedQuestionnaire:
    """A published questionnaire with the criteria that a change touches."""

    questionnaire: Questionnaire
    criteria: tuple[TouchedCriterion, ...]

    @property
    def bereft(self) -> tuple[WeighedCriterion, ...]:
        """Return the vetoes and caps that have nothing left to rest on."""
        return tuple(each.criterion for each in self.criteria if each.bereft)


@dataclass(frozen=True, slots=True)
class LawChange:
    """A day on which an instrument changes its status, with all that it touches."""

    turn: Turn
    ahead: bool
    questionnaires: tuple[TouchedQuestionnaire, ...]


def law_changes(
    instruments: Mapping[str, Instrument],
    questionnaires: Iterable[Questionnaire],
    on: datetime.date,
) -> tuple[LawChange, ...]:
    """Return the changes of the twelve months before `on` and all ahead of it, by day.

    The instruments are the library's: what was published keeps what was known on its day.
    """
    since = months_before(on, MONTHS_BACK)
    asking = list(questionnaires)
    found = [turn for each in instruments.values() for turn in turns(each) if turn.on >= since]
    return tuple(
        LawChange(turn, turn.on > on, _touched(turn, asking, instruments))
        for turn in sorted(found, key=lambda turn: (turn.on, turn.instrument.id))
    )


def _touched(
    turn: Turn, questionnaires: list[Questionnaire], instruments: Mapping[str, Instrument]
) -> tuple[TouchedQuestionnaire, ...]:
    touched = []
    for questionnaire in questionnaires:
        drawn = {r.id for r in questionnaire.requirements if r.instrument == turn.instrument.id}
        known = {each.id: each for each in questionnaire.instruments} | dict(instruments)
        criteria = tuple(
            TouchedCriterion(criterion, _bereft(criterion, turn, known))
            for section in questionnaire.sections
            for criterion in section.criteria
            if not drawn.isdisjoint(criterion.requirements) or _cites(criterion, turn.instrument)
        )
        if criteria:
            touched.append(TouchedQuestionnaire(questionnaire, criteria))
    return tuple(touched)


def _cites(criterion: WeighedCriterion, instrument: Instrument) -> bool:
    return any(citation.instrument == instrument.id for citation in criterion.law)


def _bereft(criterion: WeighedCriterion, turn: Turn, instruments: Mapping[str, Instrument]) -> bool:
    """Tell whether the turn takes from a veto or cap the last article that could carry it."""
    return (
        (criterion.veto or criterion.cap) is not None
        and turn.after not in BINDS
        and _cites(criterion, turn.instrument)
        and not any(
            carries_limit(instruments[citation.instrument], citation.article, turn.on)
            for citation in criterion.law
        )
    )
