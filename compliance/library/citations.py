"""Where a criterion comes from, as a reader sees it cited."""

from typing import TypedDict

from questionnaires.document import Instrument, Questionnaire, WeighedCriterion
from questionnaires.explanation import cited_articles
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
    return {
        "articles": [
            {
                "citation": cite(found.instrument, found.article.label, language),
                "text": found.article.gist.to(language) if found.article.gist else "",
                "url": found.instrument.address or "",
                "grade": "B" if found.secondary else "A",
            }
            for found in cited_articles(questionnaire, criterion)
        ],
        "policy": [
            {
                "citation": cite(instruments[required.instrument], required.item, language),
                "text": required.text.to(language),
                "url": instruments[required.instrument].address or "",
                "grade": instruments[required.instrument].grade,
            }
            for required in (requirements[name] for name in criterion.requirements)
        ],
    }
