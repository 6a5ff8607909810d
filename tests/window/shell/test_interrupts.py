"""Ctrl-C and the signals that end a process close the window, whenever they come."""

import signal

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from mnist_lab.window import dialogs
from mnist_lab.window.shell.interrupt_notifier import InterruptNotifier
from mnist_lab.window.shell.interrupts import Interrupts

pytestmark = pytest.mark.usefixtures("signals_are_heard")

SIGNALS = [signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]


class StubbornWindow(QWidget):
    """Stays open the first time."""

    closes = 0

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closes += 1
        if self.closes == 1:
            event.ignore()
        else:
            event.accept()


@pytest.fixture(autouse=True)
def python_s_own_handlers():
    """A process that was started in the background ignores Ctrl-C; these tests begin as one in front does."""
    before = {number: signal.getsignal(number) for number in SIGNALS}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def interrupts():
    with Interrupts() as interrupts:
        yield interrupts


@pytest.fixture
def window(qtbot):
    window = StubbornWindow()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_closes_the_window_and_may_be_repeated(qtbot, interrupts, window, number):
    notifier = InterruptNotifier(interrupts, window)
    assert interrupts.received is None
    signal.raise_signal(number)
    qtbot.waitUntil(lambda: window.closes == 1)
    assert window.isVisible()
    signal.raise_signal(number)
    qtbot.waitUntil(lambda: not window.isVisible())
    assert interrupts.received == number
    notifier.end()


def test_a_signal_that_came_before_the_window_is_not_lost(qtbot, interrupts):
    signal.raise_signal(signal.SIGINT)
    signal.raise_signal(signal.SIGTERM)
    assert interrupts.received == signal.SIGINT
    window = StubbornWindow()
    qtbot.addWidget(window)
    notifier = InterruptNotifier(interrupts, window)
    qtbot.waitUntil(lambda: window.closes == 1)
    assert not interrupts.take()
    notifier.end()


def test_the_signals_are_given_back_and_a_terminal_s_end_may_be_ignored():
    signal.signal(SIGNALS[-1], signal.SIG_IGN)
    before = [signal.getsignal(number) for number in SIGNALS]
    with Interrupts() as interrupts:
        assert signal.getsignal(signal.SIGINT) is not before[0]
        assert signal.getsignal(SIGNALS[-1]) is signal.SIG_IGN
    assert [signal.getsignal(number) for number in SIGNALS] == before
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
    assert interrupts.received is None


def test_every_open_question_is_dismissed(qtbot, qapp: QApplication):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    inner: list[bool] = []

    def ask_again() -> None:
        QTimer.singleShot(0, dialogs.dismiss_all)
        inner.append(dialogs.ask_to_end_run(parent, parent.windowTitleChanged, lambda: True))

    QTimer.singleShot(0, ask_again)
    assert not dialogs.ask_to_end_run(parent, parent.windowTitleChanged, lambda: True)
    assert inner == [False]
    assert not [box for box in qapp.topLevelWidgets() if isinstance(box, QMessageBox) and box.isVisible()]
