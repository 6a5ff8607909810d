"""Cycles are collected in the window's thread alone, and Keras's objects are left out."""

import gc
import sys
import threading
import weakref
from collections.abc import Iterator

import psutil
import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mnist_lab.experiment import Experiment
from mnist_lab.runs.run import Run
from mnist_lab.window.state import garbage
from mnist_lab.window.state.garbage import GarbageCollector
from mnist_lab.window.state.lab import Keras, Lab
from mnist_lab.window.state.live_run import LiveRun
from mnist_lab.window.state.subjects import Subject
from tests.network.runs import made_up_digits


class Knot:
    """Garbage that only a collection finds; it notes which thread that was."""

    def __init__(self, threads: list[threading.Thread]) -> None:
        self.itself = self
        self.threads = threads

    def __del__(self) -> None:
        self.threads.append(threading.current_thread())


@pytest.fixture
def lab(qtbot: QtBot) -> Iterator[Lab]:
    owner = QObject()
    lab = Lab(Experiment(), owner)
    yield lab
    lab.end()


@pytest.fixture
def collector(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> Iterator[GarbageCollector]:
    monkeypatch.setattr(GarbageCollector, "has_left_keras_out", False)
    gc.enable()  # as in the lab itself; the tests' own fixture has switched it off
    left_out = gc.get_freeze_count()  # by an earlier test: TensorFlow's objects
    gc.unfreeze()
    collector = GarbageCollector(lab)
    yield collector
    collector.end()
    assert gc.isenabled()
    gc.disable()
    gc.unfreeze()
    if left_out:
        gc.freeze()


def _allocate_much(threads: list[threading.Thread]) -> None:
    Knot(threads)
    kept: list[list[object]] = [[] for _ in range(20 * gc.get_threshold()[0])]  # far more than makes a collection due
    del kept


def test_a_thread_that_allocates_collects_nothing(collector: GarbageCollector) -> None:
    threads: list[threading.Thread] = []
    worker = threading.Thread(target=_allocate_much, args=(threads,))
    worker.start()
    worker.join()
    assert not threads


def test_what_is_due_is_collected_by_the_timer_in_the_window_s_thread(
    qtbot: QtBot, collector: GarbageCollector
) -> None:
    threads: list[threading.Thread] = []
    Knot(threads)
    held: list[list[object]] = [[] for _ in range(20 * gc.get_threshold()[0])]
    qtbot.waitUntil(lambda: bool(threads))
    assert threads == [threading.main_thread()]
    assert held


def test_nothing_is_collected_while_nothing_is_due(collector: GarbageCollector) -> None:
    gc.collect()
    knot = Knot([])
    alive = weakref.ref(knot)
    del knot
    collector.collect_if_due()
    assert alive() is not None


def test_nothing_is_collected_while_keras_is_imported(lab: Lab, collector: GarbageCollector) -> None:
    threads: list[threading.Thread] = []
    lab.waiting.keras = Keras.IMPORTING
    _allocate_much(threads)
    held: list[list[object]] = [[] for _ in range(20 * gc.get_threshold()[0])]
    collector.collect_if_due()
    assert not threads
    lab.waiting.keras = Keras.READY
    collector.collect_if_due()
    assert threads == [threading.main_thread()]
    assert held


def test_once_keras_is_there_its_objects_are_looked_through_no_more(lab: Lab, collector: GarbageCollector) -> None:
    assert gc.get_freeze_count() == 0
    lab.waiting.keras = Keras.IMPORTING
    lab.changed.emit(frozenset({Subject.KERAS}))
    assert gc.get_freeze_count() == 0
    lab.waiting.keras = Keras.READY
    lab.changed.emit(frozenset({Subject.KERAS}))
    assert gc.get_freeze_count() > 1000


def test_they_are_left_out_once_in_a_process(lab: Lab, collector: GarbageCollector) -> None:
    lab.waiting.keras = Keras.READY
    lab.changed.emit(frozenset({Subject.KERAS}))
    gc.unfreeze()
    lab.changed.emit(frozenset({Subject.KERAS}))
    assert gc.get_freeze_count() == 0


def test_memory_is_given_back_once_a_run_is_over(
    lab: Lab, collector: GarbageCollector, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Run | None] = []
    monkeypatch.setattr(garbage, "give_memory_back", lambda: given.append(lab.run))
    lab.changed.emit(frozenset({Subject.RUN}))
    assert not given, "there was no run"
    lab.look.run = Run(Experiment(), made_up_digits(20, 10))
    monkeypatch.setattr(LiveRun, "is_training", True)
    lab.changed.emit(frozenset({Subject.RUN}))
    assert not given, "it goes on"
    monkeypatch.setattr(LiveRun, "is_training", False)
    for _ in range(2):
        lab.changed.emit(frozenset({Subject.RUN, Subject.WEIGHTS}))
    assert given == [lab.run]


def test_freed_memory_leaves_the_process() -> None:
    """Small pieces, of which one in a thousand is held: the C library keeps what lies between them by itself."""
    process = psutil.Process()
    pieces = [bytearray(4096) for _ in range(50_000)]
    held = pieces[::1000]
    pieces.clear()
    before = process.memory_info().rss
    garbage.give_memory_back()
    if sys.platform == "linux":
        assert process.memory_info().rss < before - 50_000_000
    assert len(held) == 50
