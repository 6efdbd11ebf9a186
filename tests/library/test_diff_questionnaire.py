"""Someone compares two versions."""

import json

import pytest
from django.core.management import CommandError, call_command

from questionnaires.publishing import canonical
from tests.questionnaires.build import criterion, questionnaire, single, words


@pytest.fixture
def versions(tmp_path):
    before = questionnaire(criterion("c", single("same"), single("old"), single("left")))
    after = questionnaire(
        criterion("c", single("same", text=words("anew")), single("moved", text=words("old"))),
        version="1.1",
        succeeds={"version": "1.0", "renamed": {"old": "moved"}},
    )
    paths = []
    for version in (before, after):
        path = tmp_path / f"{version.version}.json"
        path.write_bytes(canonical(version))
        paths.append(str(path))
    return paths


def test_it_works(versions, capsys):
    call_command("diff_questionnaire", *versions)
    printed = capsys.readouterr().out
    assert "test 1.0 → test 1.1" in printed
    assert "worded anew: asked again (1)\n  same: anew" in printed
    assert "old → moved: old" in printed
    assert "are gone (1)\n  left: left" in printed
    assert "sections.main.criteria.c.questions.same.text.en: “same” → “anew”" in printed


def test_it_speaks_chinese(versions, capsys):
    call_command("diff_questionnaire", *versions, "--language", "zh")
    assert "same: anew（中文）" in capsys.readouterr().out


def test_a_version_compared_with_itself_has_no_differences(versions, capsys):
    call_command("diff_questionnaire", versions[0], versions[0])
    assert "No differences." in capsys.readouterr().out


def test_a_name_that_is_none_is_refused_with_those_there_are():
    with pytest.raises(CommandError, match=r"no questionnaire “nothing”; published: .*library: "):
        call_command("diff_questionnaire", "nothing", "digital-human")


def test_a_file_that_is_no_questionnaire_is_refused(tmp_path):
    path = tmp_path / "x.json"
    path.write_text(json.dumps({"id": "x"}))
    with pytest.raises(CommandError, match=r"x\.json"):
        call_command("diff_questionnaire", str(path), "digital-human")
