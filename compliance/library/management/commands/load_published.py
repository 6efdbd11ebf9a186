"""Bring the published questionnaires into the database of this installation."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from compliance.library.models import PublishedVersionError
from compliance.library.versions import load_published


class Command(BaseCommand):
    """Exit code 0: they are all there. 1: a file is not what was loaded under its number."""

    help = "Bring the published questionnaires into the database; safe to run at every start."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            added = load_published()
        except PublishedVersionError as error:
            raise CommandError(str(error)) from None
        for version in added:
            self.stdout.write(f"{version}: {version.title_zh} / {version.title_en}")
