"""Files and folders, read together."""

import shutil
from pathlib import Path

from questionnaires.library import resolve
from questionnaires.loading import read_library, yaml_files
from questionnaires.publishing import canonical
from tests.questionnaires.faulty_files import SOUND


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


def test_a_questionnaire_names_the_requirements_that_it_follows(tmp_path: Path) -> None:
    shutil.copytree(SOUND, tmp_path / "sound")
    path = tmp_path / "sound" / "library.yaml"
    text = path.read_text().replace("requirements: [SP-1]", "requirements: [SP-1, SL-1]")
    second = (
        "requirements:\n- id: SL-1\n  instrument: law\n  item: {zh: 第一条, en: article 1}\n"
        "  text: {zh: 应当评估, en: Assess}\n  strength: duty\n- id: SP-1\n"
    )
    path.write_text(text.replace("requirements:\n- id: SP-1\n", second))
    questionnaire = tmp_path / "sound" / "questionnaire.yaml"
    written = questionnaire.read_text()
    for follows, named in (("plan", ["SP-1"]), ("law", ["SL-1"]), ("law, plan", ["SP-1", "SL-1"])):
        with_plan = written.replace("  domains:\n", f"  follows: [{follows}]\n  domains:\n")
        questionnaire.write_text(with_plan)
        asked = resolve(read_library([tmp_path]), "sample")
        assert list(asked.sections[1].criteria[0].requirements) == named
        assert {requirement.id for requirement in asked.requirements} == set(named)
