"""Print what changed between two versions of a questionnaire."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from compliance.library import sources
from questionnaires.document import Questionnaire
from questionnaires.faults import Refused
from questionnaires.library import resolve
from questionnaires.parts import Language
from questionnaires.publishing import load
from questionnaires.succession import Difference, Fate, Passage, differences, passages

HEADINGS = {
    Fate.NEW: "New questions",
    Fate.GONE: "Questions that are gone",
    Fate.REWORDED: "Questions worded anew: asked again",
    Fate.RENAMED: "Questions with a new id: answers carry over",
}


class Command(BaseCommand):
    """Exit code 0: compared, whether anything changed or not. 1: one of them cannot be read."""

    help = "Print what changed from one version of a questionnaire to another, for people."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        place = "id-version of a published one, id for the library as it is, or a .json file"
        parser.add_argument("before", help=place)
        parser.add_argument("after", help=place)
        parser.add_argument("--language", choices=["zh", "en"], default="en")

    def handle(self, *args: Any, **options: Any) -> None:
        before, after = _find(options["before"]), _find(options["after"])
        self.stdout.write("\n".join(report(before, after, options["language"])))


def report(before: Questionnaire, after: Questionnaire, language: Language) -> list[str]:
    """Return the lines that say what changed, the fate of answers first."""
    lines = [f"{before.id} {before.version} → {after.id} {after.version}"]
    ways = passages(before, after)
    for fate, heading in HEADINGS.items():
        found = [way for way in ways if way.fate is fate]
        if found:
            lines += ["", f"{heading} ({len(found)})", *(_words(way, language) for way in found)]
    changed = differences(before, after)
    if changed:
        lines += ["", f"Everything that differs ({len(changed)})", *map(_change, changed)]
    else:
        lines.append("No differences.")
    return lines


def _words(way: Passage, language: Language) -> str:
    question = way.after or way.before
    assert question is not None
    name = question.id
    if way.fate is Fate.RENAMED and way.before is not None:
        name = f"{way.before.id} → {name}"
    return f"  {name}: {question.text.to(language)}"


def _change(change: Difference) -> str:
    return f"  {change.path}: {_shown(change.before)} → {_shown(change.after)}"


def _shown(value: Any) -> str:
    if value is None:
        return "(none)"
    if isinstance(value, dict | list):
        return f"({len(value)} entries)"
    return f"“{value}”" if isinstance(value, str) else str(value)


def _find(named: str) -> Questionnaire:
    path = Path(named) if named.endswith(".json") else sources.PUBLISHED / f"{named}.json"
    try:
        if path.exists():
            return load(path.read_bytes())
        library = sources.library()
    except (Refused, ValueError) as error:
        raise CommandError(f"{named}: {error}") from None
    if named in library.questionnaires:
        return resolve(library, named)
    published = ", ".join(found.stem for found in sources.published_files())
    working = ", ".join(sorted(library.questionnaires))
    raise CommandError(f"no questionnaire “{named}”; published: {published}; library: {working}")
