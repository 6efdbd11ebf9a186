"""The name of a file as its sender has it: shown to people, never used for storing."""

import unicodedata

from compliance.assessments.evidence.refusals import Refused
from compliance.assessments.models.evidence import LONGEST_NAME

FORBIDDEN = set('/\\:*?"<>|')
"""What no system lets stand in a file's name, and what would lead elsewhere."""


def clean_name(name: str) -> str:
    """Return the name in composed characters; raise Refused where it is none to show."""
    name = unicodedata.normalize("NFC", name).strip()
    if len(name) > LONGEST_NAME:
        raise Refused("name_too_long", limit=LONGEST_NAME)
    if not name.isprintable() or FORBIDDEN & set(name):
        raise Refused("name_unreadable")
    return name


def extension_of(name: str) -> str:
    """Return how the name ends, in lower case, with its dot; raise Refused without an ending."""
    stem, dot, ending = name.rpartition(".")
    if not (stem and dot and ending):
        raise Refused("no_extension")
    return f".{ending.casefold()}"
