"""A library: everything that its files hold, and how a questionnaire is resolved from it."""

from dataclasses import dataclass, field
from typing import Any

from questionnaires.document import (
    SCORING_RULES,
    Criterion,
    Instrument,
    PickedCriterion,
    PickedQuestionnaire,
    Questionnaire,
    Requirement,
    Section,
    WeighedCriterion,
)
from questionnaires.faults import Fault
from questionnaires.questions import Question
from questionnaires.reading import Source

Place = tuple[Source, tuple[int | str, ...]]


@dataclass
class Library:
    """Everything that a set of files holds, by id, with the place where each part is written."""

    instruments: dict[str, Instrument] = field(default_factory=dict)
    requirements: dict[str, Requirement] = field(default_factory=dict)
    criteria: dict[str, Criterion] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    """Scoping questions and the questions of all criteria."""
    scoping: set[str] = field(default_factory=set)
    questionnaires: dict[str, PickedQuestionnaire] = field(default_factory=dict)
    places: dict[tuple[str, str], Place] = field(default_factory=dict)

    def fault(self, kind: str, name: str, message: str, *path: int | str) -> Fault:
        """Return a fault at the part with this id."""
        source, start = self.places[kind, name]
        return source.fault((*start, *path), message)


def resolve(library: Library, name: str) -> Questionnaire:
    """Return the questionnaire with everything that it picks, independent of the library."""
    picked = library.questionnaires[name]
    sections = tuple(
        Section(
            id=section.id,
            title=section.title,
            intro=section.intro,
            questions=tuple(library.questions[question] for question in section.questions),
            criteria=tuple(_weighed(library, picked, pick) for pick in section.criteria),
        )
        for section in picked.sections
    )
    criteria = [criterion for section in sections for criterion in section.criteria]
    required = {name for criterion in criteria for name in criterion.requirements}
    requirements = tuple(r for r in library.requirements.values() if r.id in required)
    cited = {
        (citation.instrument, citation.article)
        for law in (*(c.law for c in criteria), *(r.law for r in requirements))
        for citation in law
    }
    sources = {instrument for instrument, _ in cited} | {r.instrument for r in requirements}
    instruments = tuple(
        instrument.model_copy(
            update={
                "articles": tuple(
                    article
                    for article in instrument.articles
                    if (instrument.id, article.id) in cited
                )
            }
        )
        for instrument in library.instruments.values()
        if instrument.id in sources
    )
    return Questionnaire(
        **{k: v for k, v in _fields(picked).items() if k not in ("sections", "follows")},
        rules=SCORING_RULES,
        sections=sections,
        requirements=requirements,
        instruments=instruments,
    )


def _weighed(
    library: Library, picked: PickedQuestionnaire, pick: PickedCriterion
) -> WeighedCriterion:
    """Return a criterion with its weight and the requirements that the questionnaire follows.

    One that serves none of these keeps all that it has: a criterion never stands without any.
    """
    criterion = library.criteria[pick.criterion]
    followed = tuple(
        name
        for name in criterion.requirements
        if library.requirements[name].instrument in picked.follows
    )
    fields = _fields(criterion) | {"requirements": followed or criterion.requirements}
    return WeighedCriterion(**fields, weight=pick.weight)


def _fields(part: Any) -> dict[str, Any]:
    return {name: getattr(part, name) for name in type(part).model_fields}
