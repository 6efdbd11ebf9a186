"""One criterion of a submission as its reviewer sees it: everything that bears on the finding."""

from fractions import Fraction
from typing import Any

from django.urls import reverse

from compliance.assessments.models import Submission
from compliance.assessments.numerals import operand
from compliance.assessments.point_rules import point_rule
from compliance.assessments.submissions.differences import said
from compliance.assessments.submissions.frozen import Frozen
from compliance.assessments.verdict import limit_of
from compliance.library.citations import citations
from compliance.reviews.models import ConflictingFinding, Finding, Review
from questionnaires.document import WeighedCriterion
from questionnaires.exact import short
from questionnaires.explanation import CriterionExplanation, QuestionTrace, explain
from questionnaires.parts import Language
from questionnaires.questions import Question
from questionnaires.verification import checkable_criteria

Data = dict[str, Any]
Kind = Finding.Kind


class Walk:
    """The criteria of a submission that can be checked, in file order."""

    def __init__(self, frozen: Frozen) -> None:
        checkable = checkable_criteria(frozen.score)
        self.frozen = frozen
        self.order = [name for name in frozen.outline.criteria if name in checkable]
        found = Finding.objects.filter(review__submission=frozen.submission)
        self.checked = set(found.values_list("criterion", flat=True))

    def before(self, criterion: str) -> str | None:
        """Return the criterion before this one."""
        place = self.order.index(criterion)
        return self.order[place - 1] if place else None

    def after(self, criterion: str) -> str | None:
        """Return the criterion after this one."""
        return next(iter(self.order[self.order.index(criterion) + 1 :]), None)

    def unchecked(self, criterion: str | None = None) -> str | None:
        """Return the next criterion not yet checked, from this one on and round to the start."""
        start = self.order.index(criterion) + 1 if criterion else 0
        turned = self.order[start:] + self.order[:start]
        return next((name for name in turned if name not in self.checked), None)


def offered(frozen: Frozen, criterion: WeighedCriterion) -> list[Finding.Kind]:
    """Return what a reviewer can say of the criterion, as it stands in the submission."""
    if criterion.id in frozen.sheet.not_applicable:
        return [Kind.AGREE, Kind.ASK, Kind.REJECT_CLAIM]
    kinds = [Kind.AGREE, Kind.ADJUST, Kind.ASK]
    if (limit := criterion.veto or criterion.cap) and limit.compensating_measure:
        kinds.append(Kind.ACCEPT_MEASURE)
    return kinds


def criterion_page(
    frozen: Frozen, criterion: WeighedCriterion, former: Review | None, language: Language
) -> Data:
    """Return questions, answers, evidence, points and sources of one criterion.

    `former` is the review of the round before: what was said then stands beside what differs.
    """
    found = explain(frozen.score, criterion.id)
    standing = found.standing
    before = Frozen(former.submission) if former else None
    return {
        "former": _former(former, criterion.id) if former else None,
        "former_claim": _other_claim(before, frozen, criterion.id) if before else None,
        "criterion": criterion,
        "title": criterion.title.to(language),
        "status": standing.status.value,
        "achievement": _shown(standing.achievement),
        "worth": short(found.worth) if found.worth is not None else None,
        "claim": frozen.sheet.not_applicable.get(criterion.id, ""),
        "questions": [_question(frozen, before, trace, language) for trace in found.questions],
        "limit": _limit(frozen, found, language),
        "sources": citations(frozen.score.questionnaire, criterion, language),
    }


def _question(
    frozen: Frozen, before: Frozen | None, trace: QuestionTrace, language: Language
) -> Data:
    question = trace.question
    answer = frozen.answers.get(question.id)
    return {
        "number": frozen.outline.numbers[question.id],
        "text": question.text.to(language),
        "expected": question.evidence.to(language) if question.evidence else "",
        "answer": "" if trace.value is None else question.words(trace.value, language),
        "comment": answer.comment if answer else "",
        "trade_secret": answer is not None and answer.trade_secret,
        "rule": point_rule(trace, frozen.assessment.reference_date, language),
        "was": _was(before, frozen, question, language) if before else None,
        "evidence": [
            {**found, "url": evidence_url(frozen.submission, found)}
            for found in frozen.evidence.get(question.id, [])
        ],
    }


def _was(before: Frozen, frozen: Frozen, question: Question, language: Language) -> Data | None:
    """Return what the round before said on a question where it said something else."""
    if said(before, question.id) == said(frozen, question.id):
        return None
    answer = before.answers.get(question.id)
    value = before.sheet.values.get(question.id)
    return {
        "answer": "" if value is None else question.words(value, language),
        "comment": answer.comment if answer else "",
        "evidence": [
            one["title"] or one["name"] or one["address"]
            for one in before.evidence.get(question.id, [])
        ],
    }


def _other_claim(before: Frozen, frozen: Frozen, criterion: str) -> str | None:
    """Return the claim of the round before, "" for none; None where it is the same now."""
    was = before.claims.get(criterion, "")
    return None if was == frozen.claims.get(criterion, "") else was


def _former(former: Review, criterion: str) -> Data | None:
    """Return the finding of the round before with the company's replies to it."""
    finding = former.findings.filter(criterion=criterion).select_related("by").first()
    if finding is None:
        return None
    return finding_as_shown(finding) | {"replies": finding.replies.select_related("by")}


def evidence_url(submission: Submission, evidence: Any) -> str:
    """Return where evidence is found: a link's own address, or where its file is handed out."""
    if evidence["address"]:
        return str(evidence["address"])
    return reverse("reviews:evidence", args=[submission.pk, evidence["id"]])


def _limit(frozen: Frozen, found: CriterionExplanation, language: Language) -> Data | None:
    criterion = found.criterion
    if not (criterion.veto or criterion.cap):
        return None
    limit = limit_of(criterion)
    measure = limit.compensating_measure
    return {
        "veto": criterion.veto is not None,
        "bites": found.limit is not None,
        "pass_mark": operand(limit.mark(frozen.score.tier)),
        "because": limit.because.to(language),
        "measure": measure.to(language) if measure else "",
    }


def _shown(achievement: Fraction | None) -> str:
    return "" if achievement is None else f"{percent(achievement)}%"


def percent(achievement: Fraction) -> str:
    """Return an achievement in percent, with as many decimals as a form takes."""
    return short(achievement * 100, 6)


def finding_as_shown(finding: Finding | ConflictingFinding) -> Data:
    """Return a finding with its achievement in percent."""
    return {
        "row": finding,
        "kind": finding.get_kind_display(),
        "achievement": _shown(finding.verdict.achievement),
        "reason": finding.reason,
        "by": finding.by,
        "at": finding.at,
    }


def conflicts(review: Review, criterion: str) -> list[Data]:
    """Return the findings that met a newer one and wait for a choice."""
    waiting = ConflictingFinding.objects.filter(review=review, criterion=criterion)
    return [finding_as_shown(row) for row in waiting.select_related("by").order_by("at")]
