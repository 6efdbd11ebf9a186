"""Setup says what it lacks, and leaves nothing half made."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("named", ["/no/such/python", "/bin/false"])
def test_a_python_that_is_none_is_named(tmp_path: Path, named: str) -> None:
    for folder in ("deploy", "requirements"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    setup = subprocess.run(
        [tmp_path / "deploy" / "setup"],
        env=os.environ | {"PYTHON": named},
        capture_output=True,
        text=True,
        check=False,
    )
    assert setup.returncode == 1
    assert f"PYTHON={named} does not start a Python 3.11 or newer." in setup.stderr
    assert "Traceback" not in setup.stderr
    assert not (tmp_path / ".venv").exists()
