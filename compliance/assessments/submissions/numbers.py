"""Submission numbers (报送编号), such as ZP-2026-110105-7KQ4XN-R1-Y.

Year and region of the first submission, six characters drawn by lot, so that nobody can count or
guess what others submit, the round, and a check character (ISO 7064, MOD 37,36) by which a typing
error is noticed.
"""

import re
import secrets
import unicodedata

from stdnum.iso7064 import mod_37_36

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without I, L, O and U, which look like others or make words."""
DRAWN = 6
_NUMBER = re.compile(rf"ZP-([0-9]{{4}})-([0-9]{{6}})-([{LETTERS}]{{{DRAWN}}})-R([0-9]+)-([0-9A-Z])")


def new_number(year: int, region: str) -> str:
    """Return a number for a first submission, drawn by lot."""
    return number_with(year, region, "".join(secrets.choice(LETTERS) for _ in range(DRAWN)))


def number_with(year: int, region: str, drawn: str) -> str:
    """Return the number of a first submission with these characters."""
    return _checked(f"ZP-{year:04}-{region}-{drawn}-R1")


def number_of_round(number: str, round_: int) -> str:
    """Return the number of another round of the same assessment."""
    return _checked(f"{number[: len('ZP-2026-110105-7KQ4XN')]}-R{round_}")


def normal(written: str) -> str:
    """Return a number as it is kept, whatever spaces, dashes and case it was written in."""
    letters = re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", written).upper())
    found = re.fullmatch(r"ZP([0-9]{4})([0-9]{6})([0-9A-Z]{6})R([0-9]+)([0-9A-Z])", letters)
    return "ZP-{}-{}-{}-R{}-{}".format(*found.groups()) if found else letters


def is_number(written: str) -> bool:
    """Whether this can be a submission number: its form is right, and its check character."""
    return bool(_NUMBER.fullmatch(written)) and written == _checked(written.rpartition("-")[0])


def _checked(text: str) -> str:
    return f"{text}-{mod_37_36.calc_check_digit(text.replace('-', ''))}"
