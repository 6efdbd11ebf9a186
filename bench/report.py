"""The gap report: time against Chromium, growth, memory and size."""

import ctypes
import datetime
import json
import os
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench._figure import Figure
from bench.scoring import answered
from questionnaires.answers import AnswerSheet
from questionnaires.document import Questionnaire
from questionnaires.publishing import canonical, load
from questionnaires.scoring import Score, Scorer

AT_MOST = 1.25
"""Times Chromium, started cold.

On the clock only where the machine does nothing else: Chromium spreads over all processors.
"""
GROWTH = 11
"""Times 100 criteria, for 1,000."""
MEGABYTES = 300
"""Resident memory at 120 criteria."""
KILOBYTES = 700
"""Each of the two PDFs."""
TODAY = datetime.date(2026, 11, 21)
COMMENT = "佐证材料已归档，存放于合规部共享盘，最近一次核对在2026年10月。"
ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "digital_human_answers.yaml"


def measure() -> Iterator[Figure]:
    """Yield the figures of the example, and of the library's criteria repeated."""
    _set_up()
    from compliance.library.scored_file import score_file
    from compliance.reports.cover import cover_of_file
    from compliance.reports.gap_report import gap_report, gap_report_html

    example = score_file(EXAMPLE)
    chinese, english = (
        cover_of_file(example.file, example.score, language, TODAY) for language in ("zh", "en")
    )
    for name, cover in (("in Chinese", chinese), ("in English", english)):
        size = len(gap_report(example.score, cover)) / 1024
        yield Figure(f"the example {name}", f"{size:.0f} KB", f"{KILOBYTES} KB", size / KILOBYTES)
    html = gap_report_html(example.score, chinese)
    warm, cold = interleaved(lambda: gap_report(example.score, chinese), lambda: chromium(html))
    ratio = warm.wall / cold.wall
    yield Figure("in Chinese, warm", f"{warm.wall:.2f} s")
    yield Figure("Chromium, started cold, the same page, on all processors", f"{cold.wall:.2f} s")
    yield Figure("one to the other", f"{ratio:.2f}", f"{AT_MOST}", ratio / AT_MOST)
    computed = warm.processor / cold.processor
    yield Figure("… in processor time", f"{computed:.2f}", f"{AT_MOST}", computed / AT_MOST)
    hundred, thousand = (repeated(example.score.questionnaire, n) for n in (100, 1_000))
    few, many = interleaved(
        lambda: gap_report(hundred, chinese), lambda: gap_report(thousand, chinese), rounds=1
    )
    growth = many.processor / few.processor
    yield Figure("1,000 criteria to 100", f"{growth:.1f}", f"{GROWTH}", growth / GROWTH)
    child = [sys.executable, "-m", "bench.report"]
    peak = int(subprocess.run(child, check=True, capture_output=True, cwd=ROOT).stdout) / 1024
    yield Figure("memory, 120 criteria", f"{peak:.0f} MB", f"{MEGABYTES} MB", peak / MEGABYTES)


def repeated(questionnaire: Questionnaire, criteria: int) -> Score:
    """Return the score of random answers to the questionnaire's criteria, repeated to so many."""
    raw = json.loads(canonical(questionnaire))
    scoping = [section for section in raw["sections"] if "questions" in section]
    found = [c for section in raw["sections"] for c in section.get("criteria", ())]
    names = {question["id"] for each in found for question in each["questions"]}
    again = [renamed(found[n % len(found)], names, n // len(found)) for n in range(criteria)]
    title = {"zh": "评估项", "en": "Criteria"}
    sections = [
        {"id": f"part-{n}", "title": title, "criteria": again[n : n + 5]}
        for n in range(0, criteria, 5)
    ]
    made = load(json.dumps(raw | {"sections": scoping + sections, "contradictions": []}))
    chance = random.Random(2026)  # noqa: S311 (no secret, and the same each time)
    values = answered(made, chance).values
    comments = {name: COMMENT for name in values if chance.random() < 0.3}
    return Scorer(made).score(AnswerSheet(TODAY, values, comments))


def renamed(part: Any, names: set[str], round_: int) -> Any:
    """Return a copy in which the criterion and its questions have names of their own."""
    if round_ == 0:
        return part
    copy = json.loads(json.dumps(part))
    copy["id"] = f"{copy['id']}-x{round_}"

    def walk(found: Any) -> None:
        if isinstance(found, list):
            for each in found:
                walk(each)
        elif isinstance(found, dict):
            if found.get("question") in names:
                found["question"] += f"-x{round_}"
            for each in found.values():
                walk(each)

    walk(copy)
    for question in copy["questions"]:
        question["id"] += f"-x{round_}"
    return copy


def chromium(html: str) -> None:
    """Print the same page with a Chromium that nobody has started before."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "report.html")
        page.write_text(html, encoding="utf-8")
        subprocess.run(
            [
                "chromium",
                "--headless",
                "--no-sandbox",
                "--export-tagged-pdf",
                f"--user-data-dir={folder}/profile",
                "--no-pdf-header-footer",
                f"--print-to-pdf={folder}/report.pdf",
                page.as_uri(),
            ],
            check=True,
            capture_output=True,
        )


@dataclass(frozen=True)
class Taken:
    """The seconds that a work takes."""

    wall: float
    """On the clock."""
    processor: float
    """Of this process, and of all that were started."""


def interleaved(*works: Callable[[], Any], rounds: int = 5) -> list[Taken]:
    """Return the medians of each work, all measured turn by turn after a first."""
    _adopt_orphans()
    taken: list[list[tuple[float, float]]] = [[] for _ in works]
    works[0]()
    for _ in range(rounds):
        for work, times in zip(works, taken, strict=True):
            started, before = time.perf_counter(), _computed()
            work()
            wall = time.perf_counter() - started
            times.append((wall, _computed() - before))
    return [Taken(*map(statistics.median, zip(*times, strict=True))) for times in taken]


def _computed() -> float:
    """Return the processor time so far; wait until everything that was started has ended."""
    with suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


def _adopt_orphans() -> None:
    """Become the parent of processes whose own has ended, as most of Chromium's: they count too."""
    set_child_subreaper = 36
    ctypes.CDLL(None).prctl(set_child_subreaper, 1, 0, 0, 0)


def peak_of_three() -> int:
    """Return the most memory in kilobytes that a process takes that prints three reports."""
    _set_up()
    from compliance.library.scored_file import score_file
    from compliance.reports.cover import cover_of_file
    from compliance.reports.gap_report import gap_report

    example = score_file(EXAMPLE)
    score = repeated(example.score.questionnaire, 120)
    for _ in range(3):
        gap_report(score, cover_of_file(example.file, score, "zh", TODAY))
    # Not getrusage: after a fork it remembers what the parent took.
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s*(\d+) kB", status)[1])


def _set_up() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "compliance.settings")
    django.setup()


if __name__ == "__main__":
    print(peak_of_three())
