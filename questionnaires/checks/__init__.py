"""Checks across files, in the order in which their faults make sense."""

from questionnaires.checks.bank import check_bank
from questionnaires.checks.questionnaire import check_questionnaire
from questionnaires.checks.reach import (
    check_cycles,
    check_reachable,
    check_tiers_and_contradictions,
)
from questionnaires.faults import Fault
from questionnaires.library import Library


def check_library(library: Library) -> list[Fault]:
    """Return the faults of the first check that finds any; later ones rely on the earlier."""
    faults: list[Fault] = []
    for check in (check_bank, check_cycles, check_reachable):
        faults = faults or list(check(library))
    if faults:
        return faults
    for questionnaire in library.questionnaires.values():
        faults += list(check_questionnaire(library, questionnaire)) or list(
            check_tiers_and_contradictions(library, questionnaire)
        )
    return faults
