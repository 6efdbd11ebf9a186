"""Checks of what can come up at all: no cycles, no question or criterion out of reach."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from questionnaires.conditions import All, questions_in
from questionnaires.faults import Fault
from questionnaires.library import Library
from questionnaires.reachability import can_hold


def check_cycles(library: Library) -> Iterator[Fault]:
    """Yield a fault where conditions lead back to where they start."""
    needs = {
        name: questions_in(question.ask_if) & set(library.questions)
        for name, question in library.questions.items()
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
    """Refuse what no combination of answers can bring up."""
    applies = {
        question.id: criterion.applies_if
        for criterion in library.criteria.values()
        for question in criterion.questions
    }
    for criterion in library.criteria.values():
        if criterion.applies_if and not can_hold(criterion.applies_if, library.questions):
            yield library.fault(
                "criterion",
                criterion.id,
                f"criterion “{criterion.id}” can never apply: no answers satisfy its condition",
                "applies_if",
            )
            return
    for question in library.questions.values():
        conditions = tuple(c for c in (applies.get(question.id), question.ask_if) if c)
        if question.ask_if and not can_hold(All(all=conditions), library.questions):
            yield library.fault(
                "question",
                question.id,
                f"question “{question.id}” can never be asked: no answers satisfy its condition",
                "ask_if",
            )
