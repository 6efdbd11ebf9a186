"""`manage.py traceability`: the matrix on the command line."""

import json
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from compliance.library import sources
from compliance.library.matrix import library_matrix
from questionnaires.faults import Fault, Refused

PLANS = ["bj_dh_plan", "miit_mv_plan", "bj_ai_plan"]


@pytest.fixture(scope="module")
def matrix():
    return library_matrix()


@pytest.mark.parametrize("plan", PLANS)
def test_every_requirement_of_a_plan_is_tested_or_says_why_not(matrix, plan):
    mine = [each for each in matrix if each.requirement.instrument == plan]
    assert mine
    assert [each.requirement.id for each in mine if each.open] == []


def test_the_three_plans_hold_87_requirements(matrix):
    assert sum(each.requirement.instrument in PLANS for each in matrix) == 87


def test_as_json_it_is_sorted_and_complete(matrix, capsys):
    call_command("traceability", "--json")
    printed = capsys.readouterr().out
    data = json.loads(printed)
    assert printed == json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    assert {each["id"] for each in data["requirements"]} == {e.requirement.id for e in matrix}
    assert data["open"] == [each["id"] for each in data["requirements"] if each["open"]]
    consent = next(each for each in data["requirements"] if each["id"] == "BJ-DH-8.4")
    assert (consent["register_domain"], consent["domain"]) == (
        "ip_likeness",
        "content_safety",
    )
    found = next(each for each in consent["criteria"] if each["id"] == "ds-separate-consent")
    assert found["limit"] == "veto"
    assert {"instrument": "pipl", "article": "29"}.items() <= found["articles"][0].items()
    for requirement in data["requirements"]:
        assert requirement["domain"], requirement["id"]
        for criterion in requirement["criteria"]:
            assert criterion["questions"], criterion["id"]


def test_as_a_table_it_marks_weak_mappings_and_grade_b(matrix, capsys):
    call_command("traceability")
    lines = capsys.readouterr().out.splitlines()
    weak = next(each.requirement.id for each in matrix if each.requirement.weak)
    assert next(line for line in lines if line.startswith(f"{weak} ")).split()[1] == "weak"
    assert any("(B)" in line for line in lines[1:-2])
    assert lines[-2].startswith(f"{len(matrix)} requirements")


def test_published_versions_can_be_traced_instead(capsys):
    call_command("traceability", "--published", "--json")
    data = json.loads(capsys.readouterr().out)
    published = {(each.id, each.version) for each in sources.newest_published()}
    assert {(each["id"], each["version"]) for each in data["questionnaires"]} == published


def test_a_refused_file_is_named(monkeypatch):
    def refuse() -> None:
        raise Refused([Fault("criteria/x.yaml", 7, "unknown key “titel”")])

    monkeypatch.setattr(sources, "library", refuse)
    with pytest.raises(CommandError, match=r"criteria/x\.yaml:7: unknown key") as error:
        call_command("traceability")
    assert error.value.returncode == 1


def test_a_wrong_call_ends_with_2():
    command = [sys.executable, "manage.py", "traceability", "--yaml"]
    ended = subprocess.run(command, cwd=sources.ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "unrecognized arguments: --yaml" in ended.stderr
