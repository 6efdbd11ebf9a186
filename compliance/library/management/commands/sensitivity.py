"""Print how often ratings change when the weights of a questionnaire move."""

import datetime
from argparse import ArgumentTypeError
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from compliance.library import sources
from questionnaires.document import Questionnaire
from questionnaires.exact import rounded
from questionnaires.faults import Refused
from questionnaires.library import resolve
from questionnaires.sensitivity import Sensitivity, sensitivity
from questionnaires.simulation import Simulator

REFERENCE_DATE = datetime.date(2026, 11, 21)
"""Fixed, so that the same seed gives the same figures on any day."""
MOST = 100_000


class Command(BaseCommand):
    """Exit code 0: printed. 1: the questionnaire is refused or not found. 2: a wrong call."""

    help = (
        "Answer a questionnaire for made-up companies, move every weight at random by up to 20 %, "
        "and print how often the rating changes."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "questionnaire", help="the id of one in the library as it is written, or a file (YAML)"
        )
        for name, default, said in (
            ("--assessments", 1000, "how many made-up companies"),
            ("--weights", 20, "how many sets of moved weights"),
        ):
            parser.add_argument(
                name, type=_count, default=default, metavar="N", help=f"{said} ({default})"
            )
        parser.add_argument(
            "--seed", type=int, default=1, help="the same seed gives the same figures (1)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        questionnaire = _find(options["questionnaire"])
        random = Random(options["seed"])  # noqa: S311 - a simulation, not a secret
        simulator = Simulator(questionnaire, REFERENCE_DATE)
        sheets = [simulator.draw(random) for _ in range(options["assessments"])]
        try:
            found = sensitivity(questionnaire, sheets, options["weights"], random)
        except ValueError:
            raise CommandError("No criterion applies to any of the companies.") from None
        self.stdout.write("\n".join(_lines(questionnaire, found, options["seed"])))


def _find(named: str) -> Questionnaire:
    try:
        if named.endswith((".yaml", ".yml")):
            return sources.find_questionnaire(named, None, Path())
        library = sources.library()
    except Refused as refused:
        raise CommandError(f"refused\n{refused}") from None
    if named not in library.questionnaires:
        known = ", ".join(sorted(library.questionnaires))
        raise CommandError(f"the library has no questionnaire “{named}”; it has {known}")
    return resolve(library, named)


def _count(written: str) -> int:
    if written.isdecimal() and 1 <= int(written) <= MOST:
        return int(written)
    raise ArgumentTypeError(f"“{written}” is not a number from 1 to {MOST:,}")


def _lines(questionnaire: Questionnaire, found: Sensitivity, seed: int) -> Iterator[str]:
    yield (
        f"{questionnaire.id} {questionnaire.version}: {found.sheets} simulated assessments, "
        f"{found.weights} sets of weights within ±20 %, seed {seed}"
    )
    yield ""
    yield f"{'':<24}{'with vetoes and caps':>22}{'by score alone':>18}"
    for index, rating in enumerate(questionnaire.ratings):
        with_limits = _percent(Fraction(found.ratings[index], found.sheets))
        alone = _percent(Fraction(found.bands[index], found.sheets))
        yield f"{rating.title.en:<24}{with_limits:>22}{alone:>18}"
    changes = _percent(found.rating_changes), _percent(found.band_changes)
    yield f"{'rating changes':<24}{changes[0]:>22}{changes[1]:>18}"
    yield ""
    yield (
        f"The score moves by {rounded(found.mean_move)} points on average, "
        f"by {rounded(found.largest_move)} at most."
    )


def _percent(share: Fraction) -> str:
    return f"{rounded(100 * share, 1)} %"
