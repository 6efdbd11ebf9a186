"""Every figure of a score as plain data, each twice: exact as a fraction, and rounded."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from questionnaires.contradictions import contradictions
from questionnaires.exact import rounded
from questionnaires.explanation import CriterionExplanation, QuestionTrace, explain_all
from questionnaires.gaps import Gap
from questionnaires.scoring import Score
from questionnaires.summary import DomainSummary, summarise


def figures(score: Score) -> dict[str, Any]:
    """Return a score as JSON-ready data, so that anyone can add it up.

    Scores and points lost run from 0 to 100, achievements and shares from 0 to 1, gap risks from
    0 to 25. A criterion's points lost are 100 · share of score · (1 - achievement). Printed points
    lost add up to 100 minus the printed score.
    """
    questionnaire = score.questionnaire
    summary = summarise(score)
    gaps = {gap.criterion.id: gap for gap in summary.gaps}
    return {
        "questionnaire": questionnaire.id,
        "version": questionnaire.version,
        "scoring_rules": questionnaire.rules,
        "reference_date": score.sheet.reference_date.isoformat(),
        "complete": not score.missing,
        "unanswered": score.missing,
        "tier": score.tier,
        "score": _twice(summary.score, summary.shown),
        "points_lost": _twice(
            None if summary.score is None else 100 - summary.score, summary.lost_shown
        ),
        "rating": _rating(score, score.rating),
        "rating_by_bands": _rating(score, score.band),
        "limits": [
            {
                "criterion": limit.criterion.id,
                "kind": "veto" if limit.veto else "cap",
                "pass_mark": _twice(limit.pass_mark),
                "best_rating_left": questionnaire.ratings[limit.rating].id,
            }
            for limit in score.triggered
        ],
        "contradictions": [
            {"id": found.contradiction.id, "questions": list(found.questions)}
            for found in contradictions(score)
        ],
        "pass_rate": _twice(summary.pass_rate),
        "domains": [_domain(domain) for domain in summary.domains],
        "criteria": [
            _criterion(found, gaps.get(name)) for name, found in explain_all(score).items()
        ],
        "gaps": [gap.criterion.id for gap in summary.gaps],
    }


def _rating(score: Score, rating: int | None) -> str | None:
    """Return the rating's id; while answers are missing the score is provisional and has none."""
    if rating is None or score.missing:
        return None
    return score.questionnaire.ratings[rating].id


def _twice(number: Fraction | None, shown: Decimal | None = None) -> dict[str, str] | None:
    if number is None:
        return None
    return {"exact": str(number), "rounded": str(rounded(number) if shown is None else shown)}


def _domain(domain: DomainSummary) -> dict[str, Any]:
    return {
        "id": domain.domain.id,
        "weight": _twice(domain.domain.weight),
        "score": _twice(domain.score, domain.shown),
        "statuses": {status.value: count for status, count in domain.counts.items()},
        "pass_rate": _twice(domain.pass_rate),
    }


def _criterion(found: CriterionExplanation, gap: Gap | None) -> dict[str, Any]:
    return {
        "id": found.criterion.id,
        "domain": found.criterion.domain,
        "status": found.standing.status.value,
        "not_applicable": found.standing.absence,
        "weight": _twice(found.criterion.weight),
        "share_of_domain": _twice(found.share_of_domain),
        "share_of_score": _twice(None if found.worth is None else found.worth / 100),
        "achievement": _twice(found.standing.achievement),
        "points_lost": _twice(found.lost, gap.lost_shown if gap else None),
        "impact": found.criterion.impact,
        "gap_risk": _twice(gap.risk) if gap else None,
        "gap_risk_level": gap.level.value if gap else None,
        "questions": [_question(trace) for trace in found.questions],
    }


def _question(trace: QuestionTrace) -> dict[str, Any]:
    return {
        "id": trace.question.id,
        "rule": trace.rule.value,
        "answer": None if trace.value is None else trace.question.write(trace.value),
        "points": _twice(trace.points),
        "share_of_criterion": _twice(trace.share),
    }
