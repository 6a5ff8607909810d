"""A run that is taken up and then not wanted any more is free for others."""

import gc
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mnist_lab.runs.opening import open_run, resume_run
from mnist_lab.runs.store import RunStore
from mnist_lab.window.state.background import Job
from mnist_lab.window.state.resumption import Resumption
from tests.network.runs import made_up_digits
from tests.runs.kept import keep

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def no_garbage_is_collected() -> Iterator[None]:
    """It would free the run, too, some time later."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_garbage_is_collected")
@pytest.mark.parametrize("is_closed", [False, True])
def test_stop_between_its_end_and_its_delivery_frees_the_run(qtbot: QtBot, is_closed: bool) -> None:
    owner, store = QObject(), RunStore()
    resumption = Resumption(owner)
    heard: list[object] = []
    resumption.resumed.connect(heard.append)
    run = open_run(store, keep(store).id, [made_up_digits(100, 20)]).run
    resumption.begin(partial(resume_run, store, run.id, run.digits))
    (job,) = resumption.findChildren(Job)
    assert job.wait()  # the window's thread does nothing meanwhile
    assert store.rows()[0].state == "running"
    (resumption.end if is_closed else resumption.cancel)()
    if not is_closed:  # a window that is closed delivers nothing any more
        QApplication.processEvents()
    assert not heard
    assert store.rows()[0].state == "finished", "as it was"
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_run_that_was_delivered_is_not_freed_by_the_job_that_read_it(qtbot: QtBot) -> None:
    owner, store = QObject(), RunStore()
    resumption = Resumption(owner)
    run = open_run(store, keep(store).id, [made_up_digits(100, 20)]).run

    def close_window() -> None:
        for job in resumption.findChildren(Job):
            job.end()

    resumption.resumed.connect(close_window)
    with qtbot.waitSignal(resumption.resumed) as heard:
        resumption.begin(partial(resume_run, store, run.id, run.digits))
    assert store.rows()[0].state == "running"
    heard.args[0].writer.close()
