"""A submission as its reviewers see it: where it stands, both scores, and every criterion."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from compliance.assessments.models import Submission
from compliance.assessments.submissions.frozen import Frozen
from compliance.reviews.criterion_page import percent
from compliance.reviews.models import Finding
from compliance.reviews.verifying import verified
from questionnaires.document import WeighedCriterion
from questionnaires.parts import Language
from questionnaires.scoring import Standing
from questionnaires.summary import summarise
from questionnaires.verification import checkable_criteria

Data = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """One criterion: what the company comes to, what the reviewer found."""

    criterion: WeighedCriterion
    title: str
    standing: Standing
    verified: Standing
    finding: Finding | None

    @property
    def adjusted(self) -> str:
        """To what the finding adjusts the achievement, in percent; empty where it does not."""
        found = self.finding.verdict.achievement if self.finding else None
        return "" if found is None else f"{percent(found)}%"


def overview(submission: Submission, language: Language, until: dt.datetime | None = None) -> Data:
    """Return both scores side by side, and the criteria by section in file order.

    Criteria that a rule leaves out are not among them: nothing was said about them. Disputes that
    were decided after `until` are left out of the verified score.
    """
    frozen = Frozen(submission)
    result = verified(submission, until)
    said = Finding.objects.filter(review__submission=submission).select_related("by", "dispute")
    findings = {finding.criterion: finding for finding in said}
    checkable = checkable_criteria(frozen.score)
    rows = {
        name: Row(
            criterion,
            criterion.title.to(language),
            frozen.score.standings[name],
            result.score.standings[name],
            findings.get(name),
        )
        for name, criterion in frozen.outline.criteria.items()
        if name in checkable
    }
    sections = [
        {
            "title": section.title.to(language),
            "rows": [rows[one.id] for one in section.criteria if one.id in rows],
        }
        for section in frozen.outline.sections.values()
    ]
    rated = frozen.outline.scorer.questionnaire.ratings
    return {
        "frozen": frozen,
        "ratings": {
            "self_assessed": None if frozen.score.rating is None else rated[frozen.score.rating],
            "verified": None if result.score.rating is None else rated[result.score.rating],
        },
        "unchecked": next((name for name in rows if name not in findings), None),
        "looks": sum(finding.look == Finding.Look.WAITING for finding in findings.values()),
        "self_assessed": summarise(frozen.score),
        "verified": summarise(result.score),
        "checked": result.checked,
        "total": result.total,
        "sections": [section for section in sections if section["rows"]],
    }
