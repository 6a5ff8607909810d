"""Both ways are timed on the same work; what was not measured is said to be reckoned."""

from typing import Any

import numpy as np
import pytest

from mnist_lab.tensors.errors import TensorError
from mnist_lab.tensors.operations import OPERATIONS, Operation, operation
from mnist_lab.tensors.timing import time_both
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
    assert measured.repeats >= 1
    assert measured.naive_seconds > 0 < measured.numpy_seconds


def test_numpy_is_faster_on_a_real_layer() -> None:
    measured = time_both(operation("layer"), layer_of_512(), budget_seconds=0.3)
    assert measured is not None
    assert measured.ratio > 20


def test_a_reckoned_time_is_the_measured_part_scaled_up(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(np.arange(0.0, 1e6, 0.25))  # each look at it is a quarter of a second later
    monkeypatch.setattr("mnist_lab.tensors.timing.time.perf_counter", lambda: next(clock))
    measured = time_both(operation("relu"), [np.zeros((80_000,))], budget_seconds=0.6)
    assert measured is not None
    assert measured.extrapolated
    assert measured.share == pytest.approx(0.5)  # 80,000 cells in four blocks of 20,000; two of them take half a second
    assert measured.naive_seconds == pytest.approx(1.0)
    assert (measured.repeats, measured.numpy_seconds) == (1, 0.25)


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
