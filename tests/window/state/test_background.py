"""A job tells its progress in the window's thread, its failure where nobody else does, and a cancelled one nothing."""

import threading

import pytest
from PySide6.QtCore import QObject, QThread, Signal
from pytestqt.qtbot import QtBot

from mnist_lab.window.state.background import Job
from mnist_lab.words import LabError
from mnist_lab.work import Cancelled, JobHandle


class Owner(QObject):
    problem = Signal(str)


@pytest.fixture
def owner(qtbot: QtBot) -> Owner:
    return Owner()


def test_without_a_failure_of_its_own_the_owner_tells_the_sentence(owner: Owner, qtbot: QtBot) -> None:
    def fail(_handle: JobHandle) -> None:
        raise LabError("It is {what}.", what="raining")

    job = Job(owner, fail, lambda _result: pytest.fail("it has no result"))
    with qtbot.waitSignal(owner.problem) as told:
        job.start()
    assert told.args == ["It is raining."]
    job.end()


def test_progress_comes_in_the_windows_thread_the_newest_last(owner: Owner, qtbot: QtBot) -> None:
    told: list[tuple[int, bool]] = []

    def work(handle: JobHandle) -> str:
        for number in range(5_000):
            handle.report(number)
        return "done"

    results: list[object] = []
    job = Job(owner, work, results.append)
    job.progressed.connect(lambda report: told.append((report, QThread.currentThread() is owner.thread())))
    job.start()
    qtbot.waitUntil(lambda: bool(results))
    assert results == ["done"]
    assert told[-1] == (4_999, True)
    assert len(told) < 50, "of several reports the newest"
    assert [report for report, _ in told] == sorted(report for report, _ in told)
    assert all(is_in_window for _, is_in_window in told)


def test_work_that_ends_by_cancelled_has_no_result_and_no_failure(owner: Owner, qtbot: QtBot) -> None:
    began, go_on = threading.Event(), threading.Event()

    def work(handle: JobHandle) -> None:
        began.set()
        go_on.wait(30)
        handle.report("late")
        handle.check()
        raise AssertionError("it was cancelled")

    job = Job(owner, work, lambda _result: pytest.fail("it has no result"))
    job.progressed.connect(lambda _report: pytest.fail("nobody waits for it"))
    job.start()
    assert began.wait(30)
    job.cancel()
    with qtbot.assertNotEmitted(owner.problem), qtbot.waitSignal(job.destroyed):
        go_on.set()


def test_a_handle_by_itself_reports_to_nobody() -> None:
    handle = JobHandle()
    handle.report(3)
    handle.check()
    assert handle.progress == 3
    handle.is_cancelled = True
    with pytest.raises(Cancelled):
        handle.check()
