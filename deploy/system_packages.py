"""Which system packages are missing? Runs before anything is installed: standard library only.

    python3 deploy/system_packages.py GROUP [GROUP …]

prints the Debian name of each missing package on a line of its own and exits with 0.
"""

import ctypes
import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

LIST = Path(__file__).with_name("system-packages.txt")


@dataclass(frozen=True)
class SystemPackage:
    """One line of the list: `proof` is what shows that it is there, as KIND:NAME."""

    group: str
    name: str
    proof: str
    purpose: str

    def is_there(self) -> bool:
        """Tell whether the thing itself is found, whichever package brought it."""
        kind, _, name = self.proof.partition(":")
        return PROOFS[kind](name)


def packages(*groups: str) -> list[SystemPackage]:
    """Return the packages of the groups, in the order of the list."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    # Columns are two blanks and more apart, so that the name of a font may hold a blank.
    rows = [
        [column.strip() for column in line.split("  ") if column.strip()]
        for line in lines
        if line.strip() and not line.startswith("#")
    ]
    return [package for package in (SystemPackage(*row) for row in rows) if package.group in groups]


def missing(*groups: str) -> list[SystemPackage]:
    """Return the packages of the groups that are not found on this machine."""
    return [package for package in packages(*groups) if not package.is_there()]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _has_regular_and_bold(family: str) -> bool:
    if shutil.which("fc-list") is None:
        return False
    listed = subprocess.run(
        ["fc-list", family, "style"], capture_output=True, text=True, check=False
    )
    return {"Regular", "Bold"} <= {
        style.partition("=")[2].split(",")[0].strip() for style in listed.stdout.splitlines()
    }


PROOFS: dict[str, Callable[[str], bool]] = {
    "command": lambda name: shutil.which(name) is not None,
    "file": lambda name: Path(name).exists(),
    "font": _has_regular_and_bold,
    "library": _loads,
    "module": lambda name: importlib.util.find_spec(name) is not None,
}


if __name__ == "__main__":
    for package in missing(*sys.argv[1:]):
        print(package.name)
