"""Checks of what can come up at all: no cycles, nothing out of reach, no absence without a reason.

The searches of one library share their steps; where they run out, the rest is left unchecked.
"""

from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter

from questionnaires.conditions import All, Condition, Not, questions_in
from questionnaires.document import Criterion, PickedQuestionnaire
from questionnaires.faults import Fault
from questionnaires.library import Library
from questionnaires.questions import Question
from questionnaires.reachability import Search, Tangled

TANGLED = "the conditions have too many alternatives to be checked; write them more simply"


def check_cycles(library: Library) -> Iterator[Fault]:
    """Yield a fault where conditions lead back to where they start."""
    needs = {
        name: sorted(questions_in(question.ask_if)) for name, question in library.questions.items()
    }
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        # graphlib names each question before the one that needs it
        cycle = list(reversed(error.args[1]))
        first = min(range(len(cycle) - 1), key=lambda index: cycle[index])
        shown = " → ".join([*cycle[first:-1], *cycle[:first], cycle[first]])
        message = f"conditions form a cycle: {shown}"
        yield library.fault("question", cycle[first], message, "ask_if")


def check_reachable(library: Library) -> Iterator[Fault]:
    """Refuse criteria and questions that no answers can bring up, and unexplained absences."""
    search = search_of(library)
    for criterion in library.criteria.values():
        kind, place = "criterion", criterion.id
        try:
            if criterion.applies_if and not search.can_hold(criterion.applies_if):
                message = f"criterion “{place}” can never apply: no answers satisfy its condition"
                yield library.fault(kind, place, message, "applies_if")
                continue
            never = list(_never_asked(library, search, criterion.questions))
            yield from never
            if not (never or criterion.not_applicable) and _may_ask_nothing(search, criterion):
                message = (
                    "“not_applicable” is missing: say why the criterion drops out where none of "
                    "its questions is asked"
                )
                yield library.fault(kind, place, message)
        except Tangled:
            yield library.fault(kind, place, TANGLED)
            return
    scoping = [library.questions[name] for name in sorted(library.scoping)]
    try:
        yield from _never_asked(library, search, scoping)
    except Tangled:
        yield library.fault("question", scoping[0].id, TANGLED)


def _never_asked(
    library: Library, search: Search, questions: Iterable[Question]
) -> Iterator[Fault]:
    for question in questions:
        if question.ask_if and not search.can_hold(search.needs[question.id]):
            message = (
                f"question “{question.id}” can never be asked: no answers satisfy its condition"
            )
            yield library.fault("question", question.id, message, "ask_if")


def check_tiers_and_contradictions(
    library: Library, questionnaire: PickedQuestionnaire
) -> Iterator[Fault]:
    """Refuse tiers that no subject comes to, contradictions and leads that cannot occur."""
    search = search_of(library)
    wanted: list[tuple[Condition, str, str, int]] = []
    earlier: list[Condition] = []
    for index, tier in enumerate(questionnaire.tiers):
        own = [tier.if_] if tier.if_ else []
        if conditions := (*earlier, *own):
            message = f"no subject comes to the tier “{tier.id}”: no answers lead there"
            wanted.append((All(all=conditions), message, "tiers", index))
        earlier += [Not(**{"not": condition}) for condition in own]
    for index, contradiction in enumerate(questionnaire.contradictions):
        message = f"the contradiction “{contradiction.id}” can never occur"
        wanted.append((contradiction.if_, message, "contradictions", index))
    for index, lead in enumerate(questionnaire.leads_to):
        message = f"no answers lead to the questionnaire “{lead.questionnaire}”"
        wanted.append((lead.if_, message, "leads_to", index))
    for condition, message, key, index in wanted:
        try:
            if not search.can_hold(condition):
                yield library.fault("questionnaire", questionnaire.id, message, key, index)
        except Tangled:
            yield library.fault("questionnaire", questionnaire.id, TANGLED, key, index)
            return


def search_of(library: Library) -> Search:
    """Return the search over all questions of a library."""
    needs: dict[str, Condition] = {
        name: question.ask_if for name, question in library.questions.items() if question.ask_if
    }
    claimable: set[str] = set()
    for criterion in library.criteria.values():
        for question in criterion.questions:
            conditions = tuple(c for c in (criterion.applies_if, question.ask_if) if c)
            if conditions:
                needs[question.id] = All(all=conditions)
            if criterion.claimable:
                claimable.add(question.id)
    return Search(library.questions, needs, frozenset(claimable))


def _may_ask_nothing(search: Search, criterion: Criterion) -> bool:
    """Tell whether all scored questions of the criterion can be hidden at once."""
    conditions = [question.ask_if for question in criterion.questions if question.scored]
    return all(conditions) and search.can_hold(
        All(all=tuple(Not(**{"not": condition}) for condition in conditions if condition))
    )
