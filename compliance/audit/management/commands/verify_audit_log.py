"""Check that the record of who did what is as it was written."""

import re
from argparse import ArgumentTypeError
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from compliance.audit import digests
from compliance.audit.models import Chain
from compliance.audit.verifying import Verification, place_of


class Command(BaseCommand):
    """Exit code 0: everything holds. 1: something was changed, or is not there. 2: a wrong call."""

    help = (
        "Read every chain of the record again and name what was changed, removed or put elsewhere."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--assessment",
            "--chain",
            dest="chain",
            type=_uuid,
            metavar="UUID",
            help="only the chain of this assessment, organisation or person",
        )
        parser.add_argument(
            "--head",
            type=_head,
            metavar="HASH",
            help="say whether this head, as a report prints it, occurs, and as which event",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        chain = options["chain"]
        if chain and not Chain.objects.filter(pk=chain).exists():
            raise CommandError(f"There is no chain of {chain}.")
        walk, faults = Verification(chain), 0
        for fault in walk.faults():
            faults += 1
            self.stdout.write(str(fault))
        if options["head"] and not self._say_place(options["head"], chain):
            faults += 1
        read = f"{walk.events:,} events in {walk.chains:,} chains"
        erased = f" (the values of {walk.erased:,} are erased)" if walk.erased else ""
        if faults:
            raise CommandError(f"{read} read{erased}: {faults:,} faults")
        self.stdout.write(f"{read} hold{erased}.")

    def _say_place(self, head: str, chain: UUID | None) -> bool:
        event = place_of(head, chain)
        if event is None:
            self.stdout.write(f"{head}: no event has this hash")
            return False
        after = event.chain.sequence - event.sequence
        self.stdout.write(
            f"{head}: event #{event.sequence} of {event.chain}, {digests.written(event.at)}; "
            f"{after:,} came after it"
        )
        return True


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}” is not a UUID") from None


def _head(text: str) -> str:
    if not re.fullmatch(r"[0-9a-fA-F]{64}", text):
        raise ArgumentTypeError("a head consists of 64 hexadecimal digits")
    return text.lower()
