"""The commitments that representatives sign, by their versions."""

from functools import cache
from pathlib import Path

from pydantic import Field

from questionnaires.parts import Bilingual, Part
from questionnaires.reading import check, read_source

FILE = Path(__file__).with_name("commitments.yaml")


class Commitment(Part):
    """What is declared, in both languages."""

    version: str
    text: Bilingual


class CommitmentTable(Part):
    """All wordings there have been, the newest last."""

    commitments: tuple[Commitment, ...] = Field(min_length=1)


@cache
def _commitments() -> dict[str, Commitment]:
    table = check(read_source(FILE, FILE.name), CommitmentTable)
    return {commitment.version: commitment for commitment in table.commitments}


def commitment(version: str) -> Commitment:
    """Return a commitment as it was worded; KeyError for a version that there is not."""
    return _commitments()[version]


def current_commitment() -> Commitment:
    """Return the commitment that is signed today."""
    return list(_commitments().values())[-1]
