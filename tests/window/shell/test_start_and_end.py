"""How the main window begins and ends: without Keras or digits, in its first moment, and after many runs."""

import gc
import os
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import QEvent, QObject, QThread
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.app import create_window
from mnist_lab.data import sources
from mnist_lab.data.digits import DataError
from mnist_lab.experiment import Experiment
from mnist_lab.runs.run import Run
from mnist_lab.window.state import waiting_run
from mnist_lab.window.state.lab import Keras, Lab
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.words import LabError
from tests.conftest import REPOSITORY
from tests.window.conftest import Driver

TINY = Experiment(hidden_units=(4,), epochs=1)


MOST_GROWTH = 60e6
"""Bytes that many runs may leave behind: allocators keep some."""


def test_while_a_window_stands_no_thread_collects_garbage(make_window) -> None:
    """Whoever made it: a widget that another thread collects is deleted there, which Qt forbids."""
    gc.enable()  # as in the lab itself; the tests' own fixture has switched it off
    window = make_window()
    assert not gc.isenabled()
    window.show()
    window.close()
    assert gc.isenabled()
    gc.disable()


def test_a_window_that_is_closed_in_its_first_moment_imports_nothing(make_window, qapp: QApplication) -> None:
    window = make_window()
    window.show()  # asks for the import, as soon as events are handled
    window.close()
    qapp.processEvents()
    assert window.lab.keras is Keras.ABSENT


def test_without_keras_start_says_why_and_can_be_pressed_again(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_handle: object) -> None:
        raise LabError("Keras is not there: install it.")

    monkeypatch.setattr(waiting_run, "import_keras", fail)
    window = create_window("starter", TINY)
    qtbot.addWidget(window)
    window.show()
    driver = Driver(qtbot, window)
    notice = driver.find(Notice, "problemNotice")
    driver.wait(lambda: window.lab.digits is not None and notice.text == "Keras is not there: install it.")
    assert window.lab.keras is Keras.ABSENT
    driver.click("closeBannerButton")
    driver.click("startButton")
    driver.wait(lambda: not window.lab.live.is_training)
    assert driver.find(QWidget, "problemNotice").isVisible()
    assert window.lab.run is None
    assert driver.find(QAbstractButton, "startButton").isEnabled()


def test_without_any_digits_start_says_why(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise DataError("The starter digits are not there: install the lab again.")

    monkeypatch.setattr(waiting_run, "import_keras", lambda _handle: None)
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


_CHILD = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from mnist_lab.app import create_window
from mnist_lab.window.state.lab import Keras, Lab

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
    _many_runs_leave_nothing(driver, 24)


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


class _Paintings(QObject):
    """Counts what is painted anywhere."""

    count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_keras_is_imported_once_the_window_is_painted(
    make_window, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While its libraries are loaded no other thread can use Python: the window would be empty meanwhile."""
    paintings, before_import = _Paintings(), []
    monkeypatch.setattr(Lab, "prepare_keras", lambda _lab: before_import.append(paintings.count))
    window = make_window()
    qapp.installEventFilter(paintings)
    window.show()
    qtbot.waitUntil(lambda: bool(before_import))
    qapp.removeEventFilter(paintings)
    assert len(before_import) == 1
    assert before_import[0] > 20, "every part of it"


def test_what_a_window_need_not_have_at_first_is_not_imported_for_it() -> None:
    """Each of these takes a tenth of a second or more, and the window is to be painted 1.5 s after it was asked for."""
    names = (
        *("keras", "tensorflow", "sympy", "sklearn", "numpy.random", "qtawesome", "qtpy"),
        "mnist_lab.window.shell.help.help_dialog",
    )
    program = (
        f"import sys, mnist_lab.window.shell.main_window\nprint(*(name for name in {names!r} if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=REPOSITORY)
    assert done.stdout.split() == []


def test_qt_looks_into_no_module_that_is_imported() -> None:
    """It would read the source of each: four tenths of a second for those of Keras."""
    program = (
        "import linecache\n"
        "from PySide6.QtWidgets import QApplication\n"
        "application = QApplication([])\n"
        "from mnist_lab.app import create_window\n"
        "create_window('starter')\n"
        "import PySide6.QtSvg, xml.dom.minidom\n"
        "print(*(path for path in linecache.cache if path.endswith(('main_window.py', 'minidom.py'))))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=REPOSITORY)
    assert done.stdout.split() == []
