"""docs/authoring.md and the examples: what they say is so."""

import json
import re
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from compliance.library import sources
from questionnaires.answers import AnswersFile
from questionnaires.document import File
from questionnaires.reading import check, parse_source
from questionnaires.schema import FOLDER as SCHEMAS
from tests.questionnaires.faulty_files import FAULTY

ROOT = sources.ROOT
GUIDE = ROOT / "docs" / "authoring.md"
ANSWERS = ROOT / "examples" / "answers.yaml"
BLOCKS = re.findall(r"```yaml\n(.*?)```", GUIDE.read_text(), re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.split(":")[0])
def test_an_example_in_the_guide_is_read(block: str) -> None:
    source = parse_source(block, GUIDE.name)
    check(source, AnswersFile if "answers" in source.data else File)


def test_the_guide_names_every_key() -> None:
    guide = GUIDE.read_text()
    for path in SCHEMAS.glob("*.json"):
        schema = json.loads(path.read_text())
        for name, part in {"": schema, **schema["$defs"]}.items():
            for key in part["properties"]:
                assert re.search(rf"\b{key}\b", guide), f"{name}.{key} is not in the guide"


def test_the_guide_names_every_type_and_every_word_that_a_key_may_hold() -> None:
    guide = GUIDE.read_text()
    for word in re.findall(
        r'"const": "(\w+)"', (SCHEMAS / "questionnaire.schema.json").read_text()
    ):
        assert f"`{word}`" in guide
    schema = json.loads((SCHEMAS / "questionnaire.schema.json").read_text())
    for part in schema["$defs"].values():
        for described in part["properties"].values():
            for word in described.get("enum", ()):
                assert re.search(rf"\b{word}\b", guide), word


def test_the_guide_names_every_figure(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("score", ANSWERS, json=True)
    figures = json.loads(capsys.readouterr().out)
    told = GUIDE.read_text().partition("## The figures")[2]
    criterion = figures["criteria"][0]
    parts = (figures, criterion, criterion["questions"][0], figures["domains"][0])
    for key in (key for part in parts for key in part):
        assert f"`{key}`" in told, key


def test_what_the_guide_says_of_adding_up_is_so(capsys: pytest.CaptureFixture[str]) -> None:
    def exact(figure: dict[str, str]) -> Fraction:
        return Fraction(figure["exact"])

    call_command("score", ROOT / "examples" / "digital_human_answers.yaml", json=True)
    figures = json.loads(capsys.readouterr().out)
    applicable = [found for found in figures["criteria"] if found["achievement"]]
    for found in applicable:
        achieved, asked = exact(found["achievement"]), found["questions"]
        shares = [(exact(q["points"]), q["share_of_criterion"]) for q in asked if q["points"]]
        mean = sum(points * exact(share) for points, share in shares if share) / 100
        assert achieved in (mean, min(points for points, _ in shares) / 100)
        short = exact(found["share_of_score"]) * (1 - achieved)
        assert exact(found["points_lost"]) == 100 * short
    lost = [found["points_lost"] for found in applicable]
    assert sum(map(exact, lost)) == 100 - exact(figures["score"])
    printed = sum(Decimal(figure["rounded"]) for figure in lost)
    assert printed == 100 - Decimal(figures["score"]["rounded"])


def test_the_example_questionnaire_has_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_library", ROOT / "examples" / "questionnaire.yaml")
    assert "no faults" in capsys.readouterr().out


def test_the_example_answers_are_complete_and_scored(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("score", ANSWERS)
    printed = capsys.readouterr().out
    assert "Rating: Largely conforming\n" in printed
    assert "Score: 74.42 of 100; points lost: 25.58\n" in printed
    assert "Cap: Separate consent of the people portrayed\n" in printed


@pytest.mark.parametrize(
    "path", sorted((ROOT / "examples").glob("*answers.yaml")), ids=lambda path: path.stem
)
def test_example_answers_are_complete_and_free_of_contradictions(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("score", path, json=True)
    found = json.loads(capsys.readouterr().out)
    assert found["complete"], found["unanswered"]
    assert not found["contradictions"]
    assert found["rating"]


def test_figures_as_json_add_up(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("score", ANSWERS, json=True)
    found = json.loads(capsys.readouterr().out)
    lost = sum(round(100 * float(c["points_lost"]["rounded"])) for c in found["criteria"])
    assert lost + round(100 * float(found["score"]["rounded"])) == 10_000
    assert found["complete"]


def test_a_draft_carries_no_rating(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("score", copied(tmp_path, "  leaks-plan: 3\n", ""))
    assert "Rating: none; the score is provisional, questions without an answer: 1" in (
        capsys.readouterr().out
    )


MISSPELT = (
    "26: label-check: “automatc” is not an option of this question; did you mean “automatic”?"
)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (": automatic", ": automatc", MISSPELT),
        (": questionnaire.yaml", ": digital-humans", "7: no questionnaire “digital-humans” is"),
        (": questionnaire.yaml", ": none.yaml", "none.yaml:1: cannot be read: No such file"),
        ('version: "1.0"', 'version: "2.0"', "8: questionnaire.yaml is version 1.0, not 2.0"),
    ],
)
def test_a_refused_answers_file_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    with pytest.raises(CommandError, match=rf"\n/.*{re.escape(message)}"):
        call_command("score", copied(tmp_path, old, new))


def test_a_refused_questionnaire_file_is_told_with_its_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = FAULTY / "parts" / "unknown_key.yaml"
    with pytest.raises(CommandError, match="Faults: 1"):
        call_command("check_library", path)
    assert f"{path}:5: unknown key “txet”; did you mean “text”?" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        (0, ["score", str(ANSWERS), "--json"]),
        (0, ["check_library", "examples/questionnaire.yaml"]),
        (1, ["score", "examples/none.yaml"]),
        (1, ["check_library", str(FAULTY / "yaml" / "empty.yaml")]),
        (1, ["publish", "none"]),
        (2, ["score"]),
        (2, ["score", str(ANSWERS), "--xml"]),
    ],
)
def test_a_script_can_trust_the_exit_code(code: int, arguments: list[str]) -> None:
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr


def copied(tmp_path: Path, old: str, new: str) -> Path:
    """Return a copy of the example with one thing changed."""
    text = ANSWERS.read_text()
    assert old in text
    path = tmp_path / "answers.yaml"
    path.write_text(text.replace(old, new, 1))
    (tmp_path / "questionnaire.yaml").write_text(
        (ROOT / "examples" / "questionnaire.yaml").read_text()
    )
    return path
