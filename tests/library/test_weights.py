"""docs/weights.md gives a reason for everything that limits a rating, and its commands work."""

import re
import shlex

import pytest
from django.core.management import CommandError, call_command

from compliance.library import sources

DOCUMENT = (sources.ROOT / "docs" / "weights.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^    manage\.py (.+)$", DOCUMENT, re.MULTILINE)
FIGURES = re.findall(r"^\| (\S+) (\S+) \| [\d.]+ % \| [\d.]+ % \|", DOCUMENT, re.MULTILINE)


@pytest.fixture(scope="module")
def library():
    return sources.library()


def test_every_veto_and_cap_has_its_reason(library):
    given = dict(re.findall(r"^\| ([a-z]{2}-[a-z-]+) \| (veto|cap) \| \S", DOCUMENT, re.MULTILINE))
    assert given == {
        each.id: "veto" if each.veto else "cap"
        for each in library.criteria.values()
        if each.veto or each.cap
    }


def test_a_criterion_weighs_the_same_wherever_it_is_asked(library):
    weights: dict[str, set[object]] = {}
    for questionnaire in library.questionnaires.values():
        for section in questionnaire.sections:
            for pick in section.criteria:
                weights.setdefault(pick.criterion, set()).add(pick.weight)
    assert {name: found for name, found in weights.items() if len(found) > 1} == {}


def test_domains_and_bands_are_the_documented_ones(library):
    for each in library.questionnaires.values():
        assert [int(domain.weight) for domain in each.domains] == [25, 30, 25, 20], each.id
        assert [int(rating.from_) for rating in each.ratings] == [90, 70, 0], each.id


def test_figures_are_given_for_every_questionnaire(library):
    commands = [shlex.split(command)[1] for command in COMMANDS]
    assert set(commands) == {name for name, _ in FIGURES} == set(library.questionnaires)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_documented_command_works(command, capsys):
    name, *arguments = shlex.split(command)
    assert name == "sensitivity"
    call_command(name, *arguments, "--assessments", "4", "--weights", "2")
    printed = capsys.readouterr().out
    assert printed.startswith(f"{arguments[0]} ")
    assert "4 simulated assessments, 2 sets of weights within ±20 %, seed 1" in printed
    assert re.search(r"^rating changes +\d+\.\d % +\d+\.\d %$", printed, re.MULTILINE)


def test_the_same_seed_prints_the_same_and_another_one_something_else(capsys):
    example = str(sources.ROOT / "examples" / "questionnaire.yaml")
    few = ("sensitivity", example, "--assessments", "6", "--weights", "3")
    printed = []
    for seed in ("5", "5", "6"):
        call_command(*few, "--seed", seed)
        printed.append(capsys.readouterr().out.partition("\n")[2])
    assert printed[0] == printed[1] != printed[2]


def test_a_questionnaire_that_is_not_there_is_refused():
    with pytest.raises(CommandError, match="the library has no questionnaire “digital”") as error:
        call_command("sensitivity", "digital")
    assert error.value.returncode == 1


@pytest.mark.parametrize("count", ["0", "-1", "many", "1000000"])
def test_a_senseless_number_is_refused(count):
    with pytest.raises(CommandError, match="is not a number from 1 to 100,000"):
        call_command("sensitivity", "digital-human", "--assessments", count)
