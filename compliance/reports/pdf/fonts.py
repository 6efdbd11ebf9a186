"""The fonts of printed reports: whether they are there, and which characters can be printed."""

import ctypes
import shutil
import subprocess
from bisect import bisect_right
from functools import cache

CHINESE = "Noto Sans CJK SC"
LATIN = "Lato"
SUBSETTER = "libharfbuzz-subset.so.0"

BIDI_CONTROLS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
"""Characters that turn the writing direction: shown, so that a report reads as it was typed."""
_PLAIN_CONTROLS = frozenset("\t\n\r")
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufe0e\ufe0f\ufeff")


class FontsMissingError(RuntimeError):
    """The machine lacks what a report is printed with; the message says what and how to get it."""


@cache
def missing() -> tuple[str, ...]:
    """Say what is missing, with the Debian package that brings it; empty where all is there."""
    found = []
    try:
        ctypes.CDLL(SUBSETTER)
    except OSError:
        found.append(f"{SUBSETTER} (apt-get install libharfbuzz-subset0)")
    if shutil.which("fc-list") is None:
        return (*found, "fc-list (apt-get install fontconfig)")
    families = {
        family.strip()
        for line in _fontconfig(":", "family").splitlines()
        for family in line.split(",")
    }
    for family, package in ((CHINESE, "fonts-noto-cjk"), (LATIN, "fonts-lato")):
        if family not in families:
            found.append(f"the font “{family}” (apt-get install {package})")
    return tuple(found)


def demand() -> None:
    """Raise FontsMissingError unless everything is there."""
    if lacking := missing():
        raise FontsMissingError("Reports cannot be printed; missing: " + "; ".join(lacking))


def legible(text: str) -> str:
    """Return the text with every character that no font can print as its code, such as [U+1F600].

    Control characters, lone surrogates and characters that turn the writing direction are written
    as codes too: what was typed stays readable, and nothing prints as an empty box.
    """
    codes = {ord(sign): f"[U+{ord(sign):04X}]" for sign in set(text) if not _prints(sign)}
    return text.translate(codes) if codes else text


def _prints(sign: str) -> bool:
    if sign in _PLAIN_CONTROLS or sign in _INVISIBLE:
        return True
    if sign in BIDI_CONTROLS:
        return False
    starts, ends = _coverage()
    index = bisect_right(starts, ord(sign)) - 1
    return index >= 0 and ord(sign) <= ends[index]


@cache
def _coverage() -> tuple[list[int], list[int]]:
    """Return the starts and ends of the ranges that installed fonts cover, in order."""
    ranges = set()
    for written in _fontconfig("-f", "%{charset} ").split():
        first, _, last = written.partition("-")
        ranges.add((int(first, 16), int(last or first, 16)))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return [start for start, _ in merged], [end for _, end in merged]


def _fontconfig(*arguments: str) -> str:
    return subprocess.run(
        ["fc-list", *arguments], capture_output=True, text=True, check=True
    ).stdout
