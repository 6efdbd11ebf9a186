"""Print which instruments change their status, and what that touches."""

import datetime
import json
from argparse import ArgumentTypeError
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from compliance.assessments.models import Assessment
from compliance.library import sources
from compliance.library.law_changes import LawChange, TouchedQuestionnaire, law_changes
from questionnaires.faults import Refused
from questionnaires.publishing import load

Named = tuple[str, str]
"""A questionnaire's id and version."""


class Command(BaseCommand):
    """Exit code 0: printed. 1: a file or the database cannot be read. 2: a wrong call."""

    help = (
        "Print the instruments whose status changes, in the past twelve months and ahead, with the "
        "published questionnaires, criteria and assessments that this touches."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", type=_day, metavar="DATE", help="as of this day; today if none")
        parser.add_argument("--json", action="store_true", help="everything, as sorted JSON")
        parser.add_argument(
            "--no-assessments", action="store_true", help="leave them out, and the database alone"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        on = options["on"] or timezone.localdate()
        touched = {} if options["no_assessments"] else _assessments()
        try:
            instruments = sources.library().instruments
        except Refused as refused:
            raise CommandError(f"refused\n{refused}") from None
        newest = {(each.id, each.version): each for each in sources.newest_published()}
        for name, version in touched:
            path = sources.published_file(name, version)
            if path.exists():
                newest.setdefault((name, version), load(path.read_bytes()))
        found = law_changes(instruments, newest.values(), on)
        if options["json"]:
            data = [_data(each, touched) for each in found]
            text = json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True)
        else:
            text = "\n".join(_lines(found, touched, on))
        self.stdout.write(text)


def _day(written: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(written)
    except ValueError:
        raise ArgumentTypeError(f"“{written}” is not a date; write it as 2026-11-21") from None


def _assessments() -> dict[Named, list[Assessment]]:
    touched: dict[Named, list[Assessment]] = defaultdict(list)
    try:
        for each in Assessment.objects.all().for_list():
            touched[each.version.key, each.version.version].append(each)
    except DatabaseError as error:
        raise CommandError(
            f"The assessments cannot be read ({error}). Run `manage.py migrate` first, or leave "
            "them out with --no-assessments."
        ) from None
    return touched


def _lines(
    found: tuple[LawChange, ...], touched: dict[Named, list[Assessment]], on: datetime.date
) -> Iterator[str]:
    yield f"As of {on}: {len(found)} changes in the past twelve months and ahead"
    for change in found:
        turn = change.turn
        ahead = "  (ahead)" if change.ahead else ""
        yield ""
        yield f"{turn.on}  {turn.instrument.id}: {turn.before} → {turn.after}{ahead}"
        yield f"    {turn.instrument.cited_as.en}"
        if turn.note:
            yield f"    {turn.note.en}"
        for each in change.questionnaires:
            mine = touched.get(_name(each), [])
            yield f"    {each.questionnaire.id} {each.questionnaire.version}"
            yield f"        criteria: {', '.join(c.criterion.id for c in each.criteria)}"
            if mine:
                yield f"        assessments: {', '.join(str(found.pk) for found in mine)}"
            for criterion in each.bereft:
                kind = "veto" if criterion.veto else "cap"
                yield f"        NOTE: the {kind} of {criterion.id} has nothing left to rest on"


def _data(change: LawChange, touched: dict[Named, list[Assessment]]) -> dict[str, Any]:
    turn = change.turn
    return {
        "on": turn.on.isoformat(),
        "instrument": turn.instrument.id,
        "cited_as": turn.instrument.cited_as.model_dump(),
        "before": turn.before,
        "after": turn.after,
        "note": turn.note.model_dump() if turn.note else None,
        "ahead": change.ahead,
        "questionnaires": [
            {
                "id": each.questionnaire.id,
                "version": each.questionnaire.version,
                "criteria": [found.criterion.id for found in each.criteria],
                "limits_bereft": [criterion.id for criterion in each.bereft],
                "assessments": sorted(str(found.pk) for found in touched.get(_name(each), [])),
            }
            for each in change.questionnaires
        ],
    }


def _name(each: TouchedQuestionnaire) -> Named:
    return each.questionnaire.id, each.questionnaire.version
