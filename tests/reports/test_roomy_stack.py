"""What is called from a function with room goes on in its piece of Python's stack."""

import resource
from collections.abc import Callable

from compliance.reports.pdf.roomy_stack import roomy

ROUNDS = 300
DEEPER = 200  # more frames than a usual piece has room for


def _down(frames: int) -> int:
    return _down(frames - 1) + 1 if frames else 0


def _up_and_down(depth: int = DEEPER) -> int:
    return sum(_down(depth) for _ in range(ROUNDS))


def _pieces(work: Callable[[], object]) -> int:
    """Count the pages of memory that are new to this process: a new piece is at least one."""
    work()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    work()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def test_it_returns_what_the_function_returns() -> None:
    @roomy
    def twice(number: int, *, more: int = 0) -> int:
        """Have a name and a word."""
        return 2 * number + more

    assert twice(4, more=1) == 9
    assert (twice.__name__, twice.__doc__) == ("twice", "Have a name and a word.")


def test_no_piece_is_taken_again_and_again() -> None:
    with_room = roomy(lambda: _up_and_down())
    assert _pieces(_up_and_down) >= ROUNDS
    assert _pieces(with_room) < ROUNDS / 10


def test_there_is_room_for_five_hundred_frames() -> None:
    with_room = roomy(lambda: _up_and_down(500))
    assert _pieces(with_room) < ROUNDS / 10
