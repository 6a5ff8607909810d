"""Start over says what goes, lets it go, and brings all of it back until the window is closed."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QMessageBox

from mnist_lab.data import own_digits_file
from mnist_lab.experiment import Experiment
from mnist_lab.network.events import Stopped, Updates
from mnist_lab.runs.run import Run
from mnist_lab.runs.store import RunStore
from mnist_lab.window import dialogs, theme
from mnist_lab.window.pages.draw.draw_canvas import DrawCanvas
from mnist_lab.window.state.background import Job
from mnist_lab.window.state.live_run import LiveRun
from mnist_lab.window.widgets.basic.notice import Notice
from tests.runs.kept import keep
from tests.window.conftest import SMALL, Driver

SEVEN = np.full((28, 28), 7, np.uint8)
STROKES = [np.array([[40.0, 40.0], [80.0, 120.0]])]


def trigger(driver: Driver, name: str) -> None:
    action = driver.window.findChild(QAction, name)
    assert action is not None
    assert action.isEnabled()
    action.trigger()


def can_undo(driver: Driver) -> bool:
    action = driver.window.findChild(QAction, "undoStartOverAction")
    assert action is not None
    return action.isEnabled()


def strokes(driver: Driver) -> int:
    canvas = driver.window.findChild(DrawCanvas)
    return 0 if canvas is None else len(canvas.strokes)


def rest(driver: Driver) -> None:
    driver.wait(lambda: not driver.window.findChildren(Job))


def test_all_goes_and_all_comes_back(driver: Driver, lab_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, ...]] = []

    def ask(_parent: object, *counts: int, loses_run: bool, keeps_lesson: bool) -> bool:
        assert not loses_run, "all is kept"
        assert not keeps_lesson
        asked.append(counts)
        return len(asked) != 1

    monkeypatch.setattr(dialogs, "ask_to_start_over", ask)
    lab, window = driver.window.lab, driver.window
    run_id = keep(RunStore()).id
    lab.shelf.refresh()
    driver.wait(lambda: lab.shelf.row(run_id) is not None)
    lab.open_run(run_id)
    driver.wait(lambda: lab.look.source_id == run_id)
    assert lab.own_digits.add(SEVEN, 7, None)
    lab.live.set_slow_motion(3.0)
    window.choose_theme("dark")
    window.show_page_named("drawPage")
    canvas = window.findChild(DrawCanvas)
    assert canvas is not None
    canvas.set_strokes(STROKES)
    rest(driver)

    trigger(driver, "startOverAction")
    assert asked == [(1, 0, 1)]
    assert lab.draft.experiment == SMALL, "nothing goes that is not wanted gone"
    assert not can_undo(driver)
    trigger(driver, "startOverAction")
    rest(driver)
    assert lab.draft.experiment == Experiment()
    assert not lab.shelf.rows
    assert not len(lab.own_digits.own)
    assert lab.look.source_id == ""
    assert lab.live.slow_motion is None
    assert lab.drawing is None
    assert theme.current() is theme.LIGHT
    assert window.centralWidget().page_list.currentRow() == 1
    window.show_page_named("drawPage")
    assert strokes(driver) == 0
    assert [row.id for row in RunStore().deleted_rows()] == [run_id]
    aside = {path.name for path in lab_home.iterdir()}
    assert {"settings.kept-1.ini", "own_digits.kept-1.sqlite"} <= aside

    undo = window.findChild(QAbstractButton, "acceptOfferButton")
    assert undo is not None
    assert can_undo(driver)
    driver.qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    driver.wait(lambda: lab.look.source_id == run_id and len(lab.own_digits.own) == 1)
    rest(driver)
    assert lab.draft.experiment == SMALL
    assert lab.live.slow_motion == 3.0
    assert lab.drawing is not None
    assert strokes(driver) == 1
    assert theme.current() is theme.DARK
    assert [row.id for row in lab.shelf.rows] == [run_id]
    assert not can_undo(driver)
    assert not [path.name for path in lab_home.iterdir() if "kept-" in path.name], "nothing is left beside"
    assert own_digits_file.read(own_digits_file.usual_path()).own.labels.tolist() == [7]

    for _time in range(2):
        trigger(driver, "startOverAction")
        rest(driver)
    trigger(driver, "undoStartOverAction")
    rest(driver)
    assert not len(lab.own_digits.own), "they went the time before, which is not undone"


def test_a_run_that_goes_on_is_not_taken_away(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialogs, "ask_to_start_over", lambda *_counts, **_: pytest.fail("it was asked"))
    lab = driver.window.lab
    told: list[str] = []
    lab.problem.connect(told.append)
    lab.live.queue(SMALL)
    trigger(driver, "startOverAction")
    assert told == ["A run is going on: stop it first, then start over."]
    lab.live.forget_queued()


def test_a_run_that_could_not_be_kept_is_lost_and_that_is_said(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    def read(box: QMessageBox) -> None:
        told.append(box.text())
        start = next(button for button in box.buttons() if button.text() == "Start over")
        monkeypatch.setattr(box, "clickedButton", lambda: start)

    monkeypatch.setattr(QMessageBox, "exec", read)
    lab = driver.window.lab
    assert lab.digits is not None
    lab.live.run = run = Run(SMALL, lab.digits)
    run.receive(Updates(0, np.ones(3, np.float32), np.ones(3, np.float32), 0.1))
    run.receive(Stopped(3))
    monkeypatch.setattr(LiveRun, "is_kept", False)
    trigger(driver, "startOverAction")
    rest(driver)
    assert told[0].endswith(
        "But the run that you trained last could not be kept: it is lost for good if you start over."
    )
    assert "brings everything back but the run that could not be kept" in driver.find(Notice, "problemNotice").text
    assert lab.live.run is None
