"""Every kind of faulty file is refused, with the line and a message that helps.

A file in faulty/ begins with what is expected of it: `# expect: LINE: MESSAGE`, once for each
fault. What is sound there is read along.
"""

from pathlib import Path

import pytest

from questionnaires.faults import MOST_FAULTS, Refused
from questionnaires.library import resolve
from questionnaires.loading import read_library
from questionnaires.reading import DEEPEST, LARGEST_FILE, MOST_PARTS
from tests.questionnaires.build import Raw
from tests.questionnaires.faulty_files import (
    FILES,
    SOUND,
    read,
    tangled,
    thousand_parts,
    unknown_answers,
    unknown_keys,
    without_end,
    written,
    yes_no,
)


def refusal(path: Path) -> Refused:
    with pytest.raises(Refused) as caught:
        read(path)
    return caught.value


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


def test_a_fault_stands_on_one_line_and_shows_what_cannot_be_seen(tmp_path: Path) -> None:
    path = tmp_path / "unseen.yaml"
    path.write_text('"que\\u202estions": []\n"a\\nb": []\n')
    first, second = str(refusal(path)).splitlines()
    assert first.startswith(f"{path}:1: unknown key “que[U+202E]stions”; did you mean “questions”?")
    assert second.startswith(f"{path}:2: unknown key “a[U+000A]b”")


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
    path.write_text(without_end(opening))
    assert f"nested more than {DEEPEST} levels deep" in str(refusal(path))


def test_a_condition_may_be_nested_as_deep_as_a_file(tmp_path: Path) -> None:
    condition: Raw = {"question": "minors", "is": "yes"}
    for _ in range((DEEPEST - 4) // 2):
        condition = {"not": condition}
    path = written(tmp_path, {"questions": [yes_no("a", ask_if=condition)]})
    assert "a" in read_library([SOUND, path]).questions


def test_thousands_of_faults_are_told_in_part(tmp_path: Path) -> None:
    faults = refusal(written(tmp_path, unknown_keys())).faults
    assert len(faults) == MOST_FAULTS + 1
    assert faults[-1].message == "more faults follow; mend these first"


def test_thousands_of_unknown_questions_are_told_in_part(tmp_path: Path) -> None:
    path = written(tmp_path / "answers", unknown_answers())
    assert len(refusal(path).faults) == MOST_FAULTS + 1


def test_a_very_long_key_is_told_in_few_words(tmp_path: Path) -> None:
    message = str(refusal(written(tmp_path, {"x" * 1_000: 1, "y": "z" * 1_000_000})))
    assert len(message) < 500


def test_a_condition_with_a_thousand_parts_is_checked(tmp_path: Path) -> None:
    assert "last" in read_library([SOUND, written(tmp_path, thousand_parts())]).questions
    path = written(tmp_path, thousand_parts({"question": "q500", "is": "no"}))
    assert "question “last” can never be asked" in str(refusal(path))


def test_alternatives_that_lead_nowhere_are_seen_through(tmp_path: Path) -> None:
    questions = [yes_no(f"q{index}") for index in range(40)]
    either = [
        {"any": [{"question": f"q{index}", "is": "yes"}, {"question": "minors", "is": "yes"}]}
        for index in range(40)
    ]
    none = [{"not": {"question": f"q{index}", "is": "yes"}} for index in range(40)]
    never = {"all": [*either, {"question": "minors", "is": "no"}, *none]}
    path = written(tmp_path, {"questions": [*questions, yes_no("last", ask_if=never)]})
    assert "question “last” can never be asked" in str(refusal(path))


def test_conditions_too_tangled_to_check_are_refused(tmp_path: Path) -> None:
    assert "too many alternatives to be checked" in str(refusal(written(tmp_path, tangled())))
