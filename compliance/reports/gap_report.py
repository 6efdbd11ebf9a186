"""The gap report (差距分析报告): a score and a cover to HTML, and to PDF."""

import json
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from compliance.language import DJANGO_CODES, HTML_TAGS
from compliance.reports.answers import SectionRows, sections
from compliance.reports.charts import domain_chart, status_chart, status_slices
from compliance.reports.cover import Cover
from compliance.reports.page_numbers import page_numbers
from compliance.reports.qr_code import qr_code
from compliance.reports.register import (
    absent,
    cited_instruments,
    gap_entries,
    left_out,
    losses,
    printed_worth,
)
from questionnaires.contradictions import FoundContradiction, contradictions
from questionnaires.explanation import explain_all
from questionnaires.figures import figures
from questionnaires.scoring import Score
from questionnaires.summary import summarise

TOP = 8
"""How many gaps the summary names, so that it stays on one page."""


def gap_report(score: Score, cover: Cover) -> bytes:
    """Return the report as PDF, with every figure attached as JSON.

    The same score and cover give the same bytes. Raises FontsMissingError where the machine lacks
    what reports are printed with.
    """
    from compliance.reports.pdf.rendering import render  # half a second, for printing alone

    attached = json.dumps(figures(score), ensure_ascii=False, indent=1).encode()
    return render(gap_report_html(score, cover), cover.generated, {"figures.json": attached})


def gap_report_html(score: Score, cover: Cover) -> str:
    """Return the report as one HTML page that carries its style and drawings in itself."""
    with translation.override(DJANGO_CODES[cover.language]):
        return render_to_string("reports/gap_report/gap_report.html", _context(score, cover))


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter's heading, and the headings under it that the contents page names."""

    id: str
    number: str
    title: str
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A contradiction with the questions to look at again, by number."""

    found: FoundContradiction
    questions: tuple[str, ...]


def _context(score: Score, cover: Cover) -> dict[str, Any]:
    questionnaire = score.questionnaire
    summary = summarise(score)
    explanations = explain_all(score)
    parts = sections(score, explanations, cover.language, cover.evidence)
    worth = printed_worth(explanations)
    entries = gap_entries(summary, explanations, parts, worth)
    found = _contradictions(score, parts)
    skipped = left_out(parts)
    rated = not cover.provisional and score.rating is not None
    return {
        "cover": cover,
        "tag": HTML_TAGS[cover.language],
        "page_number": page_numbers(),
        "qr_code": qr_code(cover.handed_in.address) if cover.handed_in else None,
        "questionnaire": questionnaire,
        "reference_date": score.sheet.reference_date,
        "chapters": _chapters(parts, cover, contradicted=bool(found)),
        "summary": summary,
        "missing": len(score.missing),
        "rating": questionnaire.ratings[score.rating or 0] if rated else None,
        "rating_level": _level(score) if rated else "",
        "band": questionnaire.ratings[score.band or 0] if rated else None,
        "limits": [
            (limit, questionnaire.ratings[limit.rating], explanations[limit.criterion.id])
            for limit in sorted(score.triggered, key=lambda limit: not limit.veto)
        ],
        "tier": next((tier for tier in questionnaire.tiers if tier.id == score.tier), None),
        "chart": domain_chart(summary, questionnaire),
        "slices": status_slices(summary.counts),
        "status_chart": status_chart(summary),
        "total": sum(summary.counts.values()),
        "entries": entries,
        "top": entries[:TOP],
        "major": [entry for entry in entries if entry.gap.major],
        "losses": losses(summary, entries, explanations, worth),
        "absent": absent(score, explanations),
        "left_out": skipped,
        "pointed_at": {
            *(each.row.number for each in skipped),
            *(number for each in found for number in each.questions),
        },
        "sections": parts,
        "contradictions": found,
        "instruments": cited_instruments(score),
    }


def _chapters(
    parts: tuple[SectionRows, ...], cover: Cover, contradicted: bool
) -> dict[str, Chapter]:
    titles = {
        "summary": gettext("Result at a glance"),
        "method": gettext("How it was assessed"),
        "domains": gettext("Results by domain"),
        "risks": gettext("Major risks"),
        "losses": gettext("Where the points were lost"),
        "gaps": gettext("Register of gaps"),
        "absent": gettext("Not applicable and out of scope"),
        "answers": gettext("All answers"),
        "contradictions": gettext("Contradictory answers"),
        "instruments": gettext("Instruments cited"),
        "statements": gettext("Statements"),
    }
    if not contradicted:
        del titles["contradictions"]
    under = {
        "answers": tuple((f"s-{part.number}", part.title.to(cover.language)) for part in parts)
    }
    numbers = "一二三四五六七八九十" if cover.language == "zh" else ""
    return {
        name: Chapter(
            name,
            (numbers[place] if place < 10 else f"十{numbers[place - 10]}") + "、"
            if numbers
            else f"{place + 1} ",
            title,
            under.get(name, ()),
        )
        for place, (name, title) in enumerate(titles.items())
    }


def _contradictions(score: Score, parts: tuple[SectionRows, ...]) -> list[Contradiction]:
    numbers = {
        row.question.id: row.number
        for part in parts
        for row in (*part.rows, *(row for criterion in part.criteria for row in criterion.rows))
    }
    return [
        Contradiction(found, tuple(numbers[name] for name in found.questions))
        for found in contradictions(score)
    ]


def _level(score: Score) -> str:
    if score.rating == 0:
        return "best"
    return "lowest" if score.rating == len(score.questionnaire.ratings) - 1 else "middle"
