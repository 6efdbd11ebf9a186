"""The result of an assessment as its page shows it: figures that add up, and what to do next."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from compliance.assessments.draft import Draft
from compliance.assessments.gap_entries import absent_entries, gap_entry
from compliance.assessments.next_steps import next_steps
from compliance.assessments.numerals import signed
from compliance.assessments.planning import Planned, largest_gaps, plan
from compliance.assessments.verdict import missing, rating, tier
from questionnaires.exact import rounded, short
from questionnaires.explanation import explain_all
from questionnaires.gaps import Gap
from questionnaires.parts import Language
from questionnaires.scoring import Status
from questionnaires.summary import DomainSummary, Summary, summarise

Data = dict[str, Any]

AT_ONCE = 10
"""So many gaps are open to the eye; the others unfold."""
TICK = "close"
"""The parameter that names a gap to be closed."""


def result_page(draft: Draft, ticked: Iterable[str], language: Language) -> Data:
    """Return what the result page shows, planning to close the ticked gaps.

    Raises UnknownCriterionError for a ticked criterion that the questionnaire does not have.
    """
    summary = summarise(draft.score)
    planned = plan(draft, summary, ticked)
    explanations = explain_all(draft.score)
    closed = {step.gap.criterion.id for step in planned.steps}
    entries = [
        gap_entry(draft, gap, explanations[gap.criterion.id], gap.criterion.id in closed, language)
        for gap in summary.gaps
    ]
    return {
        **planned_part(draft, summary, planned, language),
        "summary": summary,
        "pass_rate": _percent(summary),
        "rating": None if draft.assessment.is_provisional else rating(draft.score, language),
        "tier": tier(draft.score, language),
        "missing": missing(draft, language),
        "next_steps": next_steps(draft, summary),
        "bars": [_bar(draft, domain, language) for domain in summary.domains],
        "marks": [short(r.from_) for r in draft.score.questionnaire.ratings if r.from_],
        "domains": [_row(draft, domain, language) for domain in summary.domains],
        "total": _counted(summary),
        "gaps": entries[:AT_ONCE],
        "more_gaps": entries[AT_ONCE:],
        "major": [entry for entry in entries if entry.gap.major],
        "absent": absent_entries(draft, explanations, language),
    }


def planned_part(draft: Draft, summary: Summary, planned: Planned, language: Language) -> Data:
    """Return the part of the page that a tick changes."""
    closed = [step.gap for step in planned.steps]
    return {
        "provisional": draft.assessment.is_provisional,
        "now": summary.shown,
        "planned": planned.shown,
        "difference": signed(planned.difference),
        "steps": [
            {"title": step.gap.criterion.title.to(language), "adds": signed(step.adds)}
            for step in planned.steps
        ],
        "rounded": any(step.adds != step.gap.lost_shown for step in planned.steps),
        "planned_rating": None
        if draft.assessment.is_provisional
        else rating(planned.score, language),
        "ways": _ways(draft, summary, closed),
    }


def _ways(draft: Draft, summary: Summary, closed: Sequence[Gap]) -> list[Data]:
    """Return plans that one click makes, each once, without the one that is shown."""
    largest = largest_gaps(summary)
    offered: list[tuple[str, Sequence[Gap]]] = [
        (_("Untick all"), ()),
        (_("The %(number)d largest gaps") % {"number": len(largest)}, largest),
        (_("All major risks"), summary.major_risks),
        (_("All gaps"), summary.gaps),
    ]
    address = reverse("assessments:result", args=[draft.assessment.pk])
    if len(largest) == len(summary.gaps):
        del offered[1]
    seen = [{gap.criterion.id for gap in closed}]
    ways = []
    for label, gaps in offered:
        names = [gap.criterion.id for gap in gaps]
        if set(names) not in seen:
            seen.append(set(names))
            query = urlencode([(TICK, name) for name in names])
            ways.append({"label": label, "url": f"{address}?{query}#planned", "names": names})
    return ways


def _bar(draft: Draft, domain: DomainSummary, language: Language) -> Data:
    return {
        "label": domain.domain.title.to(language),
        "score": None if domain.score is None else short(domain.score),
        "printed": str(domain.shown),
        "url": _domain_url(draft, domain),
    }


def _row(draft: Draft, domain: DomainSummary, language: Language) -> Data:
    return {
        "title": domain.domain.title.to(language),
        "url": _domain_url(draft, domain),
        "score": domain.shown,
        **_counted(domain),
    }


def _counted(summary: DomainSummary | Summary) -> Data:
    return {
        **{status.value: summary.counts[status] for status in Status},
        "pass_rate": _percent(summary),
        "lost": summary.lost_shown,
    }


def _percent(summary: DomainSummary | Summary) -> str:
    return "" if summary.pass_rate is None else f"{rounded(100 * summary.pass_rate, 1)}%"


def _domain_url(draft: Draft, domain: DomainSummary) -> str:
    return reverse("assessments:explain_domain", args=[draft.assessment.pk, domain.domain.id])
