"""Setup says what it lacks, and leaves nothing half made."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def copy() -> Iterator[Path]:
    """Return a copy of what setup needs, where another user may read it too."""
    folder = Path(tempfile.mkdtemp())
    for name in ("deploy", "requirements"):
        shutil.copytree(ROOT / name, folder / name)
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def stopped(setup: subprocess.Popen[str]) -> str:
    """Return what a setup that cannot go on says; it fails, and shows no traceback."""
    _, said = setup.communicate()
    assert setup.returncode == 1
    assert "Traceback" not in said
    return said


def start(copy: Path, user: int | None = None, **variables: str) -> subprocess.Popen[str]:
    # A test that runs in the background ignores Ctrl-C, and so would all that it starts.
    return subprocess.Popen(
        ["env", "--default-signal=INT", copy / "deploy" / "setup"],
        env=os.environ | variables,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        user=user,
    )


@pytest.mark.parametrize("named", ["/no/such/python", "/bin/false"])
def test_a_python_that_is_none_is_named(copy: Path, named: str) -> None:
    said = stopped(start(copy, PYTHON=named))
    assert f"PYTHON={named} does not start a Python 3.11 or newer." in said
    assert not (copy / ".venv").exists()


def test_a_folder_of_somebody_else_is_named_once(copy: Path) -> None:
    (copy / ".venv" / "bin").mkdir(parents=True)
    copy.chmod(0o555)
    nobody = 65534 if os.geteuid() == 0 else None  # root may write anywhere
    said = stopped(start(copy, user=nobody))
    assert said.strip() == (
        f"Setup stopped: you may not write in {copy}. Run the same command in a copy of your own."
    )


def test_ctrl_c_is_told_to_run_again(copy: Path, tmp_path: Path) -> None:
    slow = tmp_path / "python"
    slow.write_text(
        "#!/bin/sh\n"
        'case "$*" in *venv*)\n'
        f"    touch {tmp_path}/begun\n"
        '    exec python3 -c "import time; time.sleep(600)" ;;\n'
        "esac\n"
        'exec python3 "$@"\n'
    )
    slow.chmod(0o755)
    setup = start(copy, PYTHON=str(slow))
    while not (tmp_path / "begun").exists():
        assert setup.poll() is None
        time.sleep(0.05)
    os.killpg(setup.pid, signal.SIGINT)
    assert "Setup stopped: interrupted. Run the same command again." in stopped(setup)
