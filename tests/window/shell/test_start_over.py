"""Start over says what goes, lets it go, and brings all of it back until the window is closed."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton

from mnist_lab.data import own_digits_file
from mnist_lab.experiment import Experiment
from mnist_lab.runs.store import RunStore
from mnist_lab.window import dialogs, theme
from mnist_lab.window.pages.draw.draw_canvas import DrawCanvas
from mnist_lab.window.state.background import Job
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

    def ask(_parent: object, *counts: int) -> bool:
        asked.append(counts)
        return len(asked) > 1

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


def test_a_run_that_goes_on_is_not_taken_away(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialogs, "ask_to_start_over", lambda *_counts: pytest.fail("it was asked"))
    lab = driver.window.lab
    told: list[str] = []
    lab.problem.connect(told.append)
    lab.live.queue(SMALL)
    trigger(driver, "startOverAction")
    assert told == ["A run is going on: stop it first, then start over."]
    lab.live.forget_queued()
