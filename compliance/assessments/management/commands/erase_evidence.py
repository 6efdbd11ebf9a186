"""Erase evidence that was removed and can no longer be brought back."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from compliance.assessments.evidence.erasing import erase_forgotten, erase_strays


class Command(BaseCommand):
    """Exit code 0, whether there was anything to erase or not."""

    help = (
        "Erase evidence that was removed 30 days ago and was never part of a submission,"
        " and files that no evidence knows. To be run once a day."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        evidence, strays = erase_forgotten(now), erase_strays(now)
        self.stdout.write(f"Erased: {evidence:,} removed, {strays:,} left behind.")
