"""The main window: its menus, what keys do, and where the keyboard is."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QListWidget, QStackedWidget, QWidget

from mnist_lab.experiment import Experiment
from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.store import RunStore
from mnist_lab.window import dialogs
from mnist_lab.window.pages import PAGES
from mnist_lab.window.widgets.basic.notice import Notice
from tests.data.files import small_set, write_idx_folder, write_npz
from tests.window.conftest import Driver


def _action(driver: Driver, name: str) -> QAction:
    action = driver.window.findChild(QAction, name)
    assert action is not None, name
    return action


def _wait_for_images(driver: Driver, count: int) -> None:
    driver.wait(lambda: len(driver.window.lab.digits.train_images) == count)


def test_menu_actions_open_data(driver: Driver, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = write_npz(tmp_path / "own.npz", small_set(train=30))
    folder = write_idx_folder(tmp_path / "idx", small_set(train=20))
    monkeypatch.setattr(dialogs, "ask_for_data_file", lambda _parent: file)
    monkeypatch.setattr(dialogs, "ask_for_data_folder", lambda _parent: folder)
    for name, images in (("openDataAction", 30), ("openFolderAction", 20), ("useStarterAction", 4_000)):
        _action(driver, name).trigger()
        _wait_for_images(driver, images)
    before = driver.window.lab.digits
    monkeypatch.setattr(dialogs, "ask_for_data_file", lambda _parent: None)
    _action(driver, "openDataAction").trigger()
    assert not driver.window.lab.supply.is_loading
    _action(driver, "useFullSetAction").trigger()
    driver.wait(lambda: not driver.window.lab.supply.is_loading)
    assert driver.window.lab.digits is before
    assert driver.find(QWidget, "problemBanner").isVisible()


@pytest.mark.keras
@pytest.mark.experiment(Experiment(hidden_units=(4,), epochs=10_000))
def test_menu_actions_steer_a_run(driver: Driver) -> None:
    lab = driver.window.lab
    assert _usable(driver) == {"start", "step"}
    _action(driver, "startAction").trigger()
    driver.wait(lambda: lab.run is not None and lab.run.updates > 0)
    assert _usable(driver) == {"pause", "stop"}
    _action(driver, "pauseAction").trigger()
    driver.wait(lambda: driver.text("trainingStatus").startswith("Paused"))
    assert _usable(driver) == {"start", "step", "stop"}
    updates = lab.run.updates
    _action(driver, "stepAction").trigger()
    driver.wait(lambda: lab.run.updates == updates + 1)
    _action(driver, "stopAction").trigger()
    driver.wait_for_end()
    assert driver.text("trainingStatus").startswith("Stopped")
    assert _usable(driver) == {"start", "step"}


@pytest.mark.keras
@pytest.mark.experiment(Experiment(hidden_units=(4,), epochs=10_000))
def test_a_run_started_on_another_page_says_so_and_leads_to_train(driver: Driver) -> None:
    lab = driver.window.lab
    driver.window.show_page_named("descentPage")
    driver.qtbot.keyClick(driver.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert driver.find(Notice, "problemNotice").text == "A new run begins, with the settings of the form on Train."
    driver.wait(lambda: lab.run is not None and lab.run.updates > 0)
    banner = driver.find(QWidget, "problemBanner")
    assert banner.isVisible()
    driver.click("acceptOfferButton")
    assert driver.find(QWidget, "trainPage").isVisible()
    driver.click("pauseButton")
    driver.wait(lambda: driver.text("trainingStatus").startswith("Paused"))
    driver.window.show_page_named("descentPage")
    driver.qtbot.keyClick(driver.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert driver.find(Notice, "problemNotice").text == "The run goes on."
    driver.window.show_page_named("trainPage")
    driver.wait(lambda: not banner.isVisible())
    driver.click("stopButton")
    driver.wait_for_end()
    driver.click("startButton")
    assert not banner.isVisible(), "there it is seen"
    driver.click("stopButton")
    driver.wait_for_end()


@pytest.mark.keras
def test_keys_for_start_ask_before_a_trained_network_goes_and_say_what_they_do(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    lab, answers = driver.window.lab, [False, True]
    asked: list[int] = []

    def answer(_parent: QWidget, updates: int) -> bool:
        asked.append(updates)
        return answers[len(asked) - 1]

    def start_by_keys() -> None:
        driver.qtbot.keyClick(driver.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    monkeypatch.setattr(dialogs, "ask_to_begin_anew", answer)
    driver.window.show_page_named("drawPage")
    start_by_keys()
    driver.wait_for_end()
    assert asked == [], "nothing was trained yet"
    start_by_keys()
    driver.wait_for_end()
    assert asked == [], "the run is kept: nothing is lost"
    monkeypatch.setattr(RunStore, "begin", _refuse)
    start_by_keys()
    driver.wait_for_end()
    run = lab.run
    assert _action(driver, "startAction").text().replace("&", "") == "Start a new run"
    start_by_keys()
    assert asked == [run.updates]
    assert lab.run is run
    assert not lab.live.is_training
    start_by_keys()
    assert asked == [run.updates] * 2
    driver.wait(lambda: lab.run is not run)
    driver.wait_for_end()
    driver.window.show_page_named("trainPage")
    start_by_keys()
    driver.wait_for_end()
    assert len(asked) == 2, "there the button says it"


def _refuse(*_arguments: object, **_others: object) -> None:
    """As `RunStore.begin` where nothing can be written."""
    raise StoreError("The disk is full: make room.")


def _usable(driver: Driver) -> set[str]:
    """What the Run menu offers; the buttons must offer the same."""
    names = ("start", "pause", "step", "stop")
    buttons = {name for name in names if driver.find(QAbstractButton, f"{name}Button").isEnabled()}
    actions = {name for name in names if _action(driver, f"{name}Action").isEnabled()}
    assert actions == buttons
    return actions


def test_about_tells_the_version(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    told = []
    monkeypatch.setattr(dialogs, "tell_about", lambda _parent, version: told.append(version))
    _action(driver, "aboutAction").trigger()
    assert len(told) == 1
    assert told[0][0].isdigit()


def test_every_action_has_a_name_an_explanation_and_keys_of_its_own(driver: Driver) -> None:
    actions = [action for action in driver.window.findChildren(QAction) if action.objectName().endswith("Action")]
    assert len(actions) > 12
    assert all(action.toolTip() and action.statusTip() for action in actions)
    keys = [action.shortcut().toString() for action in actions if not action.shortcut().isEmpty()]
    assert len(keys) == len(set(keys))


def test_a_page_that_is_called_up_has_the_keyboard_and_the_list_keeps_it(driver: Driver) -> None:
    driver.window.activateWindow()
    driver.qtbot.waitActive(driver.window)
    assert driver.window.focusWidget().objectName() == "startButton"
    names = [spec.object_name for spec in PAGES]
    key = Qt.Key(Qt.Key.Key_1 + names.index("drawPage"))
    driver.qtbot.keyClick(driver.window, key, Qt.KeyboardModifier.ControlModifier)
    assert driver.find(QStackedWidget, "pages").currentWidget().objectName() == "drawPage"
    assert driver.window.focusWidget().objectName() == "drawCanvas"
    page_list = driver.find(QListWidget, "pageList")
    page_list.setFocus()
    driver.qtbot.keyClick(page_list, Qt.Key.Key_Up)
    above = names[names.index("drawPage") - 1]
    assert driver.find(QStackedWidget, "pages").currentWidget().objectName() == above
    assert page_list.hasFocus()


@pytest.mark.experiment(Experiment(hidden_units=(16,), epochs=10_000))
def test_a_page_whose_first_button_is_disabled_has_the_keyboard_too(driver: Driver) -> None:
    driver.window.activateWindow()
    driver.qtbot.waitActive(driver.window)
    driver.window.start()
    driver.wait(lambda: driver.window.lab.live.is_training)
    driver.window.show_page_named("drawPage")
    driver.window.set_theme("dark")  # the Train page is made anew, and has had no keyboard yet
    driver.window.show_page_named("trainPage")
    assert driver.window.focusWidget().objectName() == "pauseButton"
    assert not driver.find(QListWidget, "pageList").hasFocus()
