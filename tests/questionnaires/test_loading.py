"""Files and folders, read together."""

import shutil
from pathlib import Path

from questionnaires.library import resolve
from questionnaires.loading import read_library, yaml_files
from questionnaires.publishing import canonical
from tests.questionnaires.test_faulty_files import SOUND


def test_a_folder_gives_its_files_in_a_stable_order(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.yaml", "a.yml", "sub/c.yaml", "notes.txt"):
        (tmp_path / name).touch()
    found = [str(path.relative_to(tmp_path)) for path in yaml_files([tmp_path])]
    assert found == ["a.yml", "b.yaml", "sub/c.yaml"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    shutil.copytree(SOUND, tmp_path / "sound")
    library = read_library([tmp_path / "sound", tmp_path / "sound" / "library.yaml"])
    assert "plan-kept" in library.criteria


def test_a_questionnaire_holds_what_it_picks_and_nothing_else() -> None:
    asked = resolve(read_library([SOUND]), "sample")
    assert [section.id for section in asked.sections] == ["scope", "rules"]
    assert [question.id for question in asked.sections[0].questions] == [
        "minors",
        "scenes",
        "staff",
    ]
    assert [instrument.id for instrument in asked.instruments] == ["law", "plan"]
    assert [article.id for article in asked.instruments[0].articles] == ["1"]
    assert [requirement.id for requirement in asked.requirements] == ["SP-1"]


def test_the_same_files_give_the_same_document(tmp_path: Path) -> None:
    shutil.copytree(SOUND, tmp_path / "elsewhere")
    one, other = (
        canonical(resolve(read_library([folder]), "sample"))
        for folder in (SOUND, tmp_path / "elsewhere")
    )
    assert one == other
