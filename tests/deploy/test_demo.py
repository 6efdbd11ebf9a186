"""`make demo`, started twice at once in one copy."""

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYTHON = """#!/bin/sh
case "$*" in *manage.py*) mkdir loading && sleep 0.5 && rmdir loading ;; esac
"""
"""In Python's place: loading fails where another loads."""


def test_the_second_waits_until_the_first_has_loaded(tmp_path: Path) -> None:
    stand_ins = {"deploy/setup": "#!/bin/sh\n", ".venv/bin/python": PYTHON}
    for name, script in stand_ins.items():
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(script)
        (tmp_path / name).chmod(0o755)
    shutil.copy(ROOT / "deploy" / "demo", tmp_path / "deploy")
    both = [subprocess.Popen([tmp_path / "deploy" / "demo"]) for _ in range(2)]
    assert [demo.wait() for demo in both] == [0, 0]
