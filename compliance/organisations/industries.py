"""Industries: the sections of GB/T 4754-2017."""

from functools import cache
from pathlib import Path

from compliance.language import page_language
from questionnaires.parts import Bilingual, Part
from questionnaires.reading import check, read_source

FILE = Path(__file__).with_name("industries.yaml")


class Industry(Part):
    """A section of the classification: its letter and its name."""

    code: str
    name: Bilingual


class IndustryTable(Part):
    """All sections, as they are written."""

    industries: tuple[Industry, ...]


@cache
def industries() -> tuple[Industry, ...]:
    """Return the sections in the order of their letters."""
    return check(read_source(FILE, FILE.name), IndustryTable).industries


def industry_choices() -> list[tuple[str, str]]:
    """Return the sections as a form offers them, in the language of the page."""
    language = page_language()
    return [(each.code, f"{each.code} {each.name.to(language)}") for each in industries()]
