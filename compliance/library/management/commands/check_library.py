"""Check the library's files, or other questionnaire files."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from compliance.library import sources
from compliance.library.checksums import check_published
from compliance.library.domains import check_domains
from compliance.library.no_company_duty import no_company_duty
from questionnaires.faults import Refused
from questionnaires.library import Library
from questionnaires.loading import read_library


class Command(BaseCommand):
    """Exit code 0: everything holds. 1: at least one fault, printed as file:line: message."""

    help = "Check the library and what is published, or the given questionnaire files together."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, help="files or folders, read together")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = read_library(options["files"]) if options["files"] else _whole_library()
        except Refused as refused:
            for fault in refused.faults:
                self.stderr.write(str(fault))
            raise CommandError(f"Faults: {len(refused.faults)}") from None
        self.stdout.write(
            f"{len(found.questionnaires)} questionnaires, {len(found.criteria)} criteria, "
            f"{len(found.questions)} questions, {len(found.requirements)} requirements, "
            f"{len(found.instruments)} instruments: no faults"
        )


def _whole_library() -> Library:
    """Return the library, checked with what is published and the two tables; raise Refused."""
    library = sources.library()
    if faults := check_domains(library) + check_published():
        raise Refused(faults)
    no_company_duty(library)
    return library
