"""Print the gap report of an answers file without a browser."""

import os
import secrets
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from compliance.language import DJANGO_CODES
from compliance.library.scored_file import score_file
from compliance.reports.cover import cover_of_file
from compliance.reports.gap_report import gap_report
from questionnaires.faults import Refused


class Command(BaseCommand):
    """Exit code 0: written. 1: a file is refused, or nothing can be written. 2: a wrong call."""

    help = "Write the gap report of an answers file as PDF."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("answers", type=Path, help="an answers file (YAML)")
        parser.add_argument("--language", choices=sorted(DJANGO_CODES.values()), required=True)
        parser.add_argument("--output", type=Path, required=True, help="the PDF to write")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            scored = score_file(options["answers"])
        except Refused as refused:
            raise CommandError(f"refused\n{refused}") from None
        language = next(name for name, code in DJANGO_CODES.items() if code == options["language"])
        cover = cover_of_file(scored.file, scored.score, language, timezone.localdate())
        document = gap_report(scored.score, cover)
        try:
            write_whole(options["output"], document)
        except OSError as error:
            raise CommandError(f"{options['output']}: {error.strerror}") from None
        self.stdout.write(f"{options['output']}: {len(document):,} bytes")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that whoever looks finds the whole of it or none of it; raise OSError.

    What is there and is no file, such as a device or a pipe, is written into and never replaced.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    target = Path(os.path.realpath(path))
    unfinished = target.with_name(f".{target.name}-{secrets.token_hex(4)}")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(target)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
