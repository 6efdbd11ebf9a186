"""The plan of an assessment: each gap with its actions, and the score that they lead to."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from compliance.assessments.draft import Draft
from compliance.assessments.models import Assessment, Submission
from compliance.assessments.outline import outline_of
from compliance.remediation.demands import demanded_findings
from compliance.remediation.models import RemediationAction
from compliance.reviews.models import Finding, Review
from compliance.reviews.verifying import verified
from questionnaires.gaps import Gap
from questionnaires.parts import Language
from questionnaires.scoring import Score, Standing
from questionnaires.summary import summarise


@dataclass(frozen=True)
class PlannedGap:
    """A gap, the finding that demands it to be closed, and what is planned against it."""

    gap: Gap
    title: str
    finding: Finding | None
    actions: list[RemediationAction]
    ticked: bool

    @property
    def live(self) -> list[RemediationAction]:
        """Its actions but for those that were given up."""
        return [one for one in self.actions if one.status != RemediationAction.Status.GIVEN_UP]


@dataclass(frozen=True)
class Plan:
    """What is planned, and what it comes to."""

    gaps: list[PlannedGap]
    """Those that are demanded first; else in the order of the report."""
    now: Decimal | None
    planned: Decimal | None
    """With the ticked gaps at their targets; 0 to 100, as printed."""
    review: Review | None
    """The decided review that demands remediation."""

    @property
    def with_actions(self) -> int:
        """How many gaps something is done about."""
        return sum(bool(gap.live) for gap in self.gaps)


def basis(assessment: Assessment) -> tuple[Score, Review | None]:
    """Return the score whose gaps are remedied: as verified, once a review is decided.

    Before that it is the company's own; the review is the latest decided one.
    """
    review = (
        Review.objects.decided()
        .filter(submission__assessment=assessment)
        .exclude(submission__status=Submission.Status.WITHDRAWN)
        .select_related("submission", "regulator")
        .order_by("-submission__round")
        .first()
    )
    if review is None:
        return Draft(assessment).score, None
    review.submission.assessment = assessment
    return verified(review.submission).score, review


def plan_of(assessment: Assessment, ticked: Collection[str] | None, language: Language) -> Plan:
    """Return the plan; `ticked` names the gaps that count as closed, None those with actions."""
    score, review = basis(assessment)
    demanded = {f.criterion: f for f in demanded_findings(review)} if review else {}
    by_criterion: dict[str, list[RemediationAction]] = {}
    for action in assessment.actions.select_related("owner"):
        by_criterion.setdefault(action.criterion, []).append(action)
    gaps = []
    for gap in summarise(score).gaps:
        name = gap.criterion.id
        actions = by_criterion.get(name, [])
        live = [one for one in actions if one.status != RemediationAction.Status.GIVEN_UP]
        gaps.append(
            PlannedGap(
                gap,
                gap.criterion.title.to(language),
                demanded.get(name),
                actions,
                bool(live) if ticked is None else name in ticked,
            )
        )
    scorer = outline_of(assessment.version).scorer
    gaps.sort(key=lambda planned: planned.finding is None)
    targets = {g.gap.criterion.id: target(g) for g in gaps if g.ticked}
    overrides = {**score.overrides, **targets}
    planned = summarise(scorer.score(score.sheet, overrides))
    return Plan(gaps, summarise(score).shown, planned.shown, review)


def target(gap: PlannedGap) -> Fraction:
    """Return what a gap reaches when all its actions are done: the best target; 1 without any."""
    standing = gap.gap.standing.achievement or Fraction(0)
    reached = [
        action.reached
        for action in gap.actions
        if action.status != RemediationAction.Status.GIVEN_UP
    ]
    return max([standing, *reached]) if reached else Fraction(1)


@dataclass(frozen=True)
class Progress:
    """What became of a gap of the assessment before."""

    title: str
    before: Standing
    now: Standing | None
    """None where the questionnaire of today has no such criterion."""
    actions: list[RemediationAction]


def predecessor(assessment: Assessment) -> Assessment | None:
    """Return the assessment of the same subject and questionnaire that came before this one."""
    earlier = Assessment.objects.filter(
        subject=assessment.subject_id,
        version__key=assessment.version.key,
        created_at__lt=assessment.created_at,
        actions__isnull=False,
    ).distinct()
    return earlier.select_related("version", "subject").order_by("-created_at").first()


def progress(before: Assessment, now: Score, language: Language) -> Iterable[Progress]:
    """Return each remedied gap of the assessment before, with where it stands now."""
    score, _review = basis(before)
    by_criterion: dict[str, list[RemediationAction]] = {}
    for action in before.actions.select_related("owner"):
        by_criterion.setdefault(action.criterion, []).append(action)
    for name, actions in by_criterion.items():
        standing = score.standings.get(name)
        if standing is not None:
            title = standing.criterion.title.to(language)
            yield Progress(title, standing, now.standings.get(name), actions)
