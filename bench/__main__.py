"""Run the measurements of every module here, or of those that are named: python -m bench scoring.

A module offers `measure()`, which yields one line after another. No figure is a test: machines
differ and are busy.
"""

import importlib
import pkgutil
import sys

import bench


def main(wanted: list[str]) -> None:
    """Print the lines of the wanted modules, of all where none is named."""
    found = [module.name for module in pkgutil.iter_modules(bench.__path__)]
    if unknown := sorted(set(wanted) - set(found)):
        sys.exit(f"no measurement named {', '.join(unknown)}; there is {', '.join(found)}")
    for name in wanted or [name for name in found if not name.startswith("_")]:
        print(f"\n{name}", flush=True)
        for line in importlib.import_module(f"bench.{name}").measure():
            print(f"  {line}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
