"""Run the measurements of every module here, or of those that are named: python -m bench scoring.

A module offers `measure()`, which yields one line of the table after another. Each runs in a
process of its own. No figure is a test: machines differ and are busy.
"""

import importlib
import pkgutil
import subprocess
import sys

import bench
from bench._figure import HEAD, row


def main(wanted: list[str]) -> int:
    """Print the lines of the wanted modules, of all where none is named; return the exit code."""
    found = [m.name for m in pkgutil.iter_modules(bench.__path__) if m.name[0] != "_"]
    if unknown := sorted(set(wanted) - set(found)):
        sys.exit(f"no measurement named {', '.join(unknown)}; there is {', '.join(found)}")
    if len(wanted) == 1:
        print(f"\n{row(wanted[0].capitalize(), *HEAD[1:])}", flush=True)
        for line in importlib.import_module(f"bench.{wanted[0]}").measure():
            print(f"  {line}", flush=True)
        return 0
    runs = [
        subprocess.run([sys.executable, "-m", "bench", name], check=False)
        for name in wanted or found
    ]
    return max(run.returncode for run in runs)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
