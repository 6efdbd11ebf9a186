"""How criteria make the score of a domain, and domains the score of the whole."""

from fractions import Fraction
from typing import Any

from django.urls import reverse

from compliance.assessments.draft import Draft
from compliance.assessments.numerals import equals, operand
from compliance.assessments.verdict import limits, rating, tier
from questionnaires.exact import largest_remainder, rounded, short
from questionnaires.parts import Language
from questionnaires.scoring import Status
from questionnaires.summary import summarise

Data = dict[str, Any]

NOTHING = Fraction(0)


def explain_score(draft: Draft, language: Language) -> Data:
    """Return how the score, the rating, the tier and the pass rate came about."""
    score, summary = draft.score, summarise(draft.score)
    counted = [domain for domain in summary.domains if domain.score is not None]
    products = [domain.domain.weight * (domain.score or NOTHING) for domain in counted]
    weights = sum((domain.domain.weight for domain in counted), NOTHING)
    total = sum(products, NOTHING)
    rate = summary.pass_rate
    return {
        "summary": summary,
        "domains": [
            {
                "title": domain.domain.title.to(language),
                "url": reverse(
                    "assessments:explain_domain", args=[draft.assessment.pk, domain.domain.id]
                ),
                "weight": operand(domain.domain.weight),
                "score": short(domain.score or NOTHING, 4),
                "product": product,
                "lost": domain.lost_shown,
            }
            for domain, product in zip(counted, largest_remainder(products, 4), strict=True)
        ],
        "left_out": [d.domain.title.to(language) for d in summary.domains if d.score is None],
        "weights": operand(weights),
        "products": rounded(total, 4),
        "formula": f"{short(total, 6)} ÷ {operand(weights)} {equals(total / weights, 6)}"
        if weights
        else "",
        "pass_formula": (
            f"{summary.counts[Status.FULL]} ÷ {summary.applicable} {equals(100 * rate, 1)}%"
            if rate is not None
            else ""
        ),
        "bands": [
            {"title": found.title.to(language), "from": short(found.from_)}
            for found in score.questionnaire.ratings
        ],
        "provisional": draft.assessment.is_provisional,
        "rating": rating(score, language),
        "limits": limits(score, language),
        "tier": tier(score, language),
        "tiers": [
            {"title": found.title.to(language), "rule": found.rule.to(language)}
            for found in score.questionnaire.tiers
        ],
    }


def explain_domain(draft: Draft, domain_id: str, language: Language) -> Data:
    """Return how a domain came to its score; raise KeyError where there is no such domain."""
    summary = summarise(draft.score)
    domain = {found.domain.id: found for found in summary.domains}[domain_id]
    lost = {gap.criterion.id: gap.lost_shown for gap in summary.gaps}
    standings = [s for s in draft.score.standings.values() if s.criterion.domain == domain_id]
    applicable = [s for s in standings if s.achievement is not None]
    products = [s.criterion.weight * (s.achievement or NOTHING) for s in applicable]
    weights = sum((s.criterion.weight for s in applicable), NOTHING)
    total = sum(products, NOTHING)
    return {
        "title": domain.domain.title.to(language),
        "domain": domain,
        "criteria": [
            {
                "id": s.criterion.id,
                "title": s.criterion.title.to(language),
                "status": s.status.value,
                "weight": operand(s.criterion.weight),
                "achievement": operand(s.achievement or NOTHING),
                "product": product,
                "lost": lost.get(s.criterion.id),
            }
            for s, product in zip(applicable, largest_remainder(products, 4), strict=True)
        ],
        "left_out": [s.criterion.title.to(language) for s in standings if s.achievement is None],
        "weights": operand(weights),
        "products": rounded(total, 4),
        "formula": f"100 × {short(total, 6)} ÷ {operand(weights)} {equals(100 * total / weights)}"
        if weights
        else "",
    }
