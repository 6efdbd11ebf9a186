"""Publish a questionnaire: write its resolved document, which never changes afterwards."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from compliance.library import sources
from compliance.library.checksums import listed, record
from questionnaires.faults import Refused
from questionnaires.library import resolve
from questionnaires.publishing import canonical, sha256


class Command(BaseCommand):
    """Exit code 0: published, or published before with the same content. 1: refused."""

    help = "Publish a questionnaire of the library under its version number."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("questionnaire", help="the questionnaire's id, such as digital-human")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["questionnaire"]
        try:
            library = sources.library()
        except Refused as refused:
            raise CommandError(f"refused\n{refused}") from None
        if name not in library.questionnaires:
            known = ", ".join(sorted(library.questionnaires)) or "none"
            raise CommandError(f"the library has no questionnaire “{name}”; it has {known}")
        questionnaire = resolve(library, name)
        document = canonical(questionnaire)
        path = sources.published_file(questionnaire.id, questionnaire.version)
        try:
            published = listed().get(path.name, sha256(document))
        except ValueError as error:
            raise CommandError(str(error)) from None
        if published != sha256(document) or (path.exists() and path.read_bytes() != document):
            raise CommandError(
                f"{name} {questionnaire.version} is published with other content; "
                "raise the version in the questionnaire's file"
            )
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(document)
        record(path)
        self.stdout.write(f"{path}: {len(document):,} bytes, SHA-256 {sha256(document)}")
