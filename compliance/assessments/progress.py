"""How far an assessment has come, section by section."""

from dataclasses import dataclass
from enum import StrEnum

from compliance.assessments.draft import Draft
from questionnaires.document import Section


class State(StrEnum):
    """Where a section stands."""

    NOT_APPLICABLE = "not_applicable"
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    NEEDS_ATTENTION = "needs_attention"
    COMPLETE = "complete"


@dataclass(frozen=True)
class Progress:
    """One section, with how many of its questions count and how many of those are answered."""

    section: Section
    state: State
    answered: int
    total: int


def progress(draft: Draft) -> list[Progress]:
    """Return where each section stands, in order."""
    troubled = _troubled(draft)
    return [_section(draft, section, troubled) for section in draft.outline.sections.values()]


def _section(draft: Draft, section: Section, troubled: set[str]) -> Progress:
    questions = [question.id for question in draft.outline.questions_in(section.id)]
    counting = [question for question in questions if draft.counts(question)]
    answered = sum(map(draft.answered, counting))
    if not draft.applies(section.id):
        state = State.NOT_APPLICABLE
    elif section.id in troubled:
        state = State.NEEDS_ATTENTION
    elif answered == len(counting):
        state = State.COMPLETE
    elif answered or any(question in draft.answers for question in questions):
        state = State.IN_PROGRESS
    else:
        state = State.NOT_STARTED
    return Progress(section, state, answered, len(counting))


def _troubled(draft: Draft) -> set[str]:
    """Return the sections where something was entered that someone has to look at."""
    outline = draft.outline
    questions = [key for key in draft.answers if draft.counts(key) and draft.unreadable(key)]
    questions += draft.conflicting_answers
    for found in draft.contradictions:
        questions += found.questions
    criteria = [key for key, c in draft.claims.items() if c.claimed and not c.justification]
    criteria += draft.conflicting_claims
    found_in = {outline.section_of[key] for key in questions if key in outline.section_of}
    return found_in | {
        outline.section_of_criterion[key] for key in criteria if key in outline.criteria
    }
