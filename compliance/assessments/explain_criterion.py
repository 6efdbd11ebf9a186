"""Where a criterion's points came from and where they went, with this case's numbers filled in."""

from fractions import Fraction
from typing import Any

from compliance.assessments.draft import Draft
from compliance.assessments.gap_entries import absence_reason
from compliance.assessments.links import question_url
from compliance.assessments.numerals import equals, operand
from compliance.assessments.point_rules import point_rule
from compliance.assessments.verdict import limit_of
from compliance.library.citations import citations
from questionnaires.exact import short
from questionnaires.explanation import CriterionExplanation, QuestionTrace, explain
from questionnaires.gaps import gaps
from questionnaires.parts import Language
from questionnaires.scoring import Absence, Score

Data = dict[str, Any]


def explain_criterion(draft: Draft, criterion_id: str, language: Language) -> Data:
    """Return the explanation; raise KeyError where the questionnaire has no such criterion."""
    found = explain(draft.score, criterion_id)
    criterion, standing = found.criterion, found.standing
    shown: Data = {
        "id": criterion_id,
        "title": criterion.title.to(language),
        "domain": found.domain.title.to(language),
        "domain_id": found.domain.id,
        "status": standing.status.value,
        "questions": [_question(draft, trace, language) for trace in found.questions],
        "sources": citations(draft.score.questionnaire, criterion, language),
    }
    if standing.achievement is None:
        claimed = standing.absence is Absence.CLAIMED
        reason = absence_reason(draft, found, language)
        return shown | {"applies": False, "claimed": claimed, "reason": reason}
    return shown | {
        "applies": True,
        "minimum": criterion.combine == "minimum",
        "limit": _limit(draft.score, found, language),
        "gap": next((g for g in gaps(draft.score) if g.criterion.id == criterion_id), None),
        **_formulas(found, standing.achievement),
    }


def _question(draft: Draft, trace: QuestionTrace, language: Language) -> Data:
    question = trace.question
    counts = trace.points is not None
    return {
        "number": draft.outline.numbers[question.id],
        "text": question.text.to(language),
        "url": question_url(draft, question.id),
        "answer": "" if trace.value is None else question.words(trace.value, language),
        "rule": point_rule(trace, draft.assessment.reference_date, language),
        "points": short(trace.points) if trace.points is not None else "",
        "weight": operand(question.weight) if counts else "",
    }


def _formulas(found: CriterionExplanation, a: Fraction) -> Data:
    criterion, domain = found.criterion, found.domain
    assert found.share_of_domain is not None
    assert found.domain_share is not None
    assert found.worth is not None
    assert found.lost is not None
    in_domain = criterion.weight / found.share_of_domain
    all_domains = domain.weight / found.domain_share
    worth = (
        f"100 × {operand(domain.weight)} ÷ {operand(all_domains)}"
        f" × {operand(criterion.weight)} ÷ {operand(in_domain)}"
    )
    short_of = f"(1 − {operand(a)})"
    risk = criterion.impact * 5 * (1 - a)
    return {
        "achievement": short(a, 4),
        "achievement_formula": f"{_combined(found)} {equals(a)}",
        "weights": {
            "domain": operand(domain.weight),
            "all_domains": operand(all_domains),
            "criterion": operand(criterion.weight),
            "in_domain": operand(in_domain),
        },
        "worth_formula": f"{worth} {equals(found.worth)}",
        "lost_formula": f"{worth} × {short_of} {equals(found.lost)}",
        "impact": criterion.impact,
        "risk_formula": f"{criterion.impact} × 5 × {short_of} {equals(risk, 2)}",
    }


def _combined(found: CriterionExplanation) -> str:
    counted = [(t.question.weight, t.points) for t in found.questions if t.points is not None]
    points = [operand(p) for _, p in counted]
    if len(counted) == 1:
        return f"{points[0]} ÷ 100"
    if found.criterion.combine == "minimum":
        return f"min({', '.join(points)}) ÷ 100"
    weights = [weight for weight, _ in counted]
    if len(set(weights)) == 1:
        return f"({' + '.join(points)}) ÷ {len(points)} ÷ 100"
    terms = [f"{operand(weight)} × {p}" for weight, p in zip(weights, points, strict=True)]
    return f"({' + '.join(terms)}) ÷ ({' + '.join(map(operand, weights))}) ÷ 100"


def _limit(score: Score, found: CriterionExplanation, language: Language) -> Data | None:
    """Return the veto or cap that the criterion carries, whether it bites or not."""
    criterion = found.criterion
    if not (criterion.veto or criterion.cap):
        return None
    limit = limit_of(criterion)
    ratings = {rating.id: rating for rating in score.questionnaire.ratings}
    best_left = ratings[criterion.cap.rating] if criterion.cap else score.questionnaire.ratings[-1]
    measure = limit.compensating_measure
    return {
        "veto": criterion.veto is not None,
        "bites": found.limit is not None,
        "pass_mark": operand(limit.mark(score.tier)),
        "best_left": best_left.title.to(language),
        "because": limit.because.to(language),
        "compensating_measure": measure.to(language) if measure else "",
    }
