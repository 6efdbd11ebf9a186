"""What is missing on a machine is told by the names to install."""

import subprocess
import sys
from pathlib import Path

import pytest

from deploy import system_packages
from deploy.system_packages import SystemPackage

ROOT = Path(__file__).resolve().parents[2]


def test_the_list_is_read_in_its_order() -> None:
    names = [package.name for package in system_packages.packages("runtime", "development")]
    assert names[0] == "python3-venv"
    assert names[-1] == "chromium"
    assert {"libpango-1.0-0", "libharfbuzz-subset0", "fonts-noto-cjk"} < set(names)


def test_every_line_says_how_it_is_looked_for_and_what_for() -> None:
    for package in system_packages.packages("runtime", "development", "postgresql", "servers"):
        assert package.proof.partition(":")[0] in system_packages.PROOFS
        assert package.purpose


@pytest.mark.parametrize(
    "proof",
    [
        "command:no-such-command",
        "file:/no/such/file",
        "font:No Such Family",
        "library:libnosuch.so.0",
        "module:nosuchmodule",
        # A family without a true bold would be printed with a smeared one.
        "font:DejaVu Math TeX Gyre",
    ],
)
def test_what_is_not_there_is_missing(proof: str) -> None:
    assert not SystemPackage("runtime", "some-package", proof, "a test").is_there()


def test_the_command_prints_names_only() -> None:
    listed = subprocess.run(
        [sys.executable, "deploy/system_packages.py", "runtime", "development"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert (listed.stdout, listed.stderr) == ("", "")
