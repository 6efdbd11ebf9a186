"""Checks of a questionnaire against the library that it picks from."""

from collections.abc import Iterator
from functools import partial

from questionnaires.checks.bank import misfit, repeated
from questionnaires.conditions import Condition, InTier, leaves
from questionnaires.document import PickedQuestionnaire
from questionnaires.faults import Fault, hint, near
from questionnaires.library import Library


def check_questionnaire(library: Library, questionnaire: PickedQuestionnaire) -> Iterator[Fault]:
    """Yield what is wrong with a questionnaire and with what it picks."""
    named = {pick.criterion for section in questionnaire.sections for pick in section.criteria}
    picked = named & library.criteria.keys()
    asked = {name for section in questionnaire.sections for name in section.questions}
    asked |= {question.id for name in picked for question in library.criteria[name].questions}
    yield from _check_names(library, questionnaire)
    yield from _check_scope(library, questionnaire)
    yield from _check_criteria(library, questionnaire)
    if picked == named:
        yield from _check_domains(library, questionnaire, picked)
    yield from _check_ratings_and_tiers(library, questionnaire, picked)
    yield from _check_asked(library, questionnaire, asked, picked)
    yield from _check_renamed(library, questionnaire, asked | picked)


def _check_names(library: Library, questionnaire: PickedQuestionnaire) -> Iterator[Fault]:
    """Refuse one id for two parts, and instruments and questionnaires that are not there."""
    fault = partial(library.fault, "questionnaire", questionnaire.id)
    for kind in ("domains", "ratings", "tiers", "sections", "contradictions"):
        parts = getattr(questionnaire, kind)
        for index, name in repeated(part.id for part in parts):
            yield fault(f"two {kind} have the id “{name}”", kind, index, "id")
    for index, name in enumerate(questionnaire.follows):
        if name not in library.instruments:
            meant = hint(name, library.instruments)
            yield fault(f"instrument “{name}” is not in the library{meant}", "follows", index)
    for index, lead in enumerate(questionnaire.leads_to):
        if (name := lead.questionnaire) not in library.questionnaires:
            meant = hint(name, library.questionnaires)
            message = f"the library has no questionnaire “{name}”{meant}"
            yield fault(message, "leads_to", index, "questionnaire")


def _check_scope(library: Library, questionnaire: PickedQuestionnaire) -> Iterator[Fault]:
    """Refuse sections of both kinds or none, and scoping questions unknown or asked twice."""
    fault = partial(library.fault, "questionnaire", questionnaire.id)
    asked: set[str] = set()
    for index, section in enumerate(questionnaire.sections):
        if bool(section.questions) == bool(section.criteria):
            held = "both" if section.questions else "neither"
            message = f"section “{section.id}” holds questions or criteria; this holds {held}"
            yield fault(message, "sections", index)
        for position, name in enumerate(section.questions):
            place = ("sections", index, "questions", position)
            if name not in library.scoping:
                meant = near(name, library.scoping)
                yield fault(f"“{name}” is not a scoping question of the library{meant}", *place)
            elif name in asked:
                yield fault(f"question “{name}” is asked twice", *place)
            asked.add(name)


def _check_criteria(library: Library, questionnaire: PickedQuestionnaire) -> Iterator[Fault]:
    """Refuse criteria that are unknown, picked twice, or of a domain that is not there."""
    fault = partial(library.fault, "questionnaire", questionnaire.id)
    domains = [domain.id for domain in questionnaire.domains]
    picked: set[str] = set()
    for index, section in enumerate(questionnaire.sections):
        for position, pick in enumerate(section.criteria):
            place = ("sections", index, "criteria", position)
            name = pick.criterion
            criterion = library.criteria.get(name)
            if criterion is None:
                meant = near(name, library.criteria)
                yield fault(f"criterion “{name}” is not in the library{meant}", *place)
                continue
            if name in picked:
                yield fault(f"criterion “{name}” is picked twice", *place)
            if criterion.domain not in domains:
                yield fault(
                    f"criterion “{name}” belongs to the domain “{criterion.domain}”, "
                    f"which the questionnaire does not have{hint(criterion.domain, domains)}",
                    *place,
                )
            picked.add(name)


def _check_domains(
    library: Library, questionnaire: PickedQuestionnaire, picked: set[str]
) -> Iterator[Fault]:
    used = {library.criteria[name].domain for name in picked}
    for index, domain in enumerate(questionnaire.domains):
        if domain.id not in used:
            message = f"domain “{domain.id}” has no criterion"
            yield library.fault("questionnaire", questionnaire.id, message, "domains", index)


def _check_ratings_and_tiers(
    library: Library, questionnaire: PickedQuestionnaire, picked: set[str]
) -> Iterator[Fault]:
    fault = partial(library.fault, "questionnaire", questionnaire.id)
    thresholds = [rating.from_ for rating in questionnaire.ratings]
    if thresholds != sorted(set(thresholds), reverse=True) or thresholds[-1] != 0:
        yield fault("ratings run from the best to the lowest, which is from 0", "ratings")
    for index, tier in enumerate(questionnaire.tiers):
        last = index == len(questionnaire.tiers) - 1
        if (tier.if_ is None) != last:
            yield fault(
                "the last tier is the default and has no “if”; every other tier has one",
                "tiers",
                index,
            )
        for leaf in leaves(tier.if_) if tier.if_ else ():
            if isinstance(leaf, InTier) or leaf.question not in library.scoping:
                yield fault("tiers look at scoping questions only", "tiers", index, "if")
    ratings = [rating.id for rating in questionnaire.ratings]
    tiers = {tier.id for tier in questionnaire.tiers}
    for name in sorted(picked):
        criterion = library.criteria[name]
        if criterion.cap and criterion.cap.rating not in ratings:
            yield library.fault(
                "criterion",
                name,
                f"the cap names the rating “{criterion.cap.rating}”, which the questionnaire "
                f"“{questionnaire.id}” does not have{hint(criterion.cap.rating, ratings)}",
                "cap",
                "rating",
            )
        elif criterion.cap and criterion.cap.rating == ratings[0]:
            message = f"a cap at “{ratings[0]}” limits nothing: it is the best rating"
            yield library.fault("criterion", name, message, "cap", "rating")
        limit = criterion.veto or criterion.cap
        for tier_name in sorted(set(limit.pass_mark_by_tier) - tiers if limit else ()):
            yield library.fault(
                "criterion",
                name,
                f"there is no tier “{tier_name}”{hint(tier_name, sorted(tiers))}",
                "veto" if criterion.veto else "cap",
                "pass_mark_by_tier",
                tier_name,
            )


def _check_asked(
    library: Library, questionnaire: PickedQuestionnaire, asked: set[str], picked: set[str]
) -> Iterator[Fault]:
    """Refuse conditions over questions that this questionnaire never asks, and unknown tiers."""
    tiers = sorted({tier.id for tier in questionnaire.tiers})
    for kind, name, place, condition in _conditions(library, questionnaire, asked, picked):
        in_scope = kind == "question" and name in library.scoping
        for leaf in leaves(condition):
            message = ""
            if isinstance(leaf, InTier):
                if leaf.tier not in tiers:
                    message = f"there is no tier “{leaf.tier}”{hint(leaf.tier, tiers)}"
                elif in_scope:
                    message = "a scoping question cannot depend on the tier that it decides"
            elif leaf.question not in asked:
                message = (
                    f"the condition needs “{leaf.question}”, which the questionnaire "
                    f"“{questionnaire.id}” never asks{near(leaf.question, asked)}"
                )
            elif leaf.question not in library.questions:
                continue  # the section that names it is at fault
            elif kind == "questionnaire":
                message = misfit(library.questions[leaf.question], leaf)
            elif in_scope and leaf.question not in library.scoping:
                message = f"a scoping question cannot depend on “{leaf.question}”"
            if message:
                yield library.fault(kind, name, message, *place)


def _conditions(
    library: Library, questionnaire: PickedQuestionnaire, asked: set[str], picked: set[str]
) -> Iterator[tuple[str, str, tuple[int | str, ...], Condition]]:
    """Yield every condition that counts here: the part that has it, its place there, itself."""
    for name in sorted(asked & library.questions.keys()):
        if condition := library.questions[name].ask_if:
            yield "question", name, ("ask_if",), condition
    for name in sorted(picked):
        if condition := library.criteria[name].applies_if:
            yield "criterion", name, ("applies_if",), condition
    for key in ("tiers", "contradictions", "leads_to"):
        for index, part in enumerate(getattr(questionnaire, key)):
            if part.if_:
                yield "questionnaire", questionnaire.id, (key, index, "if"), part.if_


def _check_renamed(
    library: Library, questionnaire: PickedQuestionnaire, known: set[str]
) -> Iterator[Fault]:
    """Refuse new ids that are not there or named twice, and former ones that are still in use."""
    renamed = questionnaire.succeeds.renamed if questionnaire.succeeds else {}
    taken: set[str] = set()
    for former, new in renamed.items():
        message = ""
        if new not in known:
            message = f"the questionnaire has no “{new}”{near(new, known)}"
        elif former in known:
            message = f"“{former}” is still in use, so nothing else is its new id"
        elif new in taken:
            message = f"“{new}” is the new id of two former ones"
        taken.add(new)
        if message:
            place = ("succeeds", "renamed", former)
            yield library.fault("questionnaire", questionnaire.id, message, *place)
