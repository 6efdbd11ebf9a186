"""Print from each requirement the criteria, questions and articles that bear on it."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from compliance.library.matrix import domains_by_word, library_matrix, published_matrix
from compliance.library.sources import newest_published
from questionnaires.explanation import CitedArticle
from questionnaires.faults import Refused
from questionnaires.traceability import TracedRequirement, as_data

HEAD = ("requirement", "", "criterion", "questionnaires", "questions", "articles")


class Command(BaseCommand):
    """Exit code 0: printed, whatever is still open. 1: a file is refused. 2: a wrong call."""

    help = "Print which criteria, questions and articles stand behind each requirement."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="everything, as sorted JSON")
        parser.add_argument(
            "--published",
            action="store_true",
            help="of the newest published versions instead of the library as it is written",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            published = options["published"]
            traced = published_matrix(newest_published()) if published else library_matrix()
            domains = domains_by_word()
        except Refused as refused:
            raise CommandError(f"refused\n{refused}") from None
        if options["json"]:
            data = as_data(traced, domains)
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True))
        else:
            self.stdout.write("\n".join(_table(traced)))


def _table(traced: tuple[TracedRequirement, ...]) -> Iterator[str]:
    rows = [HEAD, *(row for each in traced for row in _rows(each))]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEAD))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()
    open_ones = [each.requirement.id for each in traced if each.open]
    yield ""
    yield f"{len(traced)} requirements; (B): compared with secondary sources only"
    if open_ones:
        yield f"{len(open_ones)} open, neither tested nor set aside: {', '.join(open_ones)}"
    else:
        yield "each is tested by a questionnaire, or has a reason why not"


def _rows(each: TracedRequirement) -> Iterator[tuple[str, ...]]:
    name, mark = each.requirement.id, "weak" if each.requirement.weak else ""
    if not each.criteria:
        said = f"no company duty: {each.reason.en}" if each.reason else "open: not tested"
        yield name, mark, said, "", "", ""
    for found in each.criteria:
        asking = ", ".join(frame.id for frame in found.questionnaires) or "none"
        questions = str(len(found.criterion.questions))
        yield name, mark, found.criterion.id, asking, questions, _articles(found.articles)
        name = mark = ""


def _articles(articles: Iterable[CitedArticle]) -> str:
    return "; ".join(
        f"{each.instrument.id} {each.article.id}{' (B)' if each.secondary else ''}"
        for each in articles
    )
