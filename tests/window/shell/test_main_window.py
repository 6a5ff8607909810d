"""The main window: what it remembers, its themes, its menus, and how it ends."""

import gc
import os
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import QSettings, Qt, QThread
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QListWidget, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.app import create_window
from mnist_lab.data import sources
from mnist_lab.data.digits import DataError
from mnist_lab.experiment import Experiment
from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.run import Run
from mnist_lab.runs.store import RunStore
from mnist_lab.window import dialogs, theme
from mnist_lab.window.pages import PAGES
from mnist_lab.window.shell.fitting import first_size
from mnist_lab.window.shell.main_window import MainWindow
from mnist_lab.window.state import lab as lab_module
from mnist_lab.window.state.lab import Keras
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.words import LabError
from tests.conftest import REPOSITORY
from tests.data.files import small_set, write_idx_folder, write_npz
from tests.window.conftest import Driver

TINY = Experiment(hidden_units=(4,), epochs=1)
MOST_GROWTH = 60e6
"""Bytes that many runs may leave behind: allocators keep some."""


@pytest.fixture
def make_window(qtbot: QtBot):
    def make() -> MainWindow:
        window = create_window("starter")
        qtbot.addWidget(window)
        return window

    return make


def _action(driver: Driver, name: str) -> QAction:
    action = driver.window.findChild(QAction, name)
    assert action is not None, name
    return action


def test_while_a_window_stands_no_thread_collects_garbage(make_window) -> None:
    """Whoever made it: a widget that another thread collects is deleted there, which Qt forbids."""
    gc.enable()  # as in the lab itself; the tests' own fixture has switched it off
    window = make_window()
    assert not gc.isenabled()
    window.show()
    window.close()
    assert gc.isenabled()
    gc.disable()


def test_size_and_theme_are_remembered_in_the_labs_home(make_window, lab_home: Path) -> None:
    first = make_window()
    first.show()
    first.resize(970, 700)  # Qt makes a window fit the screen, and the one of the tests is small
    first.choose_theme("dark")
    first.close()
    assert (lab_home / "settings.ini").exists()
    second = make_window()
    assert second.height() == 700
    assert theme.current() is theme.DARK
    assert second.findChild(QAction, "darkThemeAction").isChecked()
    second.choose_theme("light")
    assert theme.current() is theme.LIGHT


def test_a_window_that_is_closed_in_its_first_moment_imports_nothing(make_window, qapp: QApplication) -> None:
    window = make_window()
    window.show()  # asks for the import, as soon as events are handled
    window.close()
    qapp.processEvents()
    assert window.lab.keras is Keras.ABSENT


class _Program:
    """Makes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[Path]]:
        return Path.touch, (self.path,)


def _write_program(settings: Path) -> None:
    """Put a Python object into the settings, in the way in which PySide's own settings keep one."""
    written = QSettings(str(settings), QSettings.Format.IniFormat)
    written.setValue("theme", _Program(settings.with_name("ran")))
    written.sync()


@pytest.mark.parametrize("line", ["geometry=hello", "geometry=@ByteArray(x)", "theme=pink", "text_size=5000", None])
def test_settings_that_make_no_sense_are_passed_over(make_window, lab_home: Path, line: str | None) -> None:
    lab_home.mkdir()
    if line is None:
        _write_program(lab_home / "settings.ini")
    else:
        (lab_home / "settings.ini").write_text(f"[General]\n{line}\n")
    window = make_window()
    assert not (lab_home / "ran").exists(), "nothing in a settings file is executed"
    assert window.size() == first_size(window.screen().availableSize())
    window.show()
    assert window.screen().availableGeometry().contains(window.frameGeometry()), "with its title bar"
    assert window.findChild(QAction, "systemThemeAction").isChecked()
    assert theme.fonts.text_size() == theme.fonts.USUAL_TEXT


def _problems_of_the_first_moments(window: MainWindow, count: int, qtbot: QtBot) -> list[str]:
    """Show it until it has its digits and told of so many problems; the list grows with what is told later."""
    told: list[str] = []
    window.lab.problem.connect(told.append)
    window.show()
    qtbot.waitUntil(lambda: window.lab.digits is not None and len(told) >= count)
    return told


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name here")
def test_a_home_where_nothing_can_be_kept_is_told_and_all_else_works(
    make_window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A name that is too long, or pipes where files should be: neither ends the lab nor is waited for."""
    pipes = tmp_path / "pipes"
    (pipes / "networks").mkdir(parents=True)
    for name in ("settings.ini", "own_digits.json", "networks/kept.npz"):
        os.mkfifo(pipes / name)
    for home in (tmp_path / ("long" * 75), pipes):
        monkeypatch.setenv("MNIST_LAB_HOME", str(home))
        window = make_window()
        others = ("kept.npz",) if home == pipes else ("last_session.json", "/runs”")
        names = ["settings.ini", "own_digits", *others]
        told = _problems_of_the_first_moments(window, len(names), qtbot)
        assert all([name in one for one in told].count(True) == 1 for name in names), "each is told once"
        before = len(told)
        window.choose_theme("light")
        assert ["cannot be kept" in one for one in told[before:]] == ([] if home == pipes else [True])
        window.close()
    levels = [record.levelname for record in caplog.records]
    assert levels == ["WARNING"] * 2, "of the geometry and the session that cannot be kept"


def test_a_theme_chosen_for_once_is_not_remembered(make_window) -> None:
    make_window().set_theme("dark")
    make_window()
    assert theme.current() is theme.LIGHT


def test_the_systems_theme_is_followed_live_and_only_when_asked_for(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    hints = QApplication.instance().styleHints()
    monkeypatch.setattr(theme, "system_is_dark", lambda _app: True)
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.current() is theme.DARK
    driver.window.choose_theme("light")
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.current() is theme.LIGHT


def test_themes_switch_live_by_menu(driver: Driver) -> None:
    for index in range(len(PAGES)):
        driver.window.show_page(index)
    for name, palette in (("dark", theme.DARK), ("light", theme.LIGHT)):
        _action(driver, f"{name}ThemeAction").trigger()
        assert theme.current() is palette
        ground = driver.window.grab().toImage().pixelColor(driver.window.width() - 3, driver.window.height() // 2)
        assert (ground.lightness() < 128) == palette.is_dark


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


def test_without_keras_start_says_why_and_can_be_pressed_again(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_handle: object) -> None:
        raise LabError("Keras is not there: install it.")

    monkeypatch.setattr(lab_module, "import_keras", fail)
    window = create_window("starter", TINY)
    qtbot.addWidget(window)
    window.show()
    driver = Driver(qtbot, window)
    driver.wait(lambda: window.lab.digits is not None and window.lab.keras is Keras.ABSENT)
    assert driver.find(Notice, "problemNotice").text == "Keras is not there: install it."
    driver.click("closeBannerButton")
    driver.click("startButton")
    driver.wait(lambda: not window.lab.live.is_training)
    assert driver.find(QWidget, "problemNotice").isVisible()
    assert window.lab.run is None
    assert driver.find(QAbstractButton, "startButton").isEnabled()


def test_without_any_digits_start_says_why(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise DataError("The starter digits are not there: install the lab again.")

    monkeypatch.setattr(lab_module, "import_keras", lambda _handle: None)
    monkeypatch.setattr(sources, "load_starter", fail)
    window = create_window("auto", TINY)
    qtbot.addWidget(window)
    told: list[str] = []
    window.lab.problem.connect(told.append)
    window.lab.start()  # before anything is read
    window.show()
    driver = Driver(qtbot, window)
    driver.wait(lambda: bool(window.lab.supply.why_none) and not window.lab.live.is_training)
    told.clear()
    driver.click("startButton")
    assert not window.lab.live.is_training
    assert told == ["The starter digits are not there: install the lab again."]
    assert window.lab.run is None


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


_CHILD = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from mnist_lab.app import create_window
from mnist_lab.window.state.lab import Keras

application = QApplication([])
window = create_window("starter")
timer = QTimer(window, interval=5)

def close_while_importing():
    if window.lab.keras is Keras.IMPORTING and "numpy" in sys.modules:
        timer.stop()
        window.lab.start()
        window.close()

timer.timeout.connect(close_while_importing)
timer.start()
window.show()
raise SystemExit(application.exec())
"""


def test_closing_while_keras_is_imported_and_a_run_waits_ends_well(lab_home: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-c", _CHILD],
        cwd=REPOSITORY,
        env={**os.environ, "MNIST_LAB_HOME": str(lab_home)},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def _start_and_stop(driver: Driver, times: int) -> None:
    start = driver.find(QAbstractButton, "startButton")
    for number in range(times):
        before = driver.window.lab.run
        driver.click("startButton")
        if number % 2:
            driver.click("stopButton")
        _wait_for_another_run(driver, before)
        driver.wait(lambda: not driver.window.lab.live.is_training and start.isEnabled())


def _wait_for_another_run(driver: Driver, before: Run | None) -> None:
    """Or for the end of all training, where Stop came before the run had begun."""
    driver.wait(lambda: driver.window.lab.run is not before or not driver.window.lab.live.is_training)


def _python_threads() -> int:
    """Those that Python has begun; a thread of Qt's that once asked for its name stays in Python's list, too."""
    return len([thread for thread in threading.enumerate() if not thread.name.startswith("Dummy-")])


def _many_runs_leave_nothing(driver: Driver, times: int) -> None:
    _start_and_stop(driver, 10)
    process = psutil.Process()
    gc.enable()  # the tests let Python collect nothing by itself, the lab does
    gc.collect()
    memory, python_threads = process.memory_info().rss, _python_threads()
    system_threads = process.num_threads()
    _start_and_stop(driver, times)
    driver.wait(lambda: not driver.window.lab.is_computing)
    gc.collect()
    gc.disable()
    assert not [thread for thread in driver.window.findChildren(QThread) if thread.isRunning()]
    assert _python_threads() <= python_threads
    assert process.num_threads() <= system_threads + 2  # TensorFlow and Qt keep pools that may still fill up
    assert process.memory_info().rss - memory < MOST_GROWTH


@pytest.mark.keras
@pytest.mark.experiment(TINY)
def test_many_starts_and_stops_leave_nothing_behind(driver: Driver) -> None:
    _many_runs_leave_nothing(driver, 60)


@pytest.mark.keras
@pytest.mark.acceptance
@pytest.mark.timeout(600)
@pytest.mark.experiment(TINY)
def test_two_hundred_starts_and_stops_leave_nothing_behind(driver: Driver) -> None:
    _many_runs_leave_nothing(driver, 200)


def test_a_thread_that_computes_in_python_keeps_the_window_waiting_for_a_millisecond_at_most(driver: Driver) -> None:
    """Taking a page apart beside timed loops took 1.6 s: hundreds of calls from Qt waited for 5 ms each."""
    assert driver.window.isVisible()
    assert sys.getswitchinterval() == pytest.approx(0.001)
