"""Where a criterion comes from, as a reader sees it cited."""

from typing import TypedDict

from questionnaires.document import Instrument, Questionnaire, WeighedCriterion
from questionnaires.parts import Bilingual, Language


class Cited(TypedDict):
    """One place in an instrument."""

    citation: str
    """Such as 《示例法》第一条, or “Sample Law, article 1”."""
    text: str
    url: str
    grade: str
    """B where only secondary sources were compared, else A."""


class Citations(TypedDict):
    """What stands behind a criterion: binding articles, and the policy items that ask for it."""

    articles: list[Cited]
    policy: list[Cited]


def cite(instrument: Instrument, place: Bilingual, language: Language) -> str:
    """Return the instrument with the place in it, as the language cites."""
    between = "" if language == "zh" else ", "
    return f"{instrument.cited_as.to(language)}{between}{place.to(language)}"


def citations(
    questionnaire: Questionnaire, criterion: WeighedCriterion, language: Language
) -> Citations:
    """Return the articles and policy items behind a criterion, in written order."""
    instruments = {instrument.id: instrument for instrument in questionnaire.instruments}
    requirements = {requirement.id: requirement for requirement in questionnaire.requirements}
    articles = []
    for place in criterion.law:
        instrument = instruments[place.instrument]
        article = next(found for found in instrument.articles if found.id == place.article)
        secondary = "B" in (instrument.grade, article.grade)
        articles.append(
            Cited(
                citation=cite(instrument, article.label, language),
                text=article.gist.to(language) if article.gist else "",
                url=instrument.address or "",
                grade="B" if secondary else "A",
            )
        )
    policy = []
    for name in criterion.requirements:
        requirement = requirements[name]
        instrument = instruments[requirement.instrument]
        policy.append(
            Cited(
                citation=cite(instrument, requirement.item, language),
                text=requirement.text.to(language),
                url=instrument.address or "",
                grade=instrument.grade,
            )
        )
    return {"articles": articles, "policy": policy}
