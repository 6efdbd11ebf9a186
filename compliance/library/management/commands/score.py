"""Score an answers file without a browser."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from compliance.library.scored_file import score_file
from questionnaires.contradictions import contradictions
from questionnaires.faults import Refused
from questionnaires.figures import figures
from questionnaires.scoring import Score
from questionnaires.summary import summarise


class Command(BaseCommand):
    """Exit code 0: scored. 1: a file is refused, with file:line: message. 2: a wrong call."""

    help = "Score an answers file; --json prints every figure, exact and rounded."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("answers", type=Path, help="an answers file (YAML)")
        parser.add_argument("--json", action="store_true", help="every figure as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            score = score_file(options["answers"]).score
        except Refused as refused:
            raise CommandError(f"refused\n{refused}") from None
        if options["json"]:
            text = json.dumps(figures(score), ensure_ascii=False, indent=2)
        else:
            text = "\n".join(_lines(score))
        self.stdout.write(text)


def _lines(score: Score) -> list[str]:
    questionnaire, summary = score.questionnaire, summarise(score)
    tier = next((tier.title.en for tier in questionnaire.tiers if tier.id == score.tier), "open")
    lines = [f"{questionnaire.title.en}, version {questionnaire.version}", f"Tier: {tier}"]
    if score.rating is None:
        return [*lines, "No criterion applies: no score and no rating"]
    rating = questionnaire.ratings[score.rating].title.en
    if score.missing:
        rating = (
            f"none; the score is provisional, questions without an answer: {len(score.missing)}"
        )
    lines += [
        f"Rating: {rating}",
        f"Score: {summary.shown} of 100; points lost: {summary.lost_shown}",
    ]
    for limit in score.triggered:
        kind = "Veto" if limit.veto else "Cap"
        lines.append(f"{kind}: {limit.criterion.title.en}")
    for domain in summary.domains:
        shown = "not applicable" if domain.shown is None else domain.shown
        lines.append(f"  {domain.domain.title.en}: {shown}")
    for found in contradictions(score):
        questions = ", ".join(found.questions)
        lines.append(f"Contradiction: {found.contradiction.message.en} ({questions})")
    lines.append("Gaps by points lost:" if summary.gaps else "No gaps")
    lines += [
        f"  {gap.lost_shown:>6}  {gap.criterion.id}  {gap.criterion.title.en}"
        for gap in summary.gaps
    ]
    return lines
