"""The list of what is published: a file that changes or goes missing is noticed.

`SHA256SUMS` has one line for each published file, as `sha256sum` writes it, so that
`sha256sum --check SHA256SUMS` says the same. It is in the repository beside the files.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from compliance.library import sources
from questionnaires.faults import Fault
from questionnaires.publishing import canonical, load, sha256

LIST = "SHA256SUMS"
_LINE = re.compile(r"(?P<sum>[0-9a-f]{64})  (?P<name>[^/\\]+)")


def listed() -> dict[str, str]:
    """Return the SHA-256 of each published file, by its name; ValueError for a broken list."""
    path = sources.PUBLISHED / LIST
    sums: dict[str, str] = {}
    for number, line in enumerate(_lines(path), start=1):
        found = _LINE.fullmatch(line)
        if found is None or found["name"] in sums:
            wrong = "is no line of sha256sum" if found is None else "names a file again"
            raise ValueError(f"{path.name}, line {number}: {line[:100]!r} {wrong}")
        sums[found["name"]] = found["sum"]
    return sums


def record(path: Path) -> None:
    """Enter a file that has just been published; nothing changes if it stands there already."""
    sums = listed() | {path.name: sha256(path.read_bytes())}
    lines = [f"{digest}  {name}\n" for name, digest in sorted(sums.items())]
    (sources.PUBLISHED / LIST).write_text("".join(lines), encoding="utf-8")


def check_published() -> list[Fault]:
    """Return what is wrong with the published files, each fault with the file that it is about."""
    try:
        sums = listed()
    except ValueError as error:
        return [_fault(LIST, str(error))]
    files = {path.name: path for path in sources.PUBLISHED.glob("*.json")}
    faults = [_fault(name, "was published and is missing") for name in sums if name not in files]
    for name, path in files.items():
        faults += [_fault(name, message) for message in _wrong(path, sums.get(name))]
    return faults


def _wrong(path: Path, expected: str | None) -> Iterator[str]:
    document = path.read_bytes()
    if expected is None:
        yield f"does not stand in {LIST}: publish it with `manage.py publish`"
    elif sha256(document) != expected:
        yield (
            f"has changed since it was published ({LIST} has {expected}): "
            "restore it, and publish what is new as a new version"
        )
        return
    try:
        questionnaire = load(document)
    except ValidationError as error:
        yield f"cannot be read as a questionnaire: {error.errors()[0]['msg']}"
        return
    if canonical(questionnaire) != document:
        yield "is not canonical: it would be written with other bytes than it has"
    right = sources.published_file(questionnaire.id, questionnaire.version).name
    if right != path.name:
        yield f"holds {questionnaire.id} {questionnaire.version}, so its name is {right}"


def _fault(name: str, message: str) -> Fault:
    path = sources.PUBLISHED / name
    shown = path.relative_to(sources.ROOT) if path.is_relative_to(sources.ROOT) else path
    return Fault(str(shown), 1, message)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []
