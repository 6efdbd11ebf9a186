"""Checks across the parts of a library: what they name must exist and fit."""

from collections.abc import Iterable, Iterator

from questionnaires.conditions import (
    AtLeast,
    Condition,
    In,
    InTier,
    Is,
    leaves,
    questions_in,
)
from questionnaires.document import Citation, Criterion
from questionnaires.faults import Fault, hint, near
from questionnaires.law import carries_limit
from questionnaires.library import Library
from questionnaires.questions import (
    MultipleChoice,
    Number,
    Question,
    Ratio,
    Scale,
    SingleChoice,
    YesNo,
)


def check_bank(library: Library) -> Iterator[Fault]:
    """Yield what is wrong with instruments, requirements, criteria and questions."""
    for instrument in library.instruments.values():
        for index, article in repeated(article.id for article in instrument.articles):
            message = f"two articles of “{instrument.id}” have the id “{article}”"
            yield library.fault("instrument", instrument.id, message, "articles", index, "id")
    for requirement in library.requirements.values():
        if requirement.instrument not in library.instruments:
            yield library.fault(
                "requirement",
                requirement.id,
                f"instrument “{requirement.instrument}” is not in the library"
                + near(requirement.instrument, library.instruments),
                "instrument",
            )
        yield from _check_citations(library, "requirement", requirement.id, requirement.law)
    for criterion in library.criteria.values():
        yield from _check_citations(library, "criterion", criterion.id, criterion.law)
        yield from _check_criterion(library, criterion)
    for question in library.questions.values():
        if question.id in library.scoping and question.scored:
            yield library.fault(
                "question", question.id, f"scoping question “{question.id}” must not earn points"
            )
        yield from _check_condition(library, "question", question.id, "ask_if", question.ask_if)


def repeated(names: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield the place and name of each that was there before."""
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            yield index, name
        seen.add(name)


def _check_citations(
    library: Library, kind: str, name: str, law: tuple[Citation, ...]
) -> Iterator[Fault]:
    for index, citation in enumerate(law):
        instrument = library.instruments.get(citation.instrument)
        if instrument is None:
            yield library.fault(
                kind,
                name,
                f"instrument “{citation.instrument}” is not in the library"
                + near(citation.instrument, library.instruments),
                "law",
                index,
            )
        elif citation.article not in {article.id for article in instrument.articles}:
            yield library.fault(
                kind,
                name,
                f"instrument “{instrument.id}” lists no article “{citation.article}”"
                + hint(citation.article, (article.id for article in instrument.articles)),
                "law",
                index,
            )


def _check_criterion(library: Library, criterion: Criterion) -> Iterator[Fault]:
    for index, requirement in enumerate(criterion.requirements):
        if requirement not in library.requirements:
            yield library.fault(
                "criterion",
                criterion.id,
                f"requirement “{requirement}” is not in the library"
                + near(requirement, library.requirements),
                "requirements",
                index,
            )
    for index, requirement in repeated(criterion.requirements):
        message = f"requirement “{requirement}” is named twice"
        yield library.fault("criterion", criterion.id, message, "requirements", index)
    yield from _check_condition(
        library, "criterion", criterion.id, "applies_if", criterion.applies_if
    )
    for question in sorted(questions_in(criterion.applies_if) - library.scoping):
        if question in library.questions:
            yield library.fault(
                "criterion",
                criterion.id,
                f"applies_if looks at “{question}”, which is not a scoping question",
                "applies_if",
            )
    if criterion.applies_if and not criterion.not_applicable:
        yield library.fault(
            "criterion",
            criterion.id,
            "“not_applicable” is missing: say why the criterion drops out where applies_if fails",
        )
    yield from _check_about(library, criterion)
    limit = criterion.veto or criterion.cap
    if limit and not any(
        carries_limit(instrument, citation.article)
        for citation in criterion.law
        if (instrument := library.instruments.get(citation.instrument))
    ):
        yield library.fault(
            "criterion",
            criterion.id,
            "a veto or cap needs a grade-A article of a binding instrument in force among its law",
            "veto" if criterion.veto else "cap",
        )


def _check_about(library: Library, criterion: Criterion) -> Iterator[Fault]:
    """Yield where what a company answers once would hang on what differs between its subjects.

    Scoping questions and the tier may decide whether a subject is asked at all: the answer is the
    same in each that is.
    """
    if criterion.about != "company":
        return
    of_company = {
        question.id
        for other in library.criteria.values()
        if other.about == "company"
        for question in other.questions
    }
    for question in criterion.questions:
        for named in sorted(questions_in(question.ask_if) - library.scoping - of_company):
            if named in library.questions:
                yield library.fault(
                    "question",
                    question.id,
                    f"“{criterion.id}” is about the company, so ask_if must not look at “{named}”, "
                    "which is answered for each subject",
                    "ask_if",
                )


def _check_condition(
    library: Library, kind: str, name: str, key: str, condition: Condition | None
) -> Iterator[Fault]:
    if condition is None:
        return
    for leaf in leaves(condition):
        if isinstance(leaf, InTier):
            continue  # tiers belong to a questionnaire
        question = library.questions.get(leaf.question)
        if question is None:
            message = f"question “{leaf.question}” is not in the library" + near(
                leaf.question, library.questions
            )
        else:
            message = misfit(question, leaf)
        if message:
            yield library.fault(kind, name, message, key)


def misfit(question: Question, leaf: Is | In | AtLeast) -> str:
    """Return why this question can never satisfy the leaf, or nothing."""
    if isinstance(leaf, AtLeast):
        if isinstance(question, Number | Ratio | Scale):
            return ""
        return f"at_least needs a number, ratio or scale, but “{question.id}” is none"
    if not isinstance(question, SingleChoice | MultipleChoice | YesNo | Scale):
        return f"is / in need a choice, but “{question.id}” is a {question.type} question"
    known: list[str | int]
    match question:
        case Scale():
            known = list(range(len(question.LEVELS)))
        case YesNo():
            known = list(question.LABELS)
        case _:
            known = [option.id for option in question.options]
    for wanted in [leaf.is_] if isinstance(leaf, Is) else leaf.in_:
        if wanted not in known:
            if isinstance(question, Scale) and str(wanted) in map(str, known):
                return f"“{question.id}” is a scale: write the level without quotes, {wanted}"
            meant = hint(str(wanted), map(str, known))
            return f"“{wanted}” is not an option of “{question.id}”{meant}"
    return ""
