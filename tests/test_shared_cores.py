"""NumPy leaves the cores to a run, and gets them back."""

import gc
from collections.abc import Callable
from itertools import cycle
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from threadpoolctl import ThreadpoolController, threadpool_info, threadpool_limits

from mnist_lab.inspection.maps import tsne
from mnist_lab.network.control import Control
from mnist_lab.network.events import Event
from mnist_lab.shared_cores import SharedCores, one_core
from mnist_lab.window.state.training import TrainingBridge


def blas_threads() -> list[int]:
    return [int(library["num_threads"]) for library in threadpool_info() if library["user_api"] == "blas"]


@pytest.fixture(autouse=True)
def more_than_one_thread() -> object:
    np.ones((2, 2)) @ np.ones((2, 2))
    if not blas_threads():
        pytest.skip("NumPy computes with a library here whose threads cannot be set")
    gc.collect()  # loans of windows that are gone
    with threadpool_limits(2, user_api="blas"):
        yield


def test_while_a_run_goes_on_matrix_products_take_one_thread_each(qtbot: QtBot) -> None:
    seen: list[list[int]] = []

    def job(_publish: Callable[[Event], None], _control: Control) -> None:
        seen.append(blas_threads())

    bridge = TrainingBridge()
    before = blas_threads()
    assert max(before) == 2
    with qtbot.waitSignal(bridge.finished):
        bridge.start(job, Control())
    assert seen == [[1] * len(before)]
    assert blas_threads() == before


def test_a_run_that_is_closed_gives_them_back_too(qtbot: QtBot) -> None:
    before = blas_threads()
    bridge = TrainingBridge()
    bridge.start(lambda _publish, control: control.wait_while_paused(), Control(paused=True))
    meanwhile = blas_threads()
    bridge.close()  # before anything can fail: a thread that is left ends the whole process
    assert max(meanwhile) == 1
    assert blas_threads() == before


def test_a_loan_ends_with_whoever_lent_them() -> None:
    """A window may go between the end of its run's thread and the signal that tells of it."""
    before = blas_threads()
    cores = SharedCores()
    cores.lend()
    assert max(blas_threads()) == 1
    del cores
    assert blas_threads() == before


def test_whoever_ends_last_gives_them_back(qtbot: QtBot) -> None:
    before = blas_threads()
    bridge = TrainingBridge()
    with one_core():
        assert max(blas_threads()) == 1
        bridge.start(lambda _publish, control: control.wait_while_paused(), Control(paused=True))
    assert max(blas_threads()) == 1, "the run still needs them"
    with one_core():
        bridge.close()
        assert max(blas_threads()) == 1
    assert blas_threads() == before


def test_a_loan_that_ends_while_another_begins_keeps_how_many_there_were(monkeypatch: pytest.MonkeyPatch) -> None:
    """Garbage may be collected, and with it a window that is gone, in whatever is done while cores are lent."""
    before = blas_threads()
    old, new = SharedCores(), SharedCores()

    info = ThreadpoolController.info

    def collecting(libraries: ThreadpoolController) -> Any:
        threads = info(libraries)
        old.take_back()
        return threads

    old.lend()
    monkeypatch.setattr(ThreadpoolController, "info", collecting)
    new.lend()
    monkeypatch.undo()
    assert max(blas_threads()) == 1
    new.take_back()
    assert blas_threads() == before


def test_a_map_by_t_sne_leaves_numpy_as_many_threads_as_a_run_that_began_beside_it_wants(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Both limit threads, and each set back what the other had: a run had two, or all after it had one."""
    manifold = pytest.importorskip("sklearn.manifold")
    before, cores = blas_threads(), SharedCores()
    turns = cycle((cores.lend, cores.take_back))
    fit = manifold.TSNE.fit_transform

    def beside(rule: Any, rows: Any) -> Any:
        next(turns)()
        return fit(rule, rows)

    monkeypatch.setattr(manifold.TSNE, "fit_transform", beside)
    after: list[int] = []
    rows = np.random.default_rng(0).normal(size=(40, 5)).astype(np.float32)
    assert tsne(rows, lambda: False, lambda stages: after.append(max(blas_threads())) if stages else None) is not None
    assert after == [1, 2, 1, 2]
    assert blas_threads() == before
