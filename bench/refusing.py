"""Refusing faulty files: how long a hostile or mistaken author has to wait, at the longest."""

import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench._figure import Figure
from questionnaires.faults import Refused
from questionnaires.reading import LARGEST_FILE, MOST_PARTS
from tests.questionnaires.faulty_files import (
    FILES,
    read,
    tangled,
    thousand_parts,
    unknown_answers,
    unknown_keys,
    without_end,
    written,
)

TARGET = 1.0
"""Seconds."""


def measure() -> Iterator[Figure]:
    """Yield the longest of the files that are kept, and each of those that are made to be large."""
    taken = {path: refused(path, 1) for path in FILES}
    slowest = max(taken, key=taken.__getitem__)
    yield figure(f"{len(FILES)} faulty files, the slowest: {slowest.stem}", taken[slowest])
    with tempfile.TemporaryDirectory() as folder:
        for name, path in large_files(Path(folder)):
            yield figure(name, refused(path, 3))


def large_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Write one file after the other into the folder, and yield what it holds and where it is."""
    texts = {
        "too many bytes": "a: " + "x" * LARGEST_FILE,
        "too many parts": "- 1\n" * MOST_PARTS,
        "nesting without end": without_end("[[{a: "),
    }
    for name, text in texts.items():
        path = folder / "large.yaml"
        path.write_text(text)
        yield name, path
    contents: dict[str, Any] = {
        "5,000 unknown keys": unknown_keys(),
        "a condition of 1,000 parts that never holds": thousand_parts(
            {"question": "q500", "is": "no"}
        ),
        "a condition too tangled to check": tangled(),
    }
    for name, content in contents.items():
        yield name, written(folder, content)
    yield "answers to 20,000 unknown questions", written(folder / "answers", unknown_answers())


def refused(path: Path, rounds: int) -> float:
    """Return the median processor time, in seconds, that a refusal takes."""
    taken = []
    for _ in range(rounds):
        started = time.process_time()
        try:
            read(path)
        except Refused:
            taken.append(time.process_time() - started)
        else:
            raise RuntimeError(f"{path} was not refused")
    return statistics.median(taken)


def figure(name: str, taken: float) -> Figure:
    """Return the time, in seconds, as a line of the table."""
    return Figure(name, f"{taken:.2f} s", f"{TARGET:.0f} s", taken / TARGET)
