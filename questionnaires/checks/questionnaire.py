"""Checks of a questionnaire against the library that it picks from."""

from collections.abc import Iterator

from questionnaires.checks.bank import misfit, repeated
from questionnaires.conditions import Condition, InTier, leaves
from questionnaires.document import PickedQuestionnaire
from questionnaires.faults import Fault, hint, near
from questionnaires.library import Library


def check_questionnaire(library: Library, questionnaire: PickedQuestionnaire) -> Iterator[Fault]:
    """Yield what is wrong with a questionnaire and with what it picks."""

    def fault(message: str, *path: int | str) -> Fault:
        return library.fault("questionnaire", questionnaire.id, message, *path)

    for kind in ("domains", "ratings", "tiers", "sections", "contradictions"):
        parts = getattr(questionnaire, kind)
        for index, name in repeated(part.id for part in parts):
            yield fault(f"two {kind} have the id “{name}”", kind, index, "id")
    asked: set[str] = set()
    picked: set[str] = set()
    unknown = False
    domains = {domain.id for domain in questionnaire.domains}
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
        for position, pick in enumerate(section.criteria):
            place = ("sections", index, "criteria", position)
            criterion = library.criteria.get(pick.criterion)
            if criterion is None:
                meant = near(pick.criterion, library.criteria)
                yield fault(f"criterion “{pick.criterion}” is not in the library{meant}", *place)
                unknown = True
                continue
            if criterion.id in picked:
                yield fault(f"criterion “{criterion.id}” is picked twice", *place)
            if criterion.domain not in domains:
                meant = hint(criterion.domain, domains)
                yield fault(
                    f"criterion “{criterion.id}” belongs to the domain “{criterion.domain}”, "
                    f"which the questionnaire does not have{meant}",
                    *place,
                )
            picked.add(criterion.id)
            asked |= {question.id for question in criterion.questions}
    used = {library.criteria[name].domain for name in picked}
    for index, domain in enumerate(questionnaire.domains):
        if domain.id not in used and not unknown:
            yield fault(f"domain “{domain.id}” has no criterion", "domains", index)
    for index, name in enumerate(questionnaire.follows):
        if name not in library.instruments:
            meant = hint(name, library.instruments)
            yield fault(f"instrument “{name}” is not in the library{meant}", "follows", index)
    for index, lead in enumerate(questionnaire.leads_to):
        if lead.questionnaire not in library.questionnaires:
            meant = hint(lead.questionnaire, library.questionnaires)
            yield fault(
                f"the library has no questionnaire “{lead.questionnaire}”{meant}",
                "leads_to",
                index,
                "questionnaire",
            )
    yield from _check_ratings_and_tiers(library, questionnaire, picked)
    yield from _check_asked(library, questionnaire, asked, picked)


def _check_ratings_and_tiers(
    library: Library, questionnaire: PickedQuestionnaire, picked: set[str]
) -> Iterator[Fault]:
    def fault(message: str, *path: int | str) -> Fault:
        return library.fault("questionnaire", questionnaire.id, message, *path)

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
    tiers = {tier.id for tier in questionnaire.tiers}
    own = questionnaire.id
    conditions: list[tuple[str, str, tuple[int | str, ...], Condition | None]] = [
        *(
            ("question", name, ("ask_if",), library.questions[name].ask_if)
            for name in sorted(asked & set(library.questions))
        ),
        *(
            ("criterion", name, ("applies_if",), library.criteria[name].applies_if)
            for name in sorted(picked)
        ),
        *(
            ("questionnaire", own, ("tiers", index, "if"), tier.if_)
            for index, tier in enumerate(questionnaire.tiers)
        ),
        *(
            ("questionnaire", own, ("contradictions", index, "if"), contradiction.if_)
            for index, contradiction in enumerate(questionnaire.contradictions)
        ),
        *(
            ("questionnaire", own, ("leads_to", index, "if"), lead.if_)
            for index, lead in enumerate(questionnaire.leads_to)
        ),
    ]
    for kind, name, place, condition in conditions:
        for leaf in leaves(condition) if condition else ():
            if isinstance(leaf, InTier):
                if leaf.tier not in tiers:
                    message = f"there is no tier “{leaf.tier}”{hint(leaf.tier, sorted(tiers))}"
                    yield library.fault(kind, name, message, *place)
                elif kind == "question" and name in library.scoping:
                    message = "a scoping question cannot depend on the tier that it decides"
                    yield library.fault(kind, name, message, *place)
            elif leaf.question not in asked:
                yield library.fault(
                    kind,
                    name,
                    f"the condition needs “{leaf.question}”, which the questionnaire "
                    f"“{questionnaire.id}” never asks" + near(leaf.question, asked),
                    *place,
                )
            elif leaf.question not in library.questions:
                continue  # the section that names it is at fault
            elif kind == "questionnaire" and (
                message := misfit(library.questions[leaf.question], leaf)
            ):
                yield library.fault(kind, name, message, *place)
            elif (
                kind == "question"
                and name in library.scoping
                and (leaf.question not in library.scoping)
            ):
                message = f"a scoping question cannot depend on “{leaf.question}”"
                yield library.fault(kind, name, message, *place)
