"""Room on Python's stack, for work that goes deep.

CPython keeps the frames of functions in pieces of 16 KB. It asks the system for another piece when
one is full, and gives it back as soon as the function that needed it returns. To lay out pages goes
over such an edge up to a hundred thousand times, which can take half as long again: by chance, for
it depends on how deep the stack is where it starts.
"""

from collections.abc import Callable
from types import FunctionType
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])

SLOTS = 33_000
"""What a function asks for: a little over 256 KB, for which CPython takes a piece of 512 KB.

The other half is left to what the function calls, some 500 frames deep.
"""


def roomy(function: Function) -> Function:
    """Return a plain function, which now has room for all that it calls in one piece."""
    assert isinstance(function, FunctionType)
    function.__code__ = function.__code__.replace(co_stacksize=SLOTS)
    return function
