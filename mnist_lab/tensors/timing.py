"""The naive loops and NumPy on the same arrays, both timed: honestly, and never longer than one wants to wait."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from mnist_lab.tensors.loops import Array
from mnist_lab.tensors.operation import Operation

_BLOCK_STEPS = 20_000
"""Of the naive loops between two looks at the clock: some 10 ms."""
_NUMPY_SHARE = 0.25
"""Of the budget that NumPy may take, should it need that long."""
_MOST_REPEATS = 1_000


@dataclass(frozen=True)
class Timing:
    """How long both took.

    Attributes:
        naive_seconds: the loops, all of the work.
        numpy_seconds: NumPy's mean over `repeats` calls, after one that does not count.
        repeats: how often NumPy was called.
        extrapolated: whether the loops did only a part in the time there was, and the rest is reckoned.
        share: of the loops' work that was done, 0 to 1.
    """

    naive_seconds: float
    numpy_seconds: float
    repeats: int
    extrapolated: bool
    share: float

    @property
    def ratio(self) -> float:
        """How many times faster NumPy was."""
        return self.naive_seconds / self.numpy_seconds


def time_both(
    operation: Operation,
    arrays: Sequence[Array],
    is_cancelled: Callable[[], bool] = lambda: False,
    budget_seconds: float = 2.0,
) -> Timing | None:
    """Time the loops block by block, then NumPy over and over.

    Blocks are parts of the arrays that have the same loops to go through; together they are all of the work. If they
    do not get through it within the budget, the time of those that were done is scaled up.

    Args:
        operation: of `OPERATIONS`.
        arrays: its operands.
        is_cancelled: asked after every block and every call, from the thread that times.
        budget_seconds: for the loops and NumPy together, about.

    Returns:
        both times; None if it was cancelled.

    Raises:
        TensorError: the operands do not fit, or the result takes too much memory.
    """
    loop = operation.loop(arrays)
    operation.compute(arrays)  # what does not fit, and NumPy's first call, which pays for the cold memory
    with np.errstate(all="ignore"):
        seconds = share = 0.0
        for block, part in loop.blocks(arrays, _BLOCK_STEPS):
            started = time.perf_counter()
            operation.naive(*block)
            seconds += time.perf_counter() - started
            share += part
            if is_cancelled():
                return None
            if seconds > budget_seconds * (1 - _NUMPY_SHARE):
                break
        total, repeats = 0.0, 0
        while not repeats or (total < budget_seconds * _NUMPY_SHARE and repeats < _MOST_REPEATS):
            started = time.perf_counter()
            operation.forward(*arrays)
            total += time.perf_counter() - started
            repeats += 1
            if is_cancelled():
                return None
    is_all = share > 1 - 1e-9 or not share
    return Timing(seconds if is_all else seconds / share, total / repeats, repeats, not is_all, min(1.0, share))
