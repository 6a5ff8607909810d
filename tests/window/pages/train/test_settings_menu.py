"""The menu “Settings” below the form: copied, pasted, saved, opened, by name; whatever comes in can be undone."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QComboBox, QDoubleSpinBox, QLineEdit, QMenu, QSpinBox, QWidget

from mnist_lab.experiment import Experiment
from mnist_lab.experiment_file import read
from mnist_lab.experiment_text import write
from mnist_lab.presets import PRESETS, preset
from mnist_lab.window import dialogs
from mnist_lab.window.pages.train.controls_column import ControlsColumn
from mnist_lab.window.widgets.basic.notice import Notice
from tests.window.conftest import SMALL, Driver

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard")  # menus, without a screen
LINE = "MNIST Lab v1: hidden-units=128+64 optimizer=sgd learning-rate=0.1 epochs=3 batch-size=128 seed=0 dropout=0.2"
PASTED = Experiment(hidden_units=(128, 64), optimizer="sgd", learning_rate=0.1, epochs=3, dropout=0.2)


def _choose(driver: Driver, name: str) -> None:
    """Open the menu by mouse, and go to the entry by keys."""
    driver.click("settingsMenuButton")
    menu = driver.find(QMenu, "settingsMenu")
    driver.wait(menu.isVisible)
    action = next(one for one in menu.actions() if one.objectName() == name)
    while menu.activeAction() is not action:
        driver.qtbot.keyClick(menu, Qt.Key.Key_Down)
    driver.qtbot.keyClick(menu, Qt.Key.Key_Return)
    driver.wait(lambda: not menu.isVisible())


def _told(driver: Driver) -> str:
    notice = driver.find(Notice, "problemNotice")
    return notice.text if notice.isVisible() else ""


def _draft(driver: Driver) -> Experiment:
    return driver.window.lab.draft.experiment


def test_settings_are_copied_as_a_line_with_what_is_still_being_typed(driver: Driver) -> None:
    epochs = driver.find(QSpinBox, "epochs")
    epochs.setFocus()
    epochs.selectAll()
    driver.qtbot.keyClicks(epochs, "4")
    _choose(driver, "copySettingsAction")
    line = QApplication.clipboard().text()
    assert line == write(SMALL.changed(epochs=4))
    assert _told(driver) == f"Copied: {line}"
    epochs.setFocus()
    driver.qtbot.keyClick(epochs, Qt.Key.Key_Up)
    assert not _told(driver), "it goes with the next thing that is done"


def test_pasted_settings_say_what_changes_and_undo_brings_the_others_back(driver: Driver) -> None:
    QApplication.clipboard().setText(f"[10:02] Ada: “{LINE}”\n")
    _choose(driver, "pasteSettingsAction")
    assert _draft(driver) == PASTED
    assert driver.find(QComboBox, "optimizer").currentData() == "sgd"
    assert _told(driver) == (
        "Pasted into the form: hidden units 128, 64; dropout 0.2; optimizer SGD; learning rate 0.1; epochs 3."
    )
    driver.click("acceptOfferButton")
    assert _draft(driver) == SMALL
    assert driver.find(QSpinBox, "hiddenUnits").value() == 16
    assert not _told(driver)
    QApplication.clipboard().setText(write(SMALL))
    _choose(driver, "pasteSettingsAction")
    assert _told(driver) == "The form has these very settings."


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "There is no text: copy a line of settings first."),
        ("epochs=3 hiden-units=4", "“hiden-units” is no setting: did you mean “hidden-units”?"),
        ("epochs=0", "The epochs cannot be 0: it must be a whole number from 1 to 10,000."),
        ("epochs=3 learning-rate=1e-19", "would round these: learning rate. It stays as it was."),
    ],
)
def test_what_is_no_line_of_settings_is_refused_and_changes_nothing(driver: Driver, text: str, says: str) -> None:
    QApplication.clipboard().setText(text)
    _choose(driver, "pasteSettingsAction")
    assert says in _told(driver)
    assert _draft(driver) == SMALL
    assert driver.find(QDoubleSpinBox, "learningRate").value() == 0.001


def test_keys_copy_and_paste_where_no_field_is_edited(driver: Driver) -> None:
    driver.window.activateWindow()
    driver.qtbot.waitActive(driver.window)
    optimizer = driver.find(QComboBox, "optimizer")
    optimizer.setFocus()
    driver.qtbot.keyClick(optimizer, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == write(SMALL)
    QApplication.clipboard().setText(LINE)
    driver.qtbot.keyClick(optimizer, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert _draft(driver) == PASTED

    QApplication.clipboard().setText("7")
    epochs = driver.find(QSpinBox, "epochs")
    epochs.setFocus()
    epochs.selectAll()
    driver.qtbot.keyClick(epochs, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert epochs.value() == 7, "a field has its own text"
    assert _draft(driver) == PASTED.changed(epochs=7)


@pytest.mark.parametrize("name", ["", "epochs"])
def test_a_line_can_be_dropped_on_the_form_and_on_its_fields(driver: Driver, name: str) -> None:
    column = driver.window.findChild(ControlsColumn)
    target: QWidget = driver.find(QSpinBox, name).findChildren(QLineEdit)[0] if name else column.form
    while target is not column and not target.acceptDrops():
        around = target.parentWidget()
        assert around is not None
        target = around
    text = QMimeData()
    text.setText(LINE)
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(9, 9), copy, text, left, none)
    QApplication.sendEvent(target, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(target, QDropEvent(QPointF(9, 9), copy, text, left, none))
    assert _draft(driver) == PASTED


def test_experiments_are_saved_and_opened(driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mine.json"
    monkeypatch.setattr(dialogs, "ask_to_save_experiment", lambda _parent: path)
    monkeypatch.setattr(dialogs, "ask_for_experiment", lambda _parent: path)
    _choose(driver, "saveExperimentAction")
    assert read(path) == SMALL
    assert _told(driver) == f"The settings are saved as “{path}”."
    driver.find(QSpinBox, "epochs").setValue(9)
    _choose(driver, "openExperimentAction")
    assert _draft(driver) == SMALL
    assert _told(driver) == "“mine.json” is in the form: epochs 2."
    path.write_text("[1]", encoding="utf-8")
    _choose(driver, "openExperimentAction")
    assert "holds no experiment" in _told(driver)
    monkeypatch.setattr(dialogs, "ask_to_save_experiment", lambda _parent: tmp_path)
    _choose(driver, "saveExperimentAction")
    assert "cannot be saved as" in _told(driver)


@pytest.mark.parametrize("name", [one.identifier for one in PRESETS])
def test_settings_with_a_name_say_what_they_show(driver: Driver, name: str) -> None:
    _choose(driver, f"preset_{name}")
    assert _draft(driver) == preset(name).experiment
    assert _told(driver) == f"“{preset(name).title}” is in the form. {preset(name).shows}"
    driver.click("acceptOfferButton")
    assert _draft(driver) == SMALL


def test_the_chapters_settings_can_be_undone_and_take_the_place_of_a_text_that_is_no_number(driver: Driver) -> None:
    epochs = driver.find(QSpinBox, "epochs")
    epochs.setFocus()
    epochs.selectAll()
    driver.qtbot.keyClicks(epochs, "x")
    assert driver.window.lab.draft.problem
    driver.click("chapterSettingsButton")
    assert _draft(driver) == Experiment()
    assert not driver.window.lab.draft.problem
    assert _told(driver) == "The chapter's settings are in the form: hidden units 512; epochs 5."
    driver.click("acceptOfferButton")
    assert _draft(driver) == SMALL


@pytest.mark.keras
@pytest.mark.experiment(SMALL.changed(epochs=10_000))
def test_a_run_that_goes_on_keeps_its_own_and_the_offer_goes_when_the_next_one_begins(driver: Driver) -> None:
    lab = driver.window.lab
    driver.click("startButton")
    driver.wait(lambda: lab.run is not None and lab.run.updates > 0)
    first = lab.run
    driver.window.lab.travel.paste_text("hidden-units=8 learning-rate=0.5 epochs=1")
    assert _told(driver).endswith("epochs 1. The run that goes on keeps its own.")
    assert driver.find(QDoubleSpinBox, "learningRate").value() == 0.5
    assert first.learning_rate == 0.001
    driver.click("stopButton")
    driver.wait_for_end()
    assert _told(driver), "nothing was begun with them yet"
    driver.click("startButton")
    driver.wait(lambda: lab.run is not first and lab.run.updates > 0)
    assert lab.run.experiment == Experiment(hidden_units=(8,), learning_rate=0.5, epochs=1)
    assert not _told(driver)
    driver.wait_for_end()
