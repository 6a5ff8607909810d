"""Work that tells how far it is, is stopped half way, or fails."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mnist_lab.studies.nudging import Switch
from mnist_lab.window.pages.descent.naive.stoppable_work import StoppableWork, WorkReport, WorkState
from mnist_lab.window.state.background import Job
from mnist_lab.work import JobHandle


class Counting:
    """A work that reports one number, waits to be let go on, and returns whether it was stopped."""

    def __init__(self) -> None:
        self.gate = threading.Event()

    def __call__(self, switch: Switch, handle: JobHandle) -> bool:
        handle.report("half")
        self.gate.wait(60)
        return switch.is_stopped


@pytest.fixture
def owner() -> Iterator[QObject]:
    owner = QObject()
    yield owner
    for job in owner.findChildren(Job):
        job.end()


@pytest.fixture
def work(owner: QObject) -> StoppableWork:
    return StoppableWork(owner)


@pytest.mark.parametrize("is_stopped", [False, True])
def test_what_is_done_comes_after_a_report_whether_it_was_stopped_or_not(
    qtbot: QtBot, work: StoppableWork, is_stopped: bool
) -> None:
    counting = Counting()
    with qtbot.waitSignal(work.reported):
        work.start(counting, "seven")
    assert work.is_running
    assert (work.state, work.newest, work.result) == (WorkState.REPORTED, WorkReport("seven", "half"), None)
    if is_stopped:
        work.stop()
    with qtbot.waitSignal(work.done):
        counting.gate.set()
    assert (work.state, work.newest) == (WorkState.DONE, WorkReport("seven", is_stopped))
    assert work.result is work.newest
    assert not work.is_running


def test_an_older_result_stays_until_the_newer_work_tells_something(qtbot: QtBot, work: StoppableWork) -> None:
    first, second = Counting(), Counting()
    first.gate.set()
    with qtbot.waitSignal(work.done):
        work.start(first, "first")
    with qtbot.waitSignal(work.reported):
        work.start(second, "second")
        assert (work.state, work.newest) == (WorkState.BEGUN, WorkReport("first", False))
    assert work.newest == WorkReport("second", "half")
    assert work.result == WorkReport("first", False)
    second.gate.set()


def test_a_stop_is_for_the_work_at_hand_only(qtbot: QtBot, work: StoppableWork) -> None:
    work.stop()
    counting = Counting()
    counting.gate.set()
    with qtbot.waitSignal(work.done):
        work.start(counting)
    assert work.result == WorkReport(None, False)


def test_what_fails_is_told_and_over(qtbot: QtBot, work: StoppableWork) -> None:
    def fail(_switch: Switch, _handle: JobHandle) -> None:
        raise ValueError("no numbers")

    with qtbot.waitSignal(work.failed) as failed, qtbot.assertNotEmitted(work.done):
        work.start(fail)
    assert str(failed.args[0]) == "no numbers"
    assert (work.is_running, work.result) == (False, None)
