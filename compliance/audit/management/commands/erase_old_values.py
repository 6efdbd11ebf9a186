"""Erase what the record says about people and answers, once it is old enough."""

from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from compliance.audit.erasing import LEAST_YEARS, erase_values


class Command(BaseCommand):
    """Exit code 0: erased, or nothing was that old. 2: a wrong call."""

    help = "Erase old and new values and names in events older than so many years; record that."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--older-than-years",
            type=_years,
            required=True,
            metavar="N",
            help=f"{LEAST_YEARS} at least",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        erased = erase_values(timezone.now(), options["older_than_years"])
        self.stdout.write(f"The values of {erased:,} events were erased.")


def _years(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not LEAST_YEARS <= int(text) <= 100:
        raise ArgumentTypeError(f"write a number from {LEAST_YEARS} to 100")
    return int(text)
