"""What follows from something else: computed once, for whoever looks, and never for what is outdated."""

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from mnist_lab.window.state.background import Job
from mnist_lab.window.state.derived import Derived
from mnist_lab.work import JobHandle


class Bench:
    """A derived value whose computation waits until the test lets it go on.

    Attributes:
        derived: what is tested; it doubles its input, a list of one number.
        begun: the inputs whose computation began, in order.
        problems: what failed.
    """

    def __init__(self, rest: int = 0) -> None:
        self.owner = QObject()
        self.begun: list[int] = []
        self.handles: list[JobHandle] = []
        self.problems: list[Exception] = []
        self.gate = threading.Event()
        self.gate.set()
        self.derived: Derived[list[int], int] = Derived(self.owner, self._double, self.problems.append, rest)

    def _double(self, numbers: list[int], handle: JobHandle) -> int:
        self.begun.append(numbers[0])
        self.handles.append(handle)
        self.gate.wait(60)
        if numbers[0] < 0:
            raise ValueError("negative")
        return 2 * numbers[0]

    def end(self) -> None:
        self.gate.set()
        self.derived.end()
        for job in self.owner.findChildren(Job):
            job.end()


@pytest.fixture
def make(qtbot: QtBot) -> Iterator[Callable[..., Bench]]:
    benches: list[Bench] = []

    def bench(rest: int = 0) -> Bench:
        benches.append(Bench(rest))
        return benches[-1]

    yield bench
    for each in benches:
        each.end()


RUN, OTHER_RUN = object(), object()


def test_nothing_is_computed_while_nobody_watches(qtbot: QtBot, make: Callable[..., Bench]) -> None:
    bench = make()
    bench.derived.set_input([3], RUN)
    assert not bench.owner.findChildren(Job)
    with qtbot.waitSignal(bench.derived.changed):
        bench.derived.watch(True)
    assert bench.derived.value == 6
    assert bench.derived.is_current


def test_nothing_waits_once_nobody_watches(qtbot: QtBot, make: Callable[..., Bench]) -> None:
    derived = make().derived
    timers = derived.findChildren(QTimer)
    derived.set_input([3], RUN)
    assert not any(timer.isActive() for timer in timers), "a window that is closed leaves nothing running"
    derived.watch(True)
    assert any(timer.isActive() for timer in timers)
    derived.watch(False)
    assert not any(timer.isActive() for timer in timers)


def test_an_input_is_computed_once_for_all_who_watch(qtbot: QtBot, make: Callable[..., Bench]) -> None:
    bench = make()
    same = [4]
    bench.derived.watch(True)
    with qtbot.waitSignal(bench.derived.changed):
        bench.derived.set_input(same, RUN)
    bench.derived.watch(True)
    bench.derived.set_input(same, RUN)
    assert not bench.owner.findChildren(Job) or bench.begun == [4]
    assert bench.begun == [4]


def test_it_is_computed_once_what_waits_was_painted(qtbot: QtBot, make: Callable[..., Bench]) -> None:
    """A thread that computes keeps the window's from painting: none begins while a page is shown anew."""
    bench = make()
    bench.derived.watch(True)
    for number in (1, 2):
        bench.derived.set_input([number], RUN)
        assert bench.derived.is_pending
        assert not bench.owner.findChildren(Job)
    qtbot.waitUntil(lambda: bench.derived.is_current)
    assert bench.begun == [2]


def test_of_those_that_wait_only_the_newest_counts(qtbot: QtBot, make: Callable[..., Bench]) -> None:
    bench = make()
    bench.gate.clear()
    bench.derived.watch(True)
    bench.derived.set_input([1], RUN)
    qtbot.waitUntil(lambda: bench.begun == [1])
    for number in (2, 3, 4):
        bench.derived.set_input([number], RUN)
    values: list[int | None] = []
    bench.derived.changed.connect(lambda: values.append(bench.derived.value))
    bench.gate.set()
    qtbot.waitUntil(lambda: bench.derived.is_current)
    assert bench.begun == [1, 4], "results keep coming, and what was overtaken is skipped"
    assert values == [2, 8]


def test_another_kind_cancels_and_drops_at_once(qtbot: QtBot, make: Callable[..., Bench]) -> None:
    bench = make()
    bench.derived.watch(True)
    with qtbot.waitSignal(bench.derived.changed):
        bench.derived.set_input([5], RUN)
    bench.gate.clear()
    bench.derived.set_input([6], RUN)
    qtbot.waitUntil(lambda: bench.begun == [5, 6])
    bench.derived.set_input([7], OTHER_RUN)
    assert bench.derived.value is None
    assert bench.handles[1].is_cancelled
    bench.gate.set()
    qtbot.waitUntil(lambda: bench.derived.value is not None)
    assert bench.derived.value == 14, "the late result of the cancelled job never arrives"


def test_no_basis_means_no_value(qtbot: QtBot, make: Callable[..., Bench]) -> None:
    bench = make()
    bench.derived.watch(True)
    with qtbot.waitSignal(bench.derived.changed):
        bench.derived.set_input([5], RUN)
    with qtbot.waitSignal(bench.derived.changed):
        bench.derived.set_input(None, RUN)
    assert bench.derived.value is None
    assert not bench.derived.is_current


def test_a_failure_is_told_once(qtbot: QtBot, make: Callable[..., Bench]) -> None:
    bench = make()
    bench.derived.watch(True)
    bench.derived.set_input([-1], RUN)
    qtbot.waitUntil(lambda: bool(bench.problems))
    bench.derived.watch(True)
    assert bench.begun == [-1], "it would fail again"
    with qtbot.waitSignal(bench.derived.changed):
        bench.derived.set_input([2], RUN)
    assert bench.derived.value == 4


def test_a_failure_does_not_take_the_newer_one_along(qtbot: QtBot, make: Callable[..., Bench]) -> None:
    bench = make()
    bench.gate.clear()
    bench.derived.watch(True)
    bench.derived.set_input([-1], RUN)
    qtbot.waitUntil(lambda: bench.begun == [-1])
    bench.derived.set_input([3], RUN)
    bench.gate.set()
    qtbot.waitUntil(lambda: bench.derived.value == 6)
    assert len(bench.problems) == 1


def test_it_rests_between_two_computations(qtbot: QtBot, make: Callable[..., Bench]) -> None:
    bench = make(60_000)
    bench.derived.watch(True)
    with qtbot.waitSignal(bench.derived.changed):
        bench.derived.set_input([1], RUN)
    bench.derived.set_input([2], RUN)
    assert not bench.derived.is_current
    assert bench.begun == [1], "the next one has to wait a minute"
    assert bench.derived.value == 2, "meanwhile the last one stands"
    assert bench.derived.is_pending
    bench.derived.watch(False)
    assert not bench.derived.is_pending, "nobody waits for it"


def test_ids_are_keys_by_their_value(qtbot: QtBot, make: Callable[..., Bench]) -> None:
    """A kept network's id is a new text each time it is asked for."""
    bench = make()
    bench.derived.watch(True)
    with qtbot.waitSignal(bench.derived.changed):
        bench.derived.set_input([3], "".join(["net", "work"]))
    bench.gate.clear()
    bench.derived.set_input([4], "".join(["net", "work"]))
    assert bench.derived.value == 6, "the value before stays until the new one is there"
    bench.derived.set_input([5], "another")
    assert bench.derived.value is None
