"""What a result may say as a whole: the rating with its reasons, the tier, what is missing."""

from typing import Any

from compliance.assessments.draft import Draft
from compliance.assessments.links import question_url
from questionnaires.document import Limit, WeighedCriterion
from questionnaires.exact import short
from questionnaires.parts import Language
from questionnaires.scoring import Score

Data = dict[str, Any]


def rating(score: Score, language: Language) -> Data | None:
    """Return the rating with its reasons; None without a score."""
    if score.rating is None or score.band is None:
        return None
    ratings = score.questionnaire.ratings
    levels = {0: "best", len(ratings) - 1: "lowest"}
    return {
        "level": levels.get(score.rating, "middle"),
        "title": ratings[score.rating].title.to(language),
        "by_score": ratings[score.band].title.to(language),
        "from": short(ratings[score.band].from_),
        "limits": limits(score, language),
    }


def limits(score: Score, language: Language) -> list[Data]:
    """Return the vetoes and caps that bite, with what each leaves of the rating."""
    ratings = score.questionnaire.ratings
    return [
        {
            "criterion": limit.criterion.id,
            "title": limit.criterion.title.to(language),
            "veto": limit.veto,
            "because": limit_of(limit.criterion).because.to(language),
            "best_left": ratings[limit.rating].title.to(language),
        }
        for limit in score.triggered
    ]


def limit_of(criterion: WeighedCriterion) -> Limit:
    """Return the veto or cap of a criterion that has one."""
    limit = criterion.veto or criterion.cap
    assert limit is not None
    return limit


def tier(score: Score, language: Language) -> Data | None:
    """Return the subject's tier with the rule that placed it there; None while undetermined."""
    for found in score.questionnaire.tiers:
        if found.id == score.tier:
            return {"title": found.title.to(language), "rule": found.rule.to(language)}
    return None


def missing(draft: Draft, language: Language) -> Data:
    """Return how many questions are unanswered, and by section where the first of them is."""
    by_section: dict[str, list[str]] = {}
    unanswered = set(draft.score.missing)
    for question, section in draft.outline.section_of.items():
        if question in unanswered:
            by_section.setdefault(section, []).append(question)
    return {
        "count": len(unanswered),
        "sections": [
            {
                "title": draft.outline.sections[section].title.to(language),
                "count": len(questions),
                "url": question_url(draft, questions[0]),
            }
            for section, questions in by_section.items()
        ],
    }
