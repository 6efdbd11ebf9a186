"""Where the library's files lie, and how a questionnaire is found among them."""

import difflib
import re
from functools import cache
from pathlib import Path

from questionnaires.document import Questionnaire
from questionnaires.faults import Fault, Refused
from questionnaires.library import Library, resolve
from questionnaires.loading import read_library
from questionnaires.publishing import load

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent.parent
SOURCES = [
    FOLDER / name
    for name in ("instruments", "requirements", "questions", "criteria", "questionnaires")
]
PUBLISHED = FOLDER / "published"
_NAME = re.compile(r"(?P<id>[a-z][a-z0-9_-]*)-(?P<version>\d+(\.\d+){0,2})\.json")


class NoSuchVersion(ValueError):
    """There is such a questionnaire, but not in that version."""


def library() -> Library:
    """Read and check the library as it is being written; raise Refused with every fault."""
    return read_library(SOURCES, ROOT)


@cache
def settled_library() -> Library:
    """Return the library as it was when this process first asked: what a running site shows."""
    return library()


def published_file(name: str, version: str) -> Path:
    """Return where this version is published, or would be."""
    return PUBLISHED / f"{name}-{version}.json"


def published_files() -> list[Path]:
    """Return the published files, by questionnaire, the newest version of each last."""
    return sorted(PUBLISHED.glob("*.json"), key=_order)


def newest_published() -> list[Questionnaire]:
    """Return the newest published version of each questionnaire, by id."""
    newest = {_match(path)["id"]: path for path in published_files()}
    return [load(path.read_bytes()) for path in newest.values()]


def find_questionnaire(named: str, version: str | None, beside: Path) -> Questionnaire:
    """Return the questionnaire that an answers file names.

    Raises ValueError where there is none, NoSuchVersion among them, and Refused for a faulty file.
    A name that ends in .yaml is a file that holds all that it needs, sought in the folder
    `beside`; any other name is a published questionnaire's, the newest version unless one is given.
    """
    if named.endswith((".yaml", ".yml")):
        return _from_file(beside / named, version)
    found = [path for path in published_files() if _match(path)["id"] == named]
    if not found:
        names = sorted({_match(path)["id"] for path in published_files()})
        near = difflib.get_close_matches(named, names, n=1) or names
        raise ValueError(f"no questionnaire “{named}” is published; there is {', '.join(near)}")
    if version is None:
        return load(found[-1].read_bytes())
    if (path := published_file(named, version)) in found:
        return load(path.read_bytes())
    versions = ", ".join(_match(path)["version"] for path in found)
    raise NoSuchVersion(f"“{named}” has no version {version}; there is {versions}")


def _from_file(path: Path, version: str | None) -> Questionnaire:
    read = read_library([path])
    if not read.questionnaires:
        raise Refused([Fault(str(path), 1, "the file holds no “questionnaire”")])
    questionnaire = resolve(read, next(iter(read.questionnaires)))
    if version not in (None, questionnaire.version):
        raise NoSuchVersion(f"{path.name} is version {questionnaire.version}, not {version}")
    return questionnaire


def _match(path: Path) -> re.Match[str]:
    found = _NAME.fullmatch(path.name)
    if found is None:
        raise ValueError(f"{path.name} is not named like a published questionnaire")
    return found


def _order(path: Path) -> tuple[str, list[int]]:
    found = _match(path)
    return found["id"], [int(part) for part in found["version"].split(".")]
