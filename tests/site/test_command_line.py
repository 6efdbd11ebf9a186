"""Someone runs a command in a shell, with output that goes nowhere good."""

import subprocess
import sys

import pytest
from django.conf import settings

SCORE = f"{sys.executable} manage.py score examples/digital_human_answers.yaml --json"


def run(command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", command], cwd=settings.BASE_DIR, capture_output=True, text=True
    )


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        (f"{SCORE} | true; exit ${{PIPESTATUS[0]}}", 1, ""),
        (f"{SCORE} > /dev/full", 1, "No space left on device\n"),
        (f"{SCORE} >&-", 0, ""),
        (f"PYTHONIOENCODING=ascii {SCORE}", 0, ""),
    ],
    ids=["nobody reads", "full disk", "closed", "no Chinese"],
)
def test_it_ends_in_words_and_with_its_exit_code(command, code, said):
    done = run(command)
    assert (done.returncode, done.stderr) == (code, said)
