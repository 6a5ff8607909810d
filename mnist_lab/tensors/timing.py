"""The naive loops and NumPy on the same arrays, both timed: in turns, both warm, and no longer than one likes to wait.

A single measurement says little: the first call meets cold memory, and the machine does other things, too. So both are
measured again and again, one right after the other, and the medians count.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from mnist_lab.tensors.loops import Array
from mnist_lab.tensors.operation import Operation

_BLOCK_STEPS = 20_000
"""Of the naive loops between two looks at the clock: some 10 ms."""
_LEAST_SECONDS = 1e-4
"""What takes less is called so often that a measurement takes as long: a look at the clock takes time itself."""
_MOST_CALLS = 10_000
_FEWEST_ROUNDS, _MOST_ROUNDS = 3, 1_000


@dataclass(frozen=True)
class Timing:
    """How long both took.

    Attributes:
        naive_seconds: the loops, all of the work: the median of the rounds.
        numpy_seconds: NumPy: the median of the rounds.
        ratio: how many times faster NumPy was: the median of the rounds.
        ratio_middle: the limits of the middle half of the rounds' ratios.
        rounds: how often both were measured, one right after the other.
        extrapolated: whether the loops did only a part in the time there was, and the rest is reckoned.
        share: of the loops' work that was done, 0 to 1.
    """

    naive_seconds: float
    numpy_seconds: float
    ratio: float
    ratio_middle: tuple[float, float]
    rounds: int
    extrapolated: bool
    share: float


def time_both(
    operation: Operation,
    arrays: Sequence[Array],
    is_cancelled: Callable[[], bool] = lambda: False,
    budget_seconds: float = 2.0,
) -> Timing | None:
    """Time a block of the loops, then NumPy, and so on round after round.

    Blocks are parts of the arrays that have the same loops to go through; together they are all of the work. Each
    block's time is scaled up to all of the work.

    Args:
        operation: of `OPERATIONS`.
        arrays: its operands.
        is_cancelled: asked after every block and every call, from the thread that times.
        budget_seconds: for all rounds together, about; there are at least three of them.

    Returns:
        both times; None if it was cancelled.

    Raises:
        TensorError: the operands do not fit, or the result takes too much memory.
    """
    operation.compute(arrays)  # what does not fit; and NumPy's first call, which pays for the cold memory
    with np.errstate(all="ignore"):
        rounds = _Rounds(operation, arrays, is_cancelled)
        while rounds.go_on(budget_seconds):
            if not rounds.measure():
                return None
        return rounds.result()


class _Rounds:
    """Measures, and keeps what was measured."""

    def __init__(self, operation: Operation, arrays: Sequence[Array], is_cancelled: Callable[[], bool]) -> None:
        self._operation, self._arrays, self._is_cancelled = operation, arrays, is_cancelled
        self._loop = operation.loop(arrays)
        self._blocks = self._loop.blocks(arrays, _BLOCK_STEPS)
        self._seconds: list[tuple[float, float]] = []  # of each round, the loops' for all of the work and NumPy's
        self._share = 0.0
        self._spent = 0.0
        block, _ = next(self._loop.blocks(arrays, _BLOCK_STEPS), self._whole)
        self._naive_calls = self._calls_for(lambda: operation.naive(*block))
        self._numpy_calls = self._calls_for(lambda: operation.forward(*arrays))

    @property
    def _whole(self) -> tuple[tuple[Array, ...], float]:
        """All of the work, for empty arrays that have no block."""
        return tuple(self._arrays), 1.0

    def _next_block(self) -> tuple[tuple[Array, ...], float]:
        """The next one, and after the last one the first again."""
        block = next(self._blocks, None)
        if block is None:
            self._blocks = self._loop.blocks(self._arrays, _BLOCK_STEPS)
            block = next(self._blocks, self._whole)
        return block

    def _calls_for(self, work: Callable[[], object]) -> int:
        """How many calls last long enough to be measured; they warm up what they use."""
        calls = 1
        while (seconds := _seconds_of(work, calls)) < _LEAST_SECONDS and calls < _MOST_CALLS:
            calls *= 2
        self._spent += seconds
        return calls

    def go_on(self, budget_seconds: float) -> bool:
        """Whether another round is due."""
        if len(self._seconds) < _FEWEST_ROUNDS:
            return True
        return self._spent < budget_seconds and len(self._seconds) < _MOST_ROUNDS

    def measure(self) -> bool:
        """One round; False if it was cancelled."""
        block, share = self._next_block()
        naive = _seconds_of(lambda: self._operation.naive(*block), self._naive_calls)
        if self._is_cancelled():
            return False
        numpy = _seconds_of(lambda: self._operation.forward(*self._arrays), self._numpy_calls)
        if self._is_cancelled():
            return False
        self._spent += naive + numpy
        self._share += share
        self._seconds.append((naive / self._naive_calls / share, numpy / self._numpy_calls))
        return True

    def result(self) -> Timing:
        """What came out."""
        naive, numpy = np.array(self._seconds).T
        low, middle, high = np.percentile(naive / numpy, (25, 50, 75))
        is_all = self._share > 1 - 1e-9
        return Timing(
            naive_seconds=float(np.median(naive)),
            numpy_seconds=float(np.median(numpy)),
            ratio=float(middle),
            ratio_middle=(float(low), float(high)),
            rounds=len(self._seconds),
            extrapolated=not is_all,
            share=min(1.0, self._share),
        )


def _seconds_of(work: Callable[[], object], calls: int) -> float:
    began = time.perf_counter()
    for _ in range(calls):
        work()
    return time.perf_counter() - began
