"""Ctrl-C, SIGTERM and SIGHUP end the lab in good order, at whatever moment they come."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="a process is told to end in other ways there"),
    pytest.mark.usefixtures("signals_are_heard"),
]

SIGNALS = [signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]
MOMENTS = 20
OFFSCREEN = "This plugin does not support"
"""What Qt says of a question that is shown without a screen."""
STEP = 0.15
"""Seconds from one moment to the next: together from Python's own start to after the import of Keras."""

CHILD = """
import os, signal, sys
moment, number = sys.argv[1], int(sys.argv[2])

class Sender:
    def find_spec(self, name, path=None, target=None):
        if name == moment:
            sys.meta_path.remove(self)
            os.kill(os.getpid(), number)

signal.signal(signal.SIGINT, signal.default_int_handler)
sys.meta_path.insert(0, Sender())
sys.argv[1:] = ["--data", "starter"]
from mnist_lab.__main__ import start
raise SystemExit(start())
"""
"""The lab, which gets a signal when a module is about to be loaded."""

QUESTION = """
import os, signal, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from mnist_lab import app
from mnist_lab.experiment import Experiment
from mnist_lab.window.state.live_run import LiveRun
moment, number = sys.argv[1], int(sys.argv[2])
signal.signal(signal.SIGINT, signal.default_int_handler)
LiveRun.is_kept = property(lambda self: False)  # else the lab would not ask

def look():  # a timer's own call does not come again while it waits for an answer: the question comes from another
    boxes = [box for box in QApplication.topLevelWidgets() if isinstance(box, QMessageBox) and box.isVisible()]
    run = window.lab.run
    if boxes:
        os.kill(os.getpid(), number)
        if moment == "asked":
            return
        boxes[0].reject()
    elif run is not None and run.updates:
        QTimer.singleShot(0, window.quit) if moment != "training" else os.kill(os.getpid(), number)

def begin():
    global window, timer
    window = next(widget for widget in QApplication.topLevelWidgets() if widget.objectName() == "mainWindow")
    window.lab.start()
    timer = QTimer(window, interval=20)
    timer.timeout.connect(look)
    timer.start()

original = QApplication.exec
def run_loop(*_):
    QTimer.singleShot(0, begin)
    return original()
QApplication.exec = run_loop
sys.argv[1:] = ["--data", "starter", "--epochs", "10000"]
from mnist_lab.__main__ import start
raise SystemExit(start())
"""
"""The lab, which trains, is told to close, and gets a signal."""


@pytest.fixture
def environment(lab_home: Path, tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "MNIST_LAB_HOME": str(lab_home), "KERAS_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}


def _assert_ends(program: str, moment: str, number: signal.Signals, environment: dict[str, str]) -> None:
    arguments = [sys.executable, "-c", program, moment, str(int(number))]
    child = subprocess.run(
        arguments, cwd=REPOSITORY, env=environment, capture_output=True, text=True, timeout=100, check=False
    )
    errors = [line for line in child.stderr.splitlines() if OFFSCREEN not in line]
    assert (child.returncode, child.stdout, errors) == (128 + number, "", [])


@pytest.mark.parametrize(
    ("moment", "number"),
    [
        ("mnist_lab.data.places", signal.SIGINT),
        ("PySide6.QtWidgets", SIGNALS[-1]),
        ("mnist_lab.window.pages.train.page", signal.SIGTERM),
    ],
)
def test_a_signal_while_the_lab_starts(moment: str, number: signal.Signals, environment: dict[str, str]) -> None:
    """While the lab itself is loaded, while Qt is, and while the window is built."""
    _assert_ends(CHILD, moment, number, environment)


@pytest.mark.acceptance
@pytest.mark.keras
@pytest.mark.timeout(600)
@pytest.mark.parametrize("number", SIGNALS)
@pytest.mark.parametrize("moment", ["training", "asked", "answered"])
def test_a_signal_while_a_run_goes_on(moment: str, number: signal.Signals, environment: dict[str, str]) -> None:
    """While it trains, while the lab asks whether to end it, and together with the answer."""
    _assert_ends(QUESTION, moment, number, environment)


@pytest.mark.acceptance
@pytest.mark.timeout(900)
@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_at_twenty_moments(number: signal.Signals, environment: dict[str, str]) -> None:
    """By the clock: from the start of Python to a window that stands; a second one comes while it closes."""
    command = [sys.executable, "main.py", "--data", "starter"]
    for moment in range(MOMENTS):
        with subprocess.Popen(
            command, cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as child:
            try:
                child.wait(timeout=STEP * (moment + 1))
            except subprocess.TimeoutExpired:
                child.send_signal(number)
            if moment % 2:
                try:
                    child.wait(timeout=STEP)
                except subprocess.TimeoutExpired:
                    child.send_signal(number)
            output, errors = child.communicate(timeout=60)
        assert child.returncode in (128 + number, -number), (moment, child.returncode, errors)
        if child.returncode > 0:
            assert (output, errors) == ("", ""), moment
