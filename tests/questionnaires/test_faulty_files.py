"""Every kind of faulty file is refused at once, with the line and a message that helps.

A file in faulty/ begins with what is expected of it: `# expect: LINE: MESSAGE`, once for each
fault. What is sound there is read along.
"""

import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from questionnaires.answers import answer_sheet, read_answers_file
from questionnaires.faults import MOST_FAULTS, Refused
from questionnaires.library import resolve
from questionnaires.loading import read_library
from questionnaires.reading import DEEPEST, LARGEST_FILE, MOST_PARTS
from tests.questionnaires.build import Raw, words

FAULTY = Path(__file__).parent / "faulty"
SOUND = FAULTY / "sound"
FILES = sorted(path for path in FAULTY.rglob("*.yaml") if path.parent != SOUND)
LONGEST = 1.0
"""Seconds: far more than it takes, so that a busy machine is no fault."""


def read(path: Path) -> None:
    if path.parent.name == "answers":
        source, file = read_answers_file(path)
        answer_sheet(source, file, resolve(read_library([SOUND]), "sample"))
    else:
        read_library([SOUND / "library.yaml", path], FAULTY)


def refusal(path: Path) -> Refused:
    started = time.process_time()
    with pytest.raises(Refused) as caught:
        read(path)
    assert time.process_time() - started < LONGEST
    return caught.value


class Plain(yaml.SafeDumper):
    """Writes no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def written(tmp_path: Path, content: Any) -> Path:
    path = tmp_path / "faulty.yaml"
    path.write_text(yaml.dump(content, Dumper=Plain, allow_unicode=True, width=100_000))
    return path


def test_what_is_sound_is_read() -> None:
    library = read_library([SOUND])
    assert resolve(library, "sample").id == "sample"


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_faulty_file_is_refused_with_line_and_message(path: Path) -> None:
    head = path.read_bytes().decode(errors="replace").splitlines()
    expected = [line.removeprefix("# expect: ") for line in head if line.startswith("# expect: ")]
    found = refusal(path).faults
    assert expected, "the file says what is expected of it"
    assert [f"{fault.line}: {fault.message}" for fault in found] == expected
    assert all(str(path).endswith(fault.file) for fault in found)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "empty.yaml"
    path.touch()
    assert str(refusal(path)) == f"{path}:1: the file is empty"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "none.yaml"
    assert str(refusal(path)) == f"{path}:1: cannot be read: No such file or directory"


def test_a_folder_without_files_is_refused(tmp_path: Path) -> None:
    assert "the folder holds no YAML files" in str(refusal(tmp_path))


@pytest.mark.parametrize("text", ["x" * LARGEST_FILE, "- 1\n" * (LARGEST_FILE // 4)])
def test_a_file_that_is_too_large_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "large.yaml"
    path.write_text(f"a: {text}\n")
    assert "larger than 5,000,000 bytes; split the file" in str(refusal(path))


@pytest.mark.parametrize("text", ["- 1\n" * MOST_PARTS, "[" + "1, " * MOST_PARTS + "]"])
def test_a_file_of_too_many_parts_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "many.yaml"
    path.write_text(text)
    assert "more than 100,000 keys and values; split the file" in str(refusal(path))


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[[{a: "])
def test_nesting_without_end_is_refused(tmp_path: Path, opening: str) -> None:
    path = tmp_path / "deep.yaml"
    path.write_text(opening * 10_000)
    assert f"nested more than {DEEPEST} levels deep" in str(refusal(path))


def test_a_condition_may_be_nested_as_deep_as_a_file(tmp_path: Path) -> None:
    condition: Raw = {"question": "minors", "is": "yes"}
    for _ in range((DEEPEST - 4) // 2):
        condition = {"not": condition}
    path = written(tmp_path, {"questions": [_yes_no("a", ask_if=condition)]})
    assert "a" in read_library([SOUND, path]).questions


def test_thousands_of_faults_are_told_in_part(tmp_path: Path) -> None:
    wrong = {"type": "yes_no", "txet": words("a")}
    faults = refusal(written(tmp_path, {"questions": [wrong] * 5_000})).faults
    assert len(faults) == MOST_FAULTS + 1
    assert faults[-1].message == "more faults follow; mend these first"


def test_thousands_of_unknown_questions_are_told_in_part(tmp_path: Path) -> None:
    folder = tmp_path / "answers"
    folder.mkdir()
    path = written(
        folder,
        {
            "questionnaire": "sample",
            "reference_date": "2026-11-21",
            "subject": {"organisation": {"zh": "甲"}, "name": {"zh": "乙"}},
            "answers": {f"unknown-{index}": "yes" for index in range(20_000)},
        },
    )
    assert len(refusal(path).faults) == MOST_FAULTS + 1


def test_a_very_long_key_is_told_in_few_words(tmp_path: Path) -> None:
    message = str(refusal(written(tmp_path, {"x" * 1_000: 1, "y": "z" * 1_000_000})))
    assert len(message) < 500


def test_a_condition_with_a_thousand_parts_is_checked(tmp_path: Path) -> None:
    questions = [_yes_no(f"q{index}") for index in range(1_000)]
    everything = {"all": [{"question": f"q{index}", "is": "yes"} for index in range(1_000)]}
    questions.append(_yes_no("last", ask_if=everything))
    path = written(tmp_path, {"questions": questions})
    assert "last" in read_library([SOUND, path]).questions
    everything["all"].append({"question": "q500", "is": "no"})
    path = written(tmp_path, {"questions": questions})
    assert "question “last” can never be asked" in str(refusal(path))


def test_alternatives_that_lead_nowhere_are_seen_through(tmp_path: Path) -> None:
    questions = [_yes_no(f"q{index}") for index in range(40)]
    either = [
        {"any": [{"question": f"q{index}", "is": "yes"}, {"question": "minors", "is": "yes"}]}
        for index in range(40)
    ]
    none = [{"not": {"question": f"q{index}", "is": "yes"}} for index in range(40)]
    never = {"all": [*either, {"question": "minors", "is": "no"}, *none]}
    path = written(tmp_path, {"questions": [*questions, _yes_no("last", ask_if=never)]})
    assert "question “last” can never be asked" in str(refusal(path))


def test_conditions_too_tangled_to_check_are_refused_in_time(tmp_path: Path) -> None:
    """Twelve pigeons and eleven holes: every search tries nearly everything."""
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
    last = _yes_no("last", ask_if={"all": apart})
    path = written(tmp_path, {"questions": [*pigeons, last]})
    assert "too many alternatives to be checked" in str(refusal(path))


def _yes_no(name: str, **more: Any) -> Raw:
    return {"id": name, "type": "yes_no", "text": words("Yes?")} | more
