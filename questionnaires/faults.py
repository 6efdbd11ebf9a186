"""What is wrong with a file, said so that its author can mend it."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: where it is, what is wrong and what would be right. Lines count from 1."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return _visible(f"{self.file}:{self.line}: {self.message}")


MOST_FAULTS = 100
"""The most faults that are told at once."""


class Refused(Exception):
    """A file or a set of files is refused; `faults` says why, in the order of the lines."""

    def __init__(self, faults: list[Fault]) -> None:
        found = sorted(set(faults), key=lambda fault: (fault.file, fault.line, fault.message))
        self.faults = found[:MOST_FAULTS]
        if len(found) > MOST_FAULTS:
            last = self.faults[-1]
            self.faults.append(Fault(last.file, last.line, "more faults follow; mend these first"))
        super().__init__("\n".join(map(str, self.faults)))


SHORTEST_GUESSED = 3
"""Names shorter than this resemble each other by chance."""


def _visible(text: str) -> str:
    """Return the text on one line; what cannot be seen in it is written as its code point."""
    return "".join(
        character if character.isprintable() else f"[U+{ord(character):04X}]" for character in text
    )


def shortened(text: str, longest: int = 80) -> str:
    """Return the text, or its beginning where it is too long to repeat in a message."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def near(name: str, known: Iterable[str]) -> str:
    """Return “; did you mean …?” where a known name is close, else nothing."""
    if len(name) < SHORTEST_GUESSED:
        return ""
    found = difflib.get_close_matches(shortened(name), sorted(known), n=1)
    return f"; did you mean “{found[0]}”?" if found else ""


def hint(name: str, known: Iterable[str]) -> str:
    """Return what may have been meant: the nearest known name, or all of them."""
    known = list(known)
    names = shortened(", ".join(known), 300)
    return near(name, known) or (f"; choose from: {names}" if known else "; there is none")
