"""Checks across files, in the order in which their faults make sense."""

from questionnaires.checks.bank import check_bank
from questionnaires.checks.questionnaire import check_questionnaire
from questionnaires.faults import Fault
from questionnaires.library import Library


def check_library(library: Library) -> list[Fault]:
    """Return the faults of the bank; where it has none, those of the questionnaires."""
    faults = list(check_bank(library))
    if not faults:
        for questionnaire in library.questionnaires.values():
            faults += check_questionnaire(library, questionnaire)
    return faults
