"""Runs leave the lab from the shelf, from Train and from the menu File, written by the registry of exports."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QMenu, QPushButton, QTableView

from mnist_lab import experiment_text
from mnist_lab.exports import formats
from mnist_lab.exports.formats import FORMATS
from mnist_lab.inspection.network_file import read_network
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.lab_file.reading import open_lab_file
from mnist_lab.runs.store import RunStore
from mnist_lab.window.export_menu import ExportMenu
from mnist_lab.window.shell.banner import Banner
from mnist_lab.window.state.background import Job
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.work import Cancelled
from tests.exports.whole import keep_whole
from tests.runs.kept import EXPERIMENT, keep
from tests.window.conftest import Driver

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # a grab of the keyboard, without a screen


@pytest.fixture
def kept() -> None:
    """Run 1 on digits that are gone, run 2 cut off, run 3 whole, and 4, a network."""
    store = RunStore()
    keep(store)
    keep(store, 4)
    keep_whole(store)
    layer = DenseWeights(np.ones((784, 10), np.float32), np.zeros(10, np.float32))
    store.keep_network("mine", NetworkWeights((layer,), "relu", 7))


@pytest.fixture
def runs(kept: None, driver: Driver) -> Driver:
    driver.wait(lambda: len(driver.window.lab.shelf.rows) == 4 and not driver.window.lab.is_computing)
    driver.window.show_page_named("runsPage")
    driver.window.findChild(Banner).put_away()
    driver.window.activateWindow()
    driver.qtbot.waitActive(driver.window)
    return driver


class _Dialogs:
    """Answers every dialog for a file or a folder, and notes what it was asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, place: Path | None) -> None:
        self.place = place
        self.proposed: list[str] = []
        self.titles: list[str] = []
        monkeypatch.setattr(QFileDialog, "exec", lambda dialog: self._save(dialog))
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *asked: self._folder(*asked))

    def _save(self, dialog: Any) -> int:
        self.titles.append(dialog.windowTitle())
        self.proposed.append(Path(dialog.selectedFiles()[0]).name)
        if self.place is None:
            return QFileDialog.DialogCode.Rejected
        dialog.selectFile(str(self.place / self.proposed[-1]))
        return QFileDialog.DialogCode.Accepted

    def _folder(self, _parent: object, title: str, _begin: str) -> str:
        self.titles.append(title)
        return str(self.place or "")


def _told(driver: Driver) -> str:
    banner = driver.window.findChild(Banner)
    return "" if banner.isHidden() else _counted(banner.findChild(Notice).text)


def _counted(words: str) -> str:
    """Words in which something is counted, whether they are in the file of plurals yet or not."""
    return words.replace("run(s)", "runs")


def _select(driver: Driver, *numbers: int) -> None:
    table = driver.find(QTableView, "runTable")
    table.clearSelection()
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for row, kept_run in enumerate(driver.window.lab.shelf.rows):
        if kept_run.number in numbers:
            table.selectionModel().select(table.model().index(row, 0, QModelIndex()), flags)


def _opened(driver: Driver, name: str = "exportRunsMenu") -> ExportMenu:
    menu = driver.find(ExportMenu, name)
    menu.popup(QPoint(0, 0))
    return menu


def _choose(menu: QMenu, kind: str) -> None:
    """With the mouse, where the entry lies."""
    action = next(one for one in menu.actions() if one.objectName() == f"export_{kind}")
    QTest.mouseClick(
        menu, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, menu.actionGeometry(action).center()
    )


def test_a_run_of_the_shelf_leaves_as_a_file_and_its_folder_can_be_opened(
    runs: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialogs = _Dialogs(monkeypatch, tmp_path)
    _select(runs, 3)
    button = runs.find(QPushButton, "exportRunsButton")
    assert button.isEnabled()
    assert isinstance(button.menu(), ExportMenu)
    menu = _opened(runs)
    assert menu.actions()[0].text() == "Run 3"
    offered = [action.objectName() for action in menu.actions() if action.objectName().startswith("export_")]
    assert offered == [f"export_{kind}" for kind in FORMATS]
    _choose(menu, "csv")
    runs.wait(lambda: "exported as" in _told(runs))
    assert dialogs.proposed == ["run-3.csv"]
    assert dialogs.titles == ["Export Run 3"]
    assert f"“{tmp_path / 'run-3.csv'}”, “run-3-epochs.csv”" in _told(runs)
    assert len((tmp_path / "run-3.csv").read_text().splitlines()) == 21
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    runs.click("acceptOfferButton")
    assert [url.toLocalFile() for url in opened] == [str(tmp_path)]


def test_several_runs_go_into_a_folder_and_those_that_cannot_are_named(
    runs: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialogs = _Dialogs(monkeypatch, tmp_path)
    _select(runs, 1, 2, 3)
    menu = _opened(runs)
    assert _counted(menu.actions()[0].text()) == "3 runs"
    _choose(menu, "npz")
    runs.wait(lambda: "exported into" in _told(runs))
    assert list(map(_counted, dialogs.titles)) == ["Export 3 runs into a folder"]
    assert f"2 runs exported into “{tmp_path}”." in _told(runs)
    assert "Not Run 2: The digits that run 2 was trained on are not here" in _told(runs)
    assert {path.name for path in tmp_path.glob("*.npz")} == {"run-1.npz", "run-3.npz"}
    _choose(_opened(runs), "npz")
    runs.wait(lambda: "Nothing was exported" in _told(runs))
    assert "“run-3.npz” is in that folder already" in _told(runs)
    _select(runs, 2)
    _choose(_opened(runs), "npz")
    runs.wait(lambda: _told(runs).startswith("The digits that run 2"))


def test_several_are_one_file_as_a_report_and_for_another_lab(
    runs: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialogs = _Dialogs(monkeypatch, tmp_path)
    _select(runs, 1, 3)
    _choose(_opened(runs), "html")
    runs.wait(lambda: "exported as" in _told(runs))
    assert dialogs.proposed == ["runs-3-1.html"]
    assert "2 runs: exported as" in _told(runs)
    assert runs.find(QAbstractButton, "acceptOfferButton").text() == "&Open it"
    assert "<html" in (tmp_path / "runs-3-1.html").read_text()
    _choose(_opened(runs), "lab")
    runs.wait(lambda: "runs-3-1.lab" in _told(runs))
    with open_lab_file(tmp_path / "runs-3-1.lab") as file:
        assert len(file.runs) == 2


def test_a_kept_network_is_offered_as_what_it_is(runs: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    dialogs = _Dialogs(monkeypatch, None)
    _select(runs, 4)
    menu = _opened(runs)
    entries = {action.objectName(): action for action in menu.actions()}
    for kind, form in FORMATS.items():
        assert entries[f"export_{kind}"].isEnabled() == form.of_networks
    assert "choose a run" in entries["export_csv"].toolTip()
    assert "copyRunSettingsAction" not in entries
    _choose(menu, "npz")
    assert dialogs.proposed == ["network-4.npz"]
    assert not runs.window.lab.exports.findChildren(Job), "the learner changed their mind"


def test_settings_of_a_kept_run_are_copied_as_a_line(runs: Driver) -> None:
    _select(runs, 1)
    menu = _opened(runs)
    action = next(one for one in menu.actions() if one.objectName() == "copyRunSettingsAction")
    QTest.mouseClick(
        menu, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, menu.actionGeometry(action).center()
    )
    assert experiment_text.read(QGuiApplication.clipboard().text()) == EXPERIMENT


class _SlowExport:
    """Takes as long as anybody waits for it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.has_begun, self.has_ended = threading.Event(), threading.Event()
        monkeypatch.setattr(formats, "export", self)

    def __call__(self, *_run: object, is_wanted: Callable[[], bool], **_how: object) -> None:
        self.has_begun.set()
        while is_wanted():
            pass
        self.has_ended.set()
        raise Cancelled


def test_an_export_that_takes_its_time_says_so_and_can_be_given_up(
    runs: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _Dialogs(monkeypatch, tmp_path)
    slow = _SlowExport(monkeypatch)
    _select(runs, 3)
    _choose(_opened(runs), "npz")
    runs.wait(lambda: "being exported to" in _told(runs))
    runs.click("acceptOfferButton")
    runs.wait(lambda: not runs.window.lab.exports.findChildren(Job))
    assert slow.has_ended.is_set()
    assert not _told(runs)


def test_closing_the_window_ends_an_export(runs: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _Dialogs(monkeypatch, tmp_path)
    slow = _SlowExport(monkeypatch)
    _select(runs, 3)
    _choose(_opened(runs), "npz")
    runs.wait(slow.has_begun.is_set)
    runs.window.close()
    assert slow.has_ended.is_set()


def test_without_a_run_there_is_nothing_to_export(driver: Driver) -> None:
    menu = _opened(driver, "exportMenu")
    assert [action.isEnabled() for action in menu.actions()] == [False]
    menu.close()
    assert not driver.find(QAbstractButton, "exportRunButton").isVisible()


@pytest.mark.keras
def test_train_exports_the_run_at_the_moment_that_is_looked_at(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialogs = _Dialogs(monkeypatch, tmp_path)
    lab = driver.window.lab
    lab.start()
    driver.wait_for_end()
    driver.wait(lambda: lab.shelf.row(lab.look.source_id) is not None)
    assert driver.find(QAbstractButton, "exportRunButton").isVisible()
    lab.time.go_to(10)
    driver.wait(lambda: lab.time.is_there and lab.look.moment is not None)
    for name in ("exportRunMenu", "exportMenu"):
        menu = _opened(driver, name)
        assert menu.actions()[0].text() == "Run 1 after update 10"
        menu.close()
    _choose(_opened(driver, "exportRunMenu"), "npz")
    driver.wait(lambda: "exported as" in _told(driver))
    assert dialogs.proposed == ["run-1-update-10.npz"]
    assert "not identical" not in _told(driver)
    network = read_network(tmp_path / "run-1-update-10.npz")
    assert lab.weights is not None
    assert network.sha256() == lab.weights.sha256()
    lab.time.back_to_now()
    menu = _opened(driver, "exportRunMenu")
    assert menu.actions()[0].text() == "Run 1"
    menu.close()
    assert QApplication.activePopupWidget() is None
