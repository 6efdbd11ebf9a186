"""Whoever follows a link or a command of a README finds what it names."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
READMES = ["README.md", "README.zh.md", "deploy/README.md"]


@pytest.mark.parametrize("name", READMES)
def test_every_file_that_it_names_is_there(name: str) -> None:
    readme = ROOT / name
    text = readme.read_text(encoding="utf-8")
    linked = [readme.parent / target for target in re.findall(r"\]\(([^)#:]+)\)", text)]
    example = [ROOT / found for found in re.findall(r"\bexamples/[\w.-]+", text)]
    assert linked
    assert [path for path in linked + example if not path.exists()] == []


@pytest.mark.parametrize("name", READMES)
def test_every_command_that_it_names_exists(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"(?:^    |`)make ([a-z]+)", text, re.MULTILINE)) <= targets
    assert set(re.findall(r"manage\.py (\w+)", text)) <= set(get_commands())


def test_every_timer_starts_a_command_that_exists() -> None:
    timers = {path.stem for path in (ROOT / "deploy").glob("*@*.timer")}
    assert {name.partition("@")[2] for name in timers} == {
        "erase_evidence",
        "erase_notices",
        "verify_audit_log",
        "send_digest",
        "send_mail",
    }
    assert {name.partition("@")[2] for name in timers} <= set(get_commands())
    assert {name.partition("@")[0] for name in timers} == {"ziping-command"}
