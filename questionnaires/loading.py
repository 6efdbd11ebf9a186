"""Files and folders to a checked library."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from questionnaires.checks import check_library
from questionnaires.document import File
from questionnaires.faults import Fault, Refused
from questionnaires.library import Library
from questionnaires.reading import Source, check, read_source


def yaml_files(paths: Iterable[Path]) -> list[Path]:
    """Return the given files, and for a folder all YAML files below it, in a stable order.

    Raises Refused for a folder without any: it is hardly the one that was meant.
    """
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        below = sorted(p for p in path.rglob("*.y*ml") if p.suffix in (".yaml", ".yml"))
        if not below:
            raise Refused([Fault(str(path), 1, "the folder holds no YAML files")])
        found += below
    return list({path.resolve(): path for path in found}.values())


def read_library(paths: Iterable[Path], root: Path | None = None) -> Library:
    """Read files and folders together and check them; raise Refused with every fault.

    Files are named in faults relative to `root` where they lie below it.
    """
    library = Library()
    faults: list[Fault] = []
    for path in yaml_files(paths):
        name = path.relative_to(root) if root and path.is_relative_to(root) else path
        try:
            source = read_source(path, str(name))
            _add(library, source, check(source, File), faults)
        except Refused as refused:
            faults += refused.faults
    faults = faults or check_library(library)
    if faults:
        raise Refused(faults)
    return library


def _add(library: Library, source: Source, file: File, faults: list[Fault]) -> None:
    def add(kind: str, found: dict[str, Any], part: Any, *path: int | str) -> None:
        if (kind, part.id) in library.places:
            other, start = library.places[kind, part.id]
            faults.append(
                source.fault(
                    (*path, "id"),
                    f"the {kind} “{part.id}” exists already in {other.file}:{other.line(start)}",
                )
            )
            return
        found[part.id] = part
        library.places[kind, part.id] = (source, path)

    for index, instrument in enumerate(file.instruments):
        add("instrument", library.instruments, instrument, "instruments", index)
    for index, requirement in enumerate(file.requirements):
        add("requirement", library.requirements, requirement, "requirements", index)
    for index, question in enumerate(file.questions):
        add("question", library.questions, question, "questions", index)
        library.scoping.add(question.id)
    for index, criterion in enumerate(file.criteria):
        add("criterion", library.criteria, criterion, "criteria", index)
        for position, question in enumerate(criterion.questions):
            add("question", library.questions, question, "criteria", index, "questions", position)
    if file.questionnaire:
        add("questionnaire", library.questionnaires, file.questionnaire, "questionnaire")
