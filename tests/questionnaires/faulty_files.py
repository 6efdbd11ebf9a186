"""Faulty files: those in faulty/, and those too large to keep, which are written when needed."""

from pathlib import Path
from typing import Any

import yaml

from questionnaires.answers import answer_sheet, read_answers_file
from questionnaires.library import resolve
from questionnaires.loading import read_library
from tests.questionnaires.build import Raw, words

FAULTY = Path(__file__).parent / "faulty"
SOUND = FAULTY / "sound"
FILES = sorted(path for path in FAULTY.rglob("*.yaml") if path.parent != SOUND)


def read(path: Path) -> None:
    """Read a file as the site would: answers in a folder `answers`, all else part of a library."""
    if path.parent.name == "answers":
        source, file = read_answers_file(path)
        answer_sheet(source, file, resolve(read_library([SOUND]), "sample"))
    else:
        read_library([SOUND / "library.yaml", path], FAULTY)


class Plain(yaml.SafeDumper):
    """Writes no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def written(folder: Path, content: Any) -> Path:
    """Write a file into the folder, which is made where there is none."""
    folder.mkdir(exist_ok=True)
    path = folder / "faulty.yaml"
    path.write_text(yaml.dump(content, Dumper=Plain, allow_unicode=True, width=100_000))
    return path


def yes_no(name: str, **more: Any) -> Raw:
    return {"id": name, "type": "yes_no", "text": words("Yes?")} | more


def without_end(opening: str) -> str:
    """Return nesting that never closes."""
    return opening * 10_000


def unknown_keys() -> Raw:
    """Return thousands of questions of which each has a key that there is not."""
    return {"questions": [{"type": "yes_no", "txet": words("a")}] * 5_000}


def unknown_answers() -> Raw:
    """Return answers to thousands of questions that there are not."""
    return {
        "questionnaire": "sample",
        "reference_date": "2026-11-21",
        "subject": {"organisation": {"zh": "甲"}, "name": {"zh": "乙"}},
        "answers": {f"unknown-{index}": "yes" for index in range(20_000)},
    }


def thousand_parts(*more: Raw) -> Raw:
    """Return a question that is asked if a thousand others say yes, and if more holds."""
    everything = [{"question": f"q{index}", "is": "yes"} for index in range(1_000)]
    last = yes_no("last", ask_if={"all": [*everything, *more]})
    return {"questions": [*(yes_no(f"q{index}") for index in range(1_000)), last]}


def tangled() -> Raw:
    """Return twelve pigeons and eleven holes: every search tries nearly everything."""
    holes = [f"hole{index}" for index in range(11)]
    options = [{"id": hole, "text": words(hole)} for hole in holes]
    pigeons = [
        {"id": f"p{index}", "type": "single", "text": words("Where?"), "options": options}
        for index in range(12)
    ]
    apart = [
        {"not": {"all": [{"question": f"p{i}", "is": hole}, {"question": f"p{j}", "is": hole}]}}
        for i in range(12)
        for j in range(i)
        for hole in holes
    ]
    return {"questions": [*pigeons, yes_no("last", ask_if={"all": apart})]}
