"""Both ways are timed on the same work; what was not measured is said to be reckoned."""

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from mnist_lab.tensors import timing
from mnist_lab.tensors.errors import TensorError
from mnist_lab.tensors.operations import OPERATIONS, Operation, operation
from mnist_lab.tensors.timing import Timing, time_both
from tests.tensors.test_operations import layer_of_512, operands_for


@pytest.mark.parametrize("one", OPERATIONS, ids=lambda one: one.identifier)
def test_blocks_are_all_of_the_work(one: Operation) -> None:
    arrays = operands_for(one, [4, 3, 4, 3, 4], 4, 0, "int64")
    loop = one.loop(arrays)
    shares, results = [], []
    for block, share in loop.blocks(arrays, 7):
        shares.append(share)
        results.append(np.asarray(one.naive(*block)))
    assert len(shares) > 1 or one.identifier in ("dot_vectors",)
    assert sum(shares) == pytest.approx(1)
    if loop.inner is None:  # no block stands for a part of a sum
        numbers = np.sort(np.concatenate([result.ravel() for result in results]))
        np.testing.assert_array_equal(numbers, np.sort(one.compute(arrays).ravel()))


@pytest.mark.parametrize("one", OPERATIONS, ids=lambda one: one.identifier)
def test_small_work_is_measured_in_full(one: Operation) -> None:
    measured = time_both(one, operands_for(one, [3, 3, 3, 3, 3], 3, 0, "float32"), budget_seconds=0.02)
    assert measured is not None
    assert not measured.extrapolated
    assert measured.share == pytest.approx(1)
    assert measured.rounds >= 3
    assert measured.naive_seconds > 0 < measured.numpy_seconds
    low, high = measured.ratio_middle
    assert 0 < low <= measured.ratio <= high


def test_numpy_is_faster_on_a_real_layer() -> None:
    measured = time_both(operation("layer"), layer_of_512(), budget_seconds=0.3)
    assert measured is not None
    assert measured.ratio > 20


class Machine:
    """Loops that take two seconds a block, and NumPy, a tenth of one; both ten times as long while it is busy."""

    def __init__(self, busy: range, naive: float = 2.0, numpy: float = 0.1) -> None:
        self.now = 0.0
        self.calls: list[str] = []
        self._busy = busy
        self._seconds = {"naive": naive, "numpy": numpy}

    def perf_counter(self) -> float:
        return self.now

    def measured(self, cells: int, budget_seconds: float) -> Timing:
        one = operation("relu")

        def slowed(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
            def run(*arrays: Any) -> Any:
                self.calls.append(name)
                is_cold = self.calls.count(name) == 1
                self.now += self._seconds[name] * (100 if is_cold else 10 if len(self.calls) in self._busy else 1)
                return work(*arrays)

            return run

        slow = dataclasses.replace(one, naive=slowed("naive", one.naive), forward=slowed("numpy", one.forward))
        result = time_both(slow, [np.zeros(cells)], budget_seconds=budget_seconds)
        assert result is not None
        return result


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    machine = Machine(busy=range(20, 30))
    monkeypatch.setattr(timing, "time", machine)
    return machine


def test_both_are_timed_in_turns_and_the_medians_count(machine: Machine) -> None:
    measured = machine.measured(cells=80_000, budget_seconds=300.0)
    turns = machine.calls[-2 * measured.rounds :]
    assert turns == ["naive", "numpy"] * measured.rounds
    assert measured.rounds > 10
    assert (measured.extrapolated, measured.share) == (False, 1.0)
    assert measured.naive_seconds == pytest.approx(8.0), "four blocks of two seconds"
    assert measured.numpy_seconds == pytest.approx(0.1)
    assert measured.ratio == pytest.approx(80.0)
    assert measured.ratio_middle == pytest.approx((80.0, 80.0)), "what slows the machine slows both"


def test_a_reckoned_time_is_the_measured_part_scaled_up(machine: Machine) -> None:
    measured = machine.measured(cells=160_000, budget_seconds=1.0)
    assert (measured.rounds, measured.extrapolated, measured.share) == (3, True, pytest.approx(3 / 8))
    assert measured.naive_seconds == pytest.approx(16.0)


@pytest.mark.parametrize("asked", [1, 3, 10])
def test_cancelling_ends_after_the_block_or_call(asked: int) -> None:
    calls: list[Any] = []

    def is_cancelled() -> bool:
        calls.append(None)
        return len(calls) == asked

    assert time_both(operation("relu"), [np.zeros(80_000)], is_cancelled, budget_seconds=5) is None
    assert len(calls) == asked


def test_an_empty_array_takes_no_steps() -> None:
    for identifier, arrays in {"relu": [np.zeros(0)], "reshape": [np.zeros(0), np.array([0])]}.items():
        measured = time_both(operation(identifier), arrays, budget_seconds=0.01)
        assert measured is not None
        assert not measured.extrapolated


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(TensorError):
        time_both(operation("add"), [np.zeros(2), np.zeros(3)])
    column = np.broadcast_to(np.float32(0), (50_000, 1))
    with pytest.raises(TensorError, match="GB"):
        time_both(operation("broadcast_add"), [column, column.T])
