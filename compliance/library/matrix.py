"""The traceability matrix: of the library as it is written, and of what is published."""

from collections.abc import Iterable

from compliance.library import sources
from compliance.library.domains import domain_table
from compliance.library.no_company_duty import no_company_duty
from questionnaires.document import Questionnaire
from questionnaires.traceability import TracedRequirement, trace_library, trace_published


def library_matrix() -> tuple[TracedRequirement, ...]:
    """Return the matrix of the library as it is being written; raise Refused with every fault."""
    library = sources.library()
    return trace_library(library, no_company_duty(library))


def published_matrix(questionnaires: Iterable[Questionnaire]) -> tuple[TracedRequirement, ...]:
    """Return the matrix of published questionnaires, with what none of them tests."""
    library = sources.settled_library()
    return trace_published(questionnaires, library, no_company_duty(library))


def domains_by_word() -> dict[str, str]:
    """Return the id of the domain that takes in each of the register's words."""
    return {word.id: domain.id for domain in domain_table().domains for word in domain.words}
