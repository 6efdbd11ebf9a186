"""A figure as it is printed: what was measured, what was aimed at, and how the two compare."""

from dataclasses import dataclass

HEAD = ("", "measured", "target", "to the target")


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    name: str
    measured: str
    target: str = ""
    share: float | None = None
    """How the figure compares to the target: 1 and less reaches it."""

    def __str__(self) -> str:
        share = "" if self.share is None else f"{self.share:.2f}"
        return row(self.name, self.measured, self.target, share)


def row(name: str, measured: str, target: str, share: str) -> str:
    """Return a line of the table."""
    return f"{name:<64}{measured:>16}{target:>16}{share:>15}".rstrip()
